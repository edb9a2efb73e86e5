// Is anything to be heard? One microphone, one answer in words, and nothing leaves this browser.

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
