// What this page’s browser says to others so that they connect. To meet eleven people takes a
// hundred signals, most of them short and all within a moment: those go together.

const MOMENT_MS = 10;
const MOST = 40; // as the server takes them

/** `emit(signals)` sends some. `say(signal)` is for one; `now()` waits for no more. */
export function together(emit) {
  let waiting = [];
  let moment = null;

  const now = () => {
    clearTimeout(moment);
    moment = null;
    if (waiting.length) emit(waiting);
    waiting = [];
  };

  return {
    now,
    say(signal) {
      waiting.push(signal);
      if (signal.description || waiting.length === MOST) now();
      else moment ??= setTimeout(now, MOMENT_MS);
    },
  };
}
