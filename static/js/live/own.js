// What is one's own affair on this page: typed shares read by this device, a cue for oneself in one's
// own turn, less at a time, parts of the page in a window of their own, and keys. Nothing of it is
// sent, and nothing follows from it but what a button does.

import { ownVoice, queue, sentences } from "../core/voice.js";
import { holdUpdates, inWords } from "./board.js";
import { keep, recall } from "./kept.js";
import { announce, cameAndLeft, names } from "./telling.js";

const el = (id) => document.getElementById(id);

// Typed shares that their writer would like read: by a voice that lives on this device, or not at
// all. They are on the page in any case.

const READING = "reading-aloud";

/** `done()` is called when all of it was said. */
function read(text, likes, done) {
  const last = sentences(text).map((sentence) => queue(sentence, likes)).at(-1);
  if (last) last.onend = done;
}

/** `likes` is what this reader has saved; what they press here holds on this device. */
export function createAloud({ likes, board }) {
  const known = new Set(board.words.map((said) => said.id)); // read, or said before I came
  const button = el("reading-aloud");
  const kept = localStorage.getItem(READING);
  let on = kept === null ? likes.aloud : kept === "on";
  const reading = new Set(); // what the voice is saying, or will

  /** It is hidden, so it isn't read on. What waits behind it is on the page. */
  function hush({ id }) {
    if (reading.delete(id)) window.speechSynthesis?.cancel();
  }

  function show(board) {
    const hasWords = board.words.some((said) => said.aloud);
    el("reading").hidden = !hasWords;
    el("no-voice").hidden = Boolean(ownVoice());
    button.hidden = !ownVoice();
    button.lastChild.textContent = on ? button.dataset.on : button.dataset.off;
  }

  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(READING, on ? "on" : "off");
    if (!on) window.speechSynthesis.cancel();
    show(board);
  });

  /** Some browsers find their voices only after a while. */
  window.speechSynthesis?.addEventListener("voiceschanged", () => show(board));
  show(board);

  return {
    /** Read what is new on this board, if this page is the one that is listened to. */
    update(next, isActive) {
      board = next;
      for (const said of board.words) {
        const isNew = !known.has(said.id);
        known.add(said.id);
        if (said.hidden) hush(said);
        else if (isNew && said.aloud && !said.mine && on && isActive) {
          reading.add(said.id);
          read(inWords(said), likes, () => reading.delete(said.id));
        }
      }
      show(board);
    },

    /** Is what its writer wants read, read here? */
    reads: () => on,

    close() {
      window.speechSynthesis?.cancel();
    },
  };
}

// A cue for oneself: two soft notes and a few words, after as long as one chose. Nothing counts down.

const OWN_CUE = "own-cue";
const TURN = "turn-began";
const MINUTE_MS = 60000;

/** `likes` is what its owner has saved; what they choose here holds on this device. */
export function createCue({ likes }) {
  const chosen = el("own-cue-after");
  if (!chosen) return { update() {} }; // facilitators take no turn
  let waiting = null;
  let since = null; // when my turn began, as this page saw it, or the one before it in this tab
  let isHeard = false; // then the others would hear this device's voice too

  el("own-cue").hidden = false;
  chosen.value = localStorage.getItem(OWN_CUE) ?? likes.cue_minutes ?? "";
  chosen.addEventListener("change", () => {
    localStorage.setItem(OWN_CUE, chosen.value);
    if (since !== null) wait();
  });

  const left = () => since + Number(chosen.value) * MINUTE_MS - Date.now();

  function wait() {
    clearTimeout(waiting);
    if (chosen.value && left() > 0) waiting = setTimeout(ring, left());
  }

  function ring() {
    el("cue-now").hidden = false;
    announce(el("cue-now").textContent.trim(), { cue: "own", silently: isHeard });
  }

  return {
    /** Mine begins when I start it, and a moment that I take in it belongs to it. */
    update(board) {
      isHeard = board.heard.includes(board.me);
      const isMine = board.mine && board.wish.length > 0;
      if (!isMine && recall(TURN)) keep(TURN, null);
      if (isMine === (since !== null)) return;
      since = isMine ? recall(TURN, Date.now()) : null;
      if (isMine) keep(TURN, since);
      el("cue-now").hidden = !(isMine && chosen.value && left() <= 0); // it came before a reload
      clearTimeout(waiting);
      if (isMine) wait();
    },
  };
}

// Less at a time: the order and who's here can be held as they are, and a page can show only what
// goes on now.

const isPressed = (button) => button.getAttribute("aria-pressed") === "true";

const turn = (button) => {
  button.setAttribute("aria-pressed", !isPressed(button));
  return isPressed(button);
};

/** `released()` brings what was held up to date. */
export function createCalm({ released }) {
  el("fewer").addEventListener("click", ({ currentTarget }) => {
    document.body.toggleAttribute("data-fewer", turn(currentTarget));
  });
  el("hold-updates").addEventListener("click", ({ currentTarget }) => {
    const held = turn(currentTarget);
    el("held").hidden = !held;
    holdUpdates(held);
    if (!held) released();
  });
}

// A window of its own for a part of this page, on another screen or beside another program. The part
// itself moves there and back, so that nothing is told twice. Above it stand the few facts that one
// would otherwise look for on the page: who has the floor, the last words, and who came or left last
// for whoever wants to be told of that.

const windows = new Set();
const facts = { now: "", coming: "", typed: "" };
let here = null;

function tellFacts({ place }) {
  const lines = Object.values(facts).filter(Boolean);
  place.replaceChildren(
    ...lines.map((words) => {
      const line = place.ownerDocument.createElement("p");
      line.textContent = words;
      return line;
    }),
  );
}

/**
 * Move this part into a window. Gives back what brings it home; null where the browser opens none.
 * `onHome()` is called when it is home again, by whatever way.
 */
export function moveOut({ part, title, onHome }) {
  const apart = window.open("", "", "popup,width=640,height=360");
  if (!apart) return null;
  const { documentElement: root, head, body } = apart.document;
  for (const { name, value } of document.documentElement.attributes) root.setAttribute(name, value);
  const styles = [...document.querySelectorAll("link[rel=stylesheet]")];
  head.append(...styles.map((each) => each.cloneNode()));
  apart.document.title = title;
  const main = apart.document.createElement("main");
  main.className = "apart";
  const place = apart.document.createElement("div");
  const home = document.createComment("");
  part.replaceWith(home);
  main.append(place, part);
  body.append(main);

  const one = { place, comeHome };
  function comeHome() {
    if (!windows.delete(one)) return;
    home.replaceWith(part);
    apart.close();
    onHome();
  }
  windows.add(one);
  tellFacts(one);
  apart.addEventListener("pagehide", comeHome);
  return comeHome;
}

/** Keep the facts in every window to the newest board. */
export function updateWindows(board, { said, likes }) {
  const now = names(board);
  const typed = board.words.at(-1);
  facts.now = board.cue;
  if (likes.comings && here) facts.coming = cameAndLeft(here, now, said) || facts.coming;
  facts.typed = typed ? inWords(typed) : "";
  here = now;
  windows.forEach(tellFacts);
}

/** Nothing of the circle stays on a screen when this page has left it. */
export const closeWindows = () => windows.forEach(({ comeHome }) => comeHome());

addEventListener("pagehide", closeWindows);

// Keys, for whoever turned them on. Each presses a button of this page, and whether that was meant is
// decided as for any press of it. Where the page lists no key, nothing listens.

const TAKES_KEYS = "input, select, textarea";

export function createKeys() {
  const listed = [...document.querySelectorAll("#keys [data-key]")];
  if (!listed.length) return;
  const buttons = new Map(
    listed.map(({ dataset }) => [dataset.key, document.querySelector(dataset.presses)]),
  );
  for (const [key, button] of buttons) button.setAttribute("aria-keyshortcuts", key);
  document.addEventListener("keydown", (event) => {
    const button = buttons.get(event.key.toLowerCase());
    const isMore = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!button || isMore || event.repeat || event.isComposing) return;
    if (event.target.closest(TAKES_KEYS) || !button.checkVisibility()) return;
    button.click();
  });
}
