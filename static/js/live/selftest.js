// One's own voice, as the others would hear it: a few seconds of speaking, then the same seconds
// come back. Once as it is, once as the browser would clean it up. It is an echo and no recording:
// the sound goes through a delay, and when it has been heard, nothing of it is left anywhere.

import { openMicrophone } from "./device.js";

const SECONDS = 3;
const EDGE = 0.03; // How long it fades in and out, so that nothing clicks.

export class SelfTest {
  #ends = null;

  /**
   * Listen for three seconds, then play them. A new echo ends the one before.
   *
   * @param processed as the browser would clean it up, or as it is
   * @param device the id of one of several microphones
   * @param told ("speak" | "hear" | "over") => called when each of these begins
   * Throws what the browser throws when it keeps the microphone off.
   */
  async echo({ processed, device = "", told }) {
    this.stop();
    const ending = new AbortController();
    this.#ends = ending;
    const track = await openMicrophone({ processed, device });
    if (ending.signal.aborted) return track.stop();
    const context = new AudioContext();
    ending.signal.addEventListener("abort", () => {
      track.stop();
      context.close();
      told("over");
    });
    const mouth = context.createMediaStreamSource(new MediaStream([track]));
    const gate = new GainNode(context, { gain: 0 });
    const later = new DelayNode(context, { maxDelayTime: SECONDS, delayTime: SECONDS });
    mouth.connect(gate).connect(later).connect(context.destination);
    const start = context.currentTime;
    gate.gain.setTargetAtTime(1, start, EDGE);
    gate.gain.setTargetAtTime(0, start + SECONDS - 2 * EDGE, EDGE / 3);
    told("speak");
    await passes(context, start + SECONDS);
    if (!ending.signal.aborted) told("hear");
    await passes(context, start + 2 * SECONDS);
    if (this.#ends === ending) this.stop();
  }

  /** Be quiet, and let go of the microphone. */
  stop() {
    this.#ends?.abort();
    this.#ends = null;
  }
}

/** Wait until this context's own clock says so, or it is closed. */
function passes(context, at) {
  return new Promise((done) => {
    const mark = new ConstantSourceNode(context, { offset: 0 });
    mark.onended = done;
    context.addEventListener("statechange", () => context.state === "closed" && done());
    mark.start();
    mark.stop(at);
  });
}
