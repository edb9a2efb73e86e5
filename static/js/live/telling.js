// Two ways to say something: a notice that stays on the page until the next thing is said, and a
// line for screen readers, at most one sentence in three seconds, the newest one.

const EVERY_MS = 3000;

const line = document.getElementById("line");
const status = document.getElementById("told");
let waiting = null;
let last = -EVERY_MS;

/** Words about the page itself; none takes them away. */
export function notice(words = "") {
  line.hidden = !words;
  line.querySelector("p").textContent = words;
}

/** Is something being said to the member? */
export const isTelling = () => !line.hidden;

export function announce(words) {
  clearTimeout(waiting);
  waiting = setTimeout(
    () => {
      last = performance.now();
      status.textContent = words;
    },
    Math.max(0, last + EVERY_MS - performance.now()),
  );
}
