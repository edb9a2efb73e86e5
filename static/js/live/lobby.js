// The lobby's checks, in words. Each begins with a press, and nothing leaves this browser.

import { listenTo, loudspeaker, loudspeakers, openMicrophone, play } from "./device.js";
import { SelfTest } from "./selftest.js";

const el = (id) => document.getElementById(id);

el("no-https").hidden = window.isSecureContext;

// Sound

el("sound").addEventListener("click", () => play("in"));

/** Browsers name the loudspeakers once the microphone has been given. */
async function offerLoudspeakers() {
  const found = await loudspeakers();
  if (!found.length) return;
  const usual = new Option(el("loudspeaker").dataset.usual, "");
  const options = found.map(({ deviceId, label }) => new Option(label, deviceId));
  el("loudspeaker").replaceChildren(usual, ...options);
  el("loudspeaker").value = loudspeaker();
  el("loudspeakers").hidden = false;
}

el("loudspeaker").addEventListener("change", () => loudspeaker(el("loudspeaker").value));
offerLoudspeakers();

// Microphone

const button = el("try-microphone");
const echo = el("echo");
const selfTest = new SelfTest();
let stop = () => {};

const tell = (what) => {
  el("heard").textContent = button.dataset[what];
  el("how-microphone").hidden = what !== "blocked";
};

/** What kept the browser from giving it, as `getUserMedia` names it. */
const WHY = { NotFoundError: "none", NotReadableError: "taken" };

const tellWhy = ({ name }) => tell(window.isSecureContext ? (WHY[name] ?? "blocked") : "insecure");

button.addEventListener("click", async () => {
  stop();
  selfTest.stop();
  try {
    const track = await openMicrophone();
    tell("waiting");
    stop = listenTo(track, tell);
    offerLoudspeakers();
  } catch (refusal) {
    tellWhy(refusal);
  }
});

for (const each of document.querySelectorAll("[data-echo]")) {
  each.addEventListener("click", async () => {
    stop();
    try {
      await selfTest.echo({
        processed: each.dataset.echo === "processed",
        told: (what) => {
          echo.textContent = echo.dataset[what];
        },
      });
    } catch (refusal) {
      tellWhy(refusal);
    }
  });
}
