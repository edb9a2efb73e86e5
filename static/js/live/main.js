// The live circle's page: carries presses to the server and boards back. It decides nothing.
//
// A press goes by socket; when no answer comes it goes by plain HTTP, with the same event id, so
// it counts once. A board is drawn only if it is newer than the one on the page.

import { ask, socket } from "../core/socket.js";
import { draw, meant, openTyping, told } from "./board.js";
import { createMesh, openMicrophone } from "./peers.js";

const POLL_MS = 15000; // While there is no socket.
const TICKET_MS = 600000; // A relay's credentials are good for 15 minutes.
const TOLD_MS = 3000; // At most one spoken sentence in this time; the newest one is said.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const setup = read("setup");
let board = read("board");
let configuration = null;
let mesh = null;
let microphone = null;
let over = false;
let asking = null;

const line = document.getElementById("line");
const say = document.getElementById("say");
const box = document.getElementById("words-box");
const csrf = document.querySelector("input[name=csrf_token]").value;

// Words about the page itself: they stay until the next thing is said.
function notice(words) {
  line.hidden = !words;
  line.querySelector("p").textContent = words ?? "";
}

let waiting = null;
let lastTold = 0;
function announce(words) {
  const status = document.getElementById("told");
  clearTimeout(waiting);
  const left = Math.max(0, lastTold + TOLD_MS - performance.now());
  waiting = setTimeout(() => {
    lastTold = performance.now();
    status.textContent = words;
  }, left);
}

function take(next) {
  if (over || next.version < board.version) return;
  const before = told(board);
  board = next;
  if (board.goes_to) return leaveFor(board.goes_to);
  draw(board);
  clearTimeout(asking);
  if (board.ask_again_in) asking = setTimeout(fetchState, (board.ask_again_in + 1) * 1000);
  if (told(board) !== before) announce(told(board));
  mesh?.update(board);
  keepMicrophone();
}

function leaveFor(address) {
  over = true;
  mesh?.close();
  microphone?.stop();
  socket.disconnect();
  location.assign(address);
}

// Presses

async function send(event, fields) {
  const payload = { call_id: setup.call_id, event_id: crypto.randomUUID(), ...fields };
  let answer;
  try {
    if (!socket.connected) throw new Error("no line");
    answer = await ask(event, payload);
  } catch {
    answer = await post(event, payload);
  }
  if (answer?.board) take(answer.board);
  if (answer && !answer.ok) {
    notice(answer.reason.text);
    if (answer.reason.code === "stale") await fetchState();
  } else if (answer) {
    notice("");
  }
  return Boolean(answer?.ok);
}

async function post(event, payload) {
  try {
    const response = await fetch(setup.press.replace("NAME", event), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": csrf,
      },
      body: JSON.stringify(payload),
    });
    return await response.json();
  } catch {
    notice(setup.said.not_sent);
    return null;
  }
}

async function fetchState() {
  try {
    const response = await fetch(setup.state, { headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (answer.ok) take(answer.board);
    else if (answer.reason.code === "ended") location.assign(setup.thanks);
    else if (response.status === 403) removed({ cue: setup.said.removed });
  } catch {
    notice(setup.said.lost);
  }
}

const wish = () => document.querySelector("input[name=wish]:checked")?.value ?? "just-listen";

function meaning(control) {
  const fields = { ...control.fields };
  if (control.event === "accept") fields.wish = wish();
  return fields;
}

document.addEventListener("submit", async (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form === say) {
    event.preventDefault();
    if (await send("say", { words: box.value })) box.value = "";
    return;
  }
  if ("remove" in form.dataset) {
    event.preventDefault();
    const entries = new FormData(form);
    await send("remove", { person: entries.get("person"), why: entries.get("why") });
    return;
  }
  if (!form.dataset.control) return;
  event.preventDefault();
  const control = meant(form);
  if (!control) return;
  if (control.key === "turn-4") toTyping();
  if (opensMicrophone(control) && !(await readyMicrophone())) return;
  const taken = await send(control.event, meaning(control));
  if (taken && control.event === "leave") leaveFor(setup.call);
});

/** The member pressed for it, so focus may go there. */
function toTyping() {
  const place = openTyping();
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}

// Voices

const opensMicrophone = ({ event, fields }) =>
  event === "mic-on" || (["accept", "set-mode"].includes(event) && fields.mode === "voice");

/** Asked for at the first spoken turn, kept for the stay. Without it nothing is pressed. */
async function readyMicrophone() {
  if (microphone) return true;
  try {
    microphone = await openMicrophone();
    mesh?.setMicrophone(microphone);
    return true;
  } catch {
    notice(setup.said.no_microphone);
    return false;
  }
}

/** Outside one's own turn nothing is taken from the microphone at all. */
function keepMicrophone() {
  if (microphone) microphone.enabled = board.heard.includes(board.me);
}

async function fetchTicket() {
  const response = await fetch(setup.ticket, { headers: { Accept: "application/json" } });
  const answer = await response.json();
  if (!answer.ok) return;
  configuration = {
    iceServers: answer.ice_servers,
    iceTransportPolicy: answer.relay_only ? "relay" : "all",
  };
}

async function joinVoices() {
  await fetchTicket();
  mesh ??= createMesh({
    me: board.me,
    ticket: () => configuration,
    send: (signal) => socket.emit("signal", { call_id: setup.call_id, ...signal }),
    voices: document.getElementById("voices"),
    onState: () => {},
    onBlocked: () => notice(setup.said.press_to_hear),
  });
  mesh.setMicrophone(microphone);
  mesh.update(board);
}

document.addEventListener("pointerdown", () => mesh?.play());
document.addEventListener("keydown", () => mesh?.play());

// The line

async function enter() {
  try {
    const answer = await ask("enter-circle", { call_id: setup.call_id });
    if (!answer.ok) return fetchState();
    const wasLost = !line.hidden;
    notice("");
    take(answer.board);
    if (wasLost) announce(setup.said.back);
    await joinVoices();
  } catch {
    notice(setup.said.lost);
  }
}

function removed({ cue, why = "", then = "" }) {
  over = true;
  mesh?.close();
  microphone?.stop();
  socket.disconnect();
  document.getElementById("cue").textContent = cue;
  const told = [why, then].filter(Boolean).map((words) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    return paragraph;
  });
  document.getElementById("lines").replaceChildren(...told);
  for (const part of document.querySelectorAll("[data-control], #typing, #order, #note, #words")) {
    part.remove();
  }
  announce([cue, why].join(". "));
}

socket.on("connect", enter);
socket.on("board", take);
socket.on("signal", ({ from, data }) => mesh?.signal(from, data));
socket.on("removed", removed);
socket.on("ended", () => leaveFor(setup.thanks));
socket.on("disconnect", () => {
  if (!over) notice(setup.said.lost);
});
if (socket.connected) enter();
setInterval(() => {
  if (!socket.connected && !over) fetchState();
}, POLL_MS);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !over) fetchState();
});

setInterval(() => {
  if (socket.connected && !over) fetchTicket();
}, TICKET_MS);

draw(board, true);
