// This device: its loudspeaker, its microphone and camera, and the cues it plays. Nothing here is about
// a circle, and nothing leaves this browser.

// The loudspeaker: chosen in the lobby or the circle, kept in this tab

const LOUDSPEAKER = "loudspeaker";

/** The id of the one that was chosen, or "" for the usual one. With an id: choose it. */
export function loudspeaker(id) {
  if (id !== undefined) sessionStorage.setItem(LOUDSPEAKER, id);
  return sessionStorage.getItem(LOUDSPEAKER) ?? "";
}

/** Those that this browser can name and play on. */
export async function loudspeakers() {
  if (!("setSinkId" in HTMLMediaElement.prototype) || !navigator.mediaDevices) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind, label }) => kind === "audiooutput" && label);
}

/** Let something that sounds come from there, where the browser can. */
async function playOn(what, id) {
  if (id) await what.setSinkId?.(id);
}

// The microphone. A dystonic voice must not be taken for noise: what browsers do to a voice (noise
// suppression, gain control) is off unless somebody switches it on.

/** `processed` lets the browser clean up the voice; `device` is the id of one of several. */
export async function openMicrophone({ processed = false, device = "" } = {}) {
  const audio = {
    echoCancellation: true,
    noiseSuppression: processed,
    autoGainControl: processed,
    ...(device && { deviceId: { exact: device } }),
  };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  return stream.getAudioTracks()[0];
}

const LOUD_ENOUGH = 0.01; // Root mean square; a whisper near a laptop is above it.
const QUIET_AFTER_MS = 4000;

/**
 * Listen to a track from `openMicrophone` until something is heard.
 *
 * @param told ("heard" | "quiet") => called once when there is a sound, and once before that if
 *   there has been none for a while
 * Gives back a way to stop, which lets go of the microphone too.
 */
export function listenTo(track, told) {
  const context = new AudioContext();
  const ear = new AnalyserNode(context);
  context.createMediaStreamSource(new MediaStream([track])).connect(ear);
  const samples = new Float32Array(ear.fftSize);
  const quiet = setTimeout(() => told("quiet"), QUIET_AFTER_MS);
  let over = false;

  const stop = () => {
    if (over) return;
    over = true;
    clearTimeout(quiet);
    track.stop();
    context.close();
  };

  const listen = () => {
    if (over) return;
    ear.getFloatTimeDomainData(samples);
    const loudness = Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length);
    if (loudness < LOUD_ENOUGH) return requestAnimationFrame(listen);
    stop();
    told("heard");
  };
  listen();
  return stop;
}

// The camera

/** Only ever called by "Turn camera on". */
export async function openCamera() {
  const video = { width: { ideal: 320 }, height: { ideal: 180 }, frameRate: { ideal: 24, max: 24 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video });
  const [track] = stream.getVideoTracks();
  track.contentHint = "motion"; // on a weak line it loses sharpness before it loses frames
  return track;
}

// Sound cues: soft, under a second, each unlike the others, and never the only sign of anything

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
  waits: [
    [330, 0, 0.25],
    [330, 0.35, 0.3],
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
