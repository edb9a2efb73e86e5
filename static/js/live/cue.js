// A cue for oneself, in one's own turn: two soft notes and a few words, after as long as one chose.
// It is this page's own affair. Nothing is sent, nothing counts down, and nothing follows from it.

import { play } from "./cues.js";

const LIKE = "own-cue";
const MINUTE_MS = 60000;

const el = (id) => document.getElementById(id);

/** `likes` is what its owner has saved; what they choose here holds on this device. */
export function createCue({ likes }) {
  const chosen = el("own-cue-after");
  if (!chosen) return { update() {} }; // facilitators take no turn
  let waiting = null;
  let since = null; // when my turn began, as this page saw it

  el("own-cue").hidden = false;
  chosen.value = localStorage.getItem(LIKE) ?? likes.cue_minutes ?? "";
  chosen.addEventListener("change", () => {
    localStorage.setItem(LIKE, chosen.value);
    if (since !== null) wait();
  });

  function wait() {
    clearTimeout(waiting);
    const left = since + Number(chosen.value) * MINUTE_MS - Date.now();
    if (chosen.value && left > 0) waiting = setTimeout(ring, left);
  }

  function ring() {
    el("cue-now").hidden = false;
    if (likes.sounds) play("own", likes.volume);
  }

  return {
    /** Mine begins when I start it, and a moment that I take in it belongs to it. */
    update(board) {
      const isMine = board.mine && board.wish.length > 0;
      if (isMine === (since !== null)) return;
      since = isMine ? Date.now() : null;
      el("cue-now").hidden = true;
      clearTimeout(waiting);
      if (isMine) wait();
    },
  };
}
