// "Who's here": how loud each person is on this page, whether they are shown, and the number that
// both can compare. Which loudspeaker and microphone. All of it is this page's own affair.

import { isHeld } from "./board.js";

import { loudspeaker } from "./loudspeaker.js";

const STEP = 0.2;
const MOST = 3;

const el = (id) => document.getElementById(id);

/** `voices` and `pictures` of this page; `said` holds the sentences. */
export function createHearing({ said, voices, pictures, notice }) {
  const volumes = new Map(); // 1 for whoever isn't in it
  const muted = new Set();
  const template = el("here-row");
  let here = [];
  let seen = [];

  const write = (row, name, words) => {
    row.querySelector(`[data-${name}]`).textContent = words;
  };
  const about = (sentence, { name }) => sentence.replace("{name}", name);
  const loud = ({ id }) => volumes.get(id) ?? 1;

  function set(person, share) {
    volumes.set(person.id, Math.min(MOST, Math.max(0, Math.round(share / STEP) * STEP)));
    muted.delete(person.id);
    tell(person);
  }

  function tell(person) {
    voices.mesh.setVolume(person.id, muted.has(person.id) ? 0 : loud(person));
    draw();
  }

  function make(person) {
    const row = template.content.firstElementChild.cloneNode(true);
    row.dataset.person = person.id;
    const press = (name, work) =>
      row.querySelector(`[data-press="${name}"]`).addEventListener("click", () => {
        work(here.find((each) => each.id === person.id));
      });
    press("softer", (now) => set(now, loud(now) - STEP));
    press("louder", (now) => set(now, loud(now) + STEP));
    press("mute", (now) => {
      if (!muted.delete(now.id)) muted.add(now.id);
      tell(now);
    });
    press("hide", (now) => {
      pictures.hide(now.id, !pictures.isHidden(now.id));
      draw();
    });
    return row;
  }

  async function drawRow(row, person) {
    write(row, "name", person.name);
    write(row, "status", person.status);
    row.querySelector("[data-own]").hidden = person.me;
    if (person.me) return;
    const percent = Math.round((muted.has(person.id) ? 0 : loud(person)) * 100);
    write(row, "volume", about(said.voice_of, person).replace("{percent}", percent));
    write(row, "softer", about(said.softer, person));
    write(row, "louder", about(said.louder, person));
    const mute = muted.has(person.id) ? said.hear_again : said.mute_for_me;
    write(row, "mute", about(mute, person));
    const isHidden = pictures.isHidden(person.id);
    write(row, "hide", about(isHidden ? said.show_video_of : said.hide_video_of, person));
    row.querySelector('[data-press="hide"]').hidden =
      !pictures.isWatching() || !seen.includes(person.id);
    const code = await voices.mesh.code(person.id);
    row.querySelector("[data-code]").hidden = !code;
    write(row, "code", about(said.code_with, person).replace("{code}", code));
  }

  function draw() {
    el("here-count").textContent = here.length;
    const rows = new Map([...el("here").children].map((row) => [row.dataset.person, row]));
    for (const [id, row] of rows) if (!here.some((person) => person.id === id)) row.remove();
    for (const person of here) {
      const row = rows.get(person.id) ?? make(person);
      if (!row.isConnected) el("here").append(row);
      drawRow(row, person);
    }
  }

  async function fill(id, kind) {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const known = devices.filter((each) => each.kind === kind && each.deviceId && each.label);
    const list = el(id);
    const chosen = list.value || (kind === "audiooutput" ? loudspeaker() : "");
    list.replaceChildren(
      new Option(said.usual_device, ""),
      ...known.map((each) => new Option(each.label, each.deviceId)),
    );
    list.value = known.some((each) => each.deviceId === chosen) ? chosen : "";
  }

  async function fillBoth() {
    if (!navigator.mediaDevices) return;
    await fill("microphones", "audioinput");
    if (!("setSinkId" in HTMLMediaElement.prototype)) return;
    el("speaker-part").hidden = false;
    await fill("speakers", "audiooutput");
  }

  el("hearing").addEventListener("toggle", fillBoth);
  voices.mesh.setSpeaker(loudspeaker());
  el("speakers").addEventListener("change", ({ target }) => {
    voices.mesh.setSpeaker(loudspeaker(target.value));
  });
  el("microphones").addEventListener("change", ({ target }) => {
    voices.choose({ device: target.value });
  });
  el("processed").addEventListener("change", ({ target }) => {
    voices.choose({ processed: target.checked });
    notice(target.checked ? said.processed_on : said.processed_off);
  });

  return {
    /** The newest board; nothing else says who is here. */
    update(board) {
      if (isHeld()) return;
      here = board.here;
      seen = board.seen;
      draw();
    },
    draw,
  };
}
