// The lobby: its checks, in words, each of which begins with a press and stays in this browser; who is
// here by now; and what is chosen, until somebody joins.

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

// Who is here, looked up again where it stands: nothing else on the page changes, and the focus stays.

const again = el("who-again");

again.addEventListener("click", async (event) => {
  event.preventDefault();
  const page = await fetch(again.href).then(
    (answer) => answer.text(),
    () => "",
  );
  const who = new DOMParser().parseFromString(page, "text/html").getElementById("who");
  if (who) el("who").replaceChildren(...who.childNodes);
  else location.assign(again.href);
});

// What was chosen stays chosen in this tab while somebody writes their card or looks at another
// page: until they press to join or not to come, or say anew what they need today.

const join = el("join");
const CHOSEN = `circle-${join.dataset.call}-lobby`;
const choices = [...join.elements].filter(({ type }) => ["radio", "checkbox"].includes(type));
const before = JSON.parse(sessionStorage.getItem(CHOSEN) ?? "{}");

for (const each of choices) {
  if ((before[each.id] ?? each.checked) === each.checked) continue;
  each.checked = before[each.id];
  each.closest("details")?.setAttribute("open", "");
}

document.addEventListener("change", ({ target }) => {
  if (!choices.includes(target)) return;
  const now = Object.fromEntries(choices.map(({ id, checked }) => [id, checked]));
  sessionStorage.setItem(CHOSEN, JSON.stringify(now));
});

document.addEventListener("submit", ({ target }) => {
  if (target === join || target.closest("#today")) sessionStorage.removeItem(CHOSEN);
});
