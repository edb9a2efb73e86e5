// The lobby's two checks. Both begin with a press, and nothing leaves this browser.

import { openMicrophone } from "./peers.js";

const LOUD_ENOUGH = 0.01; // Root mean square; a whisper near a laptop is above it.

document.getElementById("sound").addEventListener("click", () => {
  const context = new AudioContext();
  [523, 659].forEach((hertz, n) => {
    const note = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    const start = context.currentTime + n * 0.4;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.1, start + 0.05);
    volume.gain.linearRampToValueAtTime(0, start + 0.35);
    note.connect(volume).connect(context.destination);
    note.start(start);
    note.stop(start + 0.4);
  });
});

const button = document.getElementById("try-microphone");
const words = document.getElementById("heard");

button.addEventListener("click", async () => {
  try {
    const track = await openMicrophone();
    words.textContent = button.dataset.waiting;
    const context = new AudioContext();
    const ear = new AnalyserNode(context);
    context.createMediaStreamSource(new MediaStream([track])).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    const listen = () => {
      ear.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length);
      if (loudness < LOUD_ENOUGH) return requestAnimationFrame(listen);
      words.textContent = button.dataset.heard;
      track.stop();
      return context.close();
    };
    listen();
  } catch {
    words.textContent = button.dataset.blocked;
  }
});
