// The live circle's page: carries presses to the server and boards back. It decides nothing.
//
// A press goes by socket; when no answer comes it goes by plain HTTP, with the same event id, so
// it counts once. A board is drawn only if it isn't older than the one on the page.

import { ask, socket } from "../core/socket.js";
import {
  closeTyping,
  draw,
  meant,
  openTyping,
  putTypingAway,
  settle,
  showElsewhere,
} from "./board.js";
import { createCaptions } from "./captions.js";
import { createEyes } from "./eyes.js";
import { bringWordsBack, forget, keepWords } from "./kept.js";
import { createMedia } from "./media.js";
import { createMesh } from "./mesh.js";
import { showNoticed } from "./noticed.js";
import {
  closeWindows,
  createAloud,
  createCalm,
  createCue,
  createKeys,
  updateWindows,
} from "./own.js";
import {
  announce,
  createNews,
  isTelling,
  keepNotice,
  notice,
  noticeWhile,
  speaks,
} from "./telling.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const setup = read("setup");
let board = read("board");
let floor = board; // who is heard at which version; it comes before the board that shows it
let over = false;
let asking = null;
let forHelp = null; // a press for help that hasn't arrived yet
let missed = false; // another press didn't arrive
let asked = ""; // what was asked before my microphone opens while somebody else has the floor

const page = pageId();
const csrf = document.querySelector("input[name=csrf_token]").value;
const media = createMedia({
  createLines: setup.by_server ? (await import("./server.js")).createServer : createMesh,
  board,
  setup,
  notice,
  announce,
  press: (event) => send(event, {}),
  fetchState: () => over || fetchState(),
});
const captions = createCaptions({ me: board.me, setup, page });

const aloud = createAloud({ likes: setup.likes, board });
const cue = createCue({ likes: setup.likes });
const eyes = createEyes({
  setup,
  board,
  press: (control) => press(control),
  toTyping,
  readsAloud: aloud.reads,
});
const news = createNews({ ...setup, board });
createCalm({ released: () => media.update(board) });
createKeys();
const rehearsal = setup.sealed && (await import("./rehearsal.js")).createRehearsal();

/** Which page this is, the same after it was loaded anew: only one of mine is active. */
function pageId() {
  const key = `page-${setup.call_id}`;
  const id = sessionStorage.getItem(key) ?? crypto.randomUUID();
  sessionStorage.setItem(key, id);
  return id;
}

/** Have I been let in, and am I here and not on another page? */
const isActive = (one) => one.is_in && (one.page === page || Boolean(rehearsal));

// Boards

function take(next) {
  if (over || next.version < board.version) return;
  const wasActive = isActive(board);
  board = next.version < floor.version ? { ...next, heard: floor.heard } : next;
  keepNotice(board);
  if (board.mic_asks !== asked) asked = "";
  if (board.goes_to) return itIsOver(board.goes_to);
  const elsewhere = Boolean(board.page) && board.page !== page;
  if (elsewhere) giveWay(wasActive);
  else showElsewhere(false);
  if (isActive(board)) listen(); // a voice waits for no drawing
  draw(board);
  keepWords();
  captions.update(board);
  aloud.update(board, isActive(board));
  cue.update(board);
  rehearsal?.update(board);
  updateWindows(board, setup);
  eyes.update(board);
  if (elsewhere) eyes.leave();
  else news.update(board);
  if (isActive(board)) media.update(board);
  clearTimeout(asking);
  if (board.ask_again_in) asking = setTimeout(fetchState, (board.ask_again_in + 1) * 1000);
}

function listen() {
  media.listen(board);
  if (socket.connected && !media.isIn()) connect();
}

/** Who is heard from now on: all else waits for the board. */
function takeFloor(next) {
  if (over || next.version <= floor.version) return;
  floor = next;
  if (next.version > board.version && isActive(board)) media.listen({ ...board, heard: floor.heard });
}

/** Somebody goes on on another page: nothing is heard here, and nothing is sent from here. */
function giveWay(isNews = true) {
  media.leave();
  showElsewhere(true);
  if (isNews) announce(document.getElementById("elsewhere-h").textContent);
}

document.getElementById("take-over-here").addEventListener("click", () => {
  send("take-device", { page });
});

/** True if there is one. */
async function fetchState() {
  if (!setup.state) return false; // a rehearsal, which is nowhere but here
  try {
    const response = await fetch(`${setup.state}?page=${page}`, { headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (answer.ok) take(answer.board);
    else if (answer.reason.code === "ended") itIsOver(setup.thanks);
    else if (["removed", "banned"].includes(answer.reason.code)) removed({ cue: answer.reason.text, decided: true });
    else notice(answer.reason.text);
    return answer.ok;
  } catch {
    notice(setup.said.lost, "again");
    return false;
  }
}

/** By one's own press, and not when the line would look again by itself. */
document.getElementById("try-now").addEventListener("click", async () => {
  notice(setup.said.trying, "again");
  if (!socket.connected) socket.disconnect().connect();
  if (await fetchState()) notice(setup.said.back);
});

function stop() {
  over = true;
  media.close();
  captions.close();
  aloud.close();
  closeWindows();
  socket.disconnect();
}

function leaveFor(address) {
  stop();
  location.assign(address);
}

/** Nothing of the circle stays in this tab. */
function itIsOver(address) {
  leaveFor(address);
  forget();
}

function removed({ cue, why = "", then = "", decided = false }) {
  stop();
  forget();
  eyes.leave();
  document.getElementById("cue").textContent = cue;
  news.entitle(cue);
  const paragraphs = [why, then].filter(Boolean).map((words) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    return paragraph;
  });
  document.getElementById("lines").replaceChildren(...paragraphs);
  const gone = "[data-control], #typing, #captions, #captions-told, #note, #words, #table, #order-part, #echoes, #written, #weak, #pictures, #hearing, .controls-wrap";
  document.querySelectorAll(gone).forEach((part) => part.remove());
  document.getElementById("decided").hidden = !decided;
  document.getElementById("onward").hidden = false;
  announce([cue, why].filter(Boolean).join(". "));
}

// Presses

/** The server’s answer if it took it. Otherwise its reason is on the page. */
const send = (event, fields) =>
  deliver(event, { call_id: setup.call_id, event_id: crypto.randomUUID(), ...fields });

async function deliver(event, payload) {
  let answer = await bySocket(event, payload);
  if (over) return answer?.ok && answer; // Its board came first, and it was the last one.
  answer ??= await byHttp(event, payload);
  if (!answer) {
    if (event === "help") forHelp = payload;
    else missed = true;
    const words = event === "help" ? setup.said.keeps_trying : setup.said.not_sent;
    notice(words, socket.connected ? "" : "again");
    return false;
  }
  if (event === "help") forHelp = null;
  if (answer.board) take(answer.board);
  if (answer.ok) notice();
  else tellWhyNot(answer.reason);
  if (answer.reason?.code === "stale") await fetchState();
  return answer.ok && answer;
}

const where = ({ tells }) => tells.where;

/** What keeps a turn from going on may be over with the next board. Where it isn't their turn yet,
    people are told where we are. */
function tellWhyNot({ code, text }) {
  if (code === "not-your-turn") noticeWhile(where, board, `${text} ${where(board)}`);
  else if (["no-round", "on-hold"].includes(code)) noticeWhile(where, board, text);
  else notice(text);
}

/** Whoever asked for help needn't ask again; anything else may not be wanted any more. True when no
    press for help waits. */
async function helpIsSent() {
  if (forHelp) await deliver("help", forHelp);
  return !forHelp;
}

async function bySocket(event, payload) {
  if (!socket.connected) return null;
  return ask(event, payload).catch(() => null);
}

async function byHttp(event, payload) {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "X-CSRFToken": csrf,
  };
  const address = setup.press.replace("NAME", event);
  const sealed = setup.sealed && { sealed: setup.sealed }; // a rehearsal carries itself along
  const body = JSON.stringify({ ...payload, ...sealed });
  const answer = await fetch(address, { method: "POST", headers, body })
    .then((response) => response.json())
    .catch(() => null);
  setup.sealed = answer?.sealed ?? setup.sealed;
  return answer;
}

const wish = () => document.querySelector("input[name=wish]:checked").value;

/** “Not your turn yet” is such a press too, and opens none. */
const opensMicrophone = ({ event, fields }) =>
  event === "mic-on" ||
  (["accept", "set-mode"].includes(event) && fields.mode === "voice" && board.mine);

async function press(control) {
  if (control.key === "turn-4") control.fields.mode === "voice" ? closeTyping() : toTyping();
  if (control.event === "camera-on") return media.showMyself();
  if (control.event === "mic-on" && board.stays_off) return noticeWhile(staysOff, board);
  if (control.event === "mic-on" && board.mic_asks && !asked) return askFirst();
  if (opensMicrophone(control)) {
    if (!(await media.ready())) return;
    if (speaks()) await news.opensMicrophone();
  }
  const chosen = ["accept", "send-prepared"].includes(control.event) ? { wish: wish() } : {};
  const taken = await send(control.event, { ...control.fields, ...chosen });
  if (!taken) news.microphoneStays(board.tells);
  if (taken && control.event === "leave") leaveFor(setup.call);
  if (taken && control.event === "begin-again") leaveFor(setup.again);
  return taken;
}

const staysOff = ({ stays_off }) => stays_off;
const asks = ({ mic_asks }) => mic_asks;

/** The next press says that it is meant, so it is another press from now on. */
function askFirst() {
  asked = board.mic_asks;
  settle(document.querySelector("[data-control=mic]"));
  noticeWhile(asks, board);
}

/** The member pressed for it, so focus may go there. */
function toTyping() {
  eyes.rest();
  const place = openTyping();
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}

/** And back to where they came from. */
document.getElementById("put-away")?.addEventListener("click", () => {
  putTypingAway();
  document.querySelector("[data-control=turn-4] button").focus();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (["say", "tell", "reply"].includes(form.id)) {
    event.preventDefault();
    await sendWords(form);
  } else if (form.id === "set-prompt") {
    event.preventDefault();
    const { prompt, sure } = form.elements;
    const taken = await send("set-prompt", { prompt: prompt.value, ...(sure.checked && { sure: "yes" }) });
    if (taken) sure.checked = false;
  } else if ("remove" in form.dataset) {
    event.preventDefault();
    const typed = new FormData(form);
    await send("remove", { person: typed.get("person"), why: typed.get("why") });
  } else if (form.dataset.control) {
    event.preventDefault();
    const control = meant(form);
    if (control && (await press(control))) eyes.answer(control);
  }
});

/** They stay where they were typed, and in this tab, until the server has them; and what was typed
    meanwhile stays. */
async function sendWords(form) {
  const { person, words } = form.elements;
  const sent = words.value;
  const taken = await send(form.id, { words: sent, ...(person && { person: person.value }) });
  if (taken && words.value.startsWith(sent)) words.value = words.value.slice(sent.length);
  keepTyped();
  const text = form.querySelector("button").textContent.trim();
  if (taken) eyes.answer({ key: form.id, event: form.id, fields: {}, text });
  if (taken?.noticed) showNoticed(form, taken.noticed);
}

const keepTyped = () => over || keepWords();

document.addEventListener("input", keepTyped);

// The line

async function enter() {
  const answer = await ask("enter-circle", { call_id: setup.call_id, page }).catch(() => null);
  if (!answer?.ok) await fetchState();
  if (!answer && socket.connected) return enter(); // a slow answer is none, but the line is there
  if (!answer?.ok) return;
  if (answer.key) media.use(answer.key);
  if (isTelling()) announce(setup.said.back);
  notice();
  take(answer.board);
  captions.watch();
  await helpIsSent();
  if (missed) notice(setup.said.was_not_sent);
  missed = false;
  if (isActive(board)) await connect(); // with a ticket of now
}

/** The server gives the ticket to whoever has been let in. */
const connect = () => media.join(board).catch(() => notice(setup.said.lost, "again"));

socket.on("connect", enter);
socket.on("board", take);
socket.on("heard", takeFloor);
socket.on("key", media.use);
socket.on("signal", (signal) => media.signal(signal));
socket.on("elsewhere", () => giveWay());
socket.on("removed", removed);
socket.on("ended", () => itIsOver(setup.thanks));
socket.on("disconnect", () => {
  if (!over) notice(setup.said.lost, "again");
});
if (socket.connected) enter();

/** While there is no socket. */
async function poll() {
  if (!socket.connected && !over && (await helpIsSent())) await fetchState();
  setTimeout(poll, board.asks_every * 1000);
}
setTimeout(poll, board.asks_every * 1000);
document.addEventListener("pointerdown", () => media.play());
document.addEventListener("keydown", () => media.play());

if (setup.ticket && board.is_in) media.prepare();
draw(board, true);
for (const { id, parentElement } of bringWordsBack()) {
  if (id === "say") openTyping();
  else parentElement.closest("details").open = true;
}
eyes.draw();
captions.update(board);
cue.update(board);
rehearsal?.update(board);
updateWindows(board, setup);

// Whatever takes the focus stays clear of the controls that stick to the foot of the window: the
// page keeps their height free, and a little more. Which of the two sticks, the stylesheet says.

const bars = document.querySelectorAll(".controls-wrap, .controls .turn");

const keepFree = () => {
  const heights = [...bars].map((bar) => {
    const { position, insetBlockEnd } = getComputedStyle(bar);
    return position === "sticky" && insetBlockEnd === "0px" ? bar.offsetHeight : 0;
  });
  document.documentElement.style.scrollPaddingBlockEnd = `calc(${Math.max(...heights)}px + 2rem)`;
};

const watching = new ResizeObserver(keepFree);
for (const bar of bars) watching.observe(bar);
