// Comfort settings, to be heard before they are saved: each sound, and a line by a voice of this
// device's own, as loud and as fast as is chosen on the page right now.

import { ownVoice, speak } from "../core/voice.js";
import { play } from "../live/device.js";

const chosen = (name) => Number(document.querySelector(`input[name=${name}]:checked`).value);

for (const button of document.querySelectorAll("[data-play]")) {
  button.addEventListener("click", () => play(button.dataset.play, chosen("volume")));
}

const read = document.getElementById("read-me");
read.addEventListener("click", () => {
  document.getElementById("no-voice").textContent = ownVoice() ? "" : read.dataset.noVoice;
  speak(read.dataset.line, { pace: chosen("pace"), voice_volume: chosen("voice_volume") });
});
