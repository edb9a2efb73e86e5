// Phones sleep, wake and change networks. The screen is kept awake while somebody is in the circle;
// a browser lets go of that whenever the page is out of sight, so it is asked for again.

let wanted = false;
let lock = null;

async function hold() {
  if (!wanted || document.hidden || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock?.request("screen");
    if (!wanted) lock?.release();
  } catch {
    // A device that is low on power may say no. The circle works without it.
  }
}

/** From now on the screen stays on, or not any longer. */
export function keepAwake(awake) {
  wanted = awake;
  if (awake) hold();
  else lock?.release();
}

/** `seenAgain()` when the page is looked at again, `moved()` when the network is another one. */
export function whenBack({ seenAgain, moved }) {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    hold();
    seenAgain();
  });
  addEventListener("pageshow", ({ persisted }) => persisted && seenAgain());
  addEventListener("online", moved);
  navigator.connection?.addEventListener("change", moved);
}
