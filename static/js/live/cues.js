// Sound cues: soft, under a second, each unlike the others, and never the only sign of anything.

import { loudspeaker, playOn } from "./loudspeaker.js";

const PEAK = 0.125; // about -18 dBFS, at the usual volume
const FADE_IN_S = 0.05; // nothing begins suddenly
const TICK_FADE_S = 0.03;
const LATEST_MS = 500;

/** By its name: notes, each a pitch in hertz, when it begins and how long it is, in seconds. */
export const CUES = {
  in: [
    [523, 0, 0.35],
    [659, 0.3, 0.45],
  ],
  next: [[262, 0, 0.6]],
  turn: [
    [440, 0, 0.35],
    [659, 0.3, 0.6],
  ],
  finished: [
    [587, 0, 0.3],
    [440, 0.25, 0.5],
  ],
  break: [
    [392, 0, 0.35],
    [494, 0.3, 0.35],
    [587, 0.6, 0.4],
  ],
  closing: [
    [587, 0, 0.35],
    [494, 0.3, 0.35],
    [392, 0.6, 0.4],
  ],
  own: [
    [349, 0, 0.45],
    [440, 0.4, 0.5],
  ],
  tick: [[740, 0, 0.1]],
};

/** Put a cue on any context's time line; `volume` is in per cent. Gives its last note. */
export function place(context, name, volume) {
  let last = null;
  for (const [hertz, begins, length] of CUES[name]) {
    const start = context.currentTime + begins;
    const note = new OscillatorNode(context, { frequency: hertz });
    const gain = new GainNode(context, { gain: 0 });
    const fade = length < 0.2 ? TICK_FADE_S : FADE_IN_S;
    const loudest = PEAK * (volume / 100);
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loudest, start + fade);
    gain.gain.linearRampToValueAtTime(0, start + length);
    note.connect(gain).connect(context.destination);
    note.start(start);
    note.stop(start + length);
    last = note;
  }
  return last;
}

let context = null;

/** Play it now, or not at all: a cue that comes late would tell something that is over. */
export async function play(name, volume = 100) {
  context ??= new AudioContext();
  await playOn(context, loudspeaker()).catch(() => {}); // gone since: the usual one
  if (context.state !== "running") await Promise.race([context.resume(), tooLate()]);
  if (context.state === "running") place(context, name, volume);
}

/** Until somebody has pressed something on this page, a browser may keep it silent. */
const tooLate = () => new Promise((done) => setTimeout(done, LATEST_MS));
