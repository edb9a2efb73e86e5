// What is one's own affair on this page: typed shares read by this device, a cue for oneself in one's
// own turn, and less at a time. Nothing of it is sent, and nothing follows from it.

import { holdUpdates } from "./board.js";
import { ownVoice, play } from "./device.js";
import { announce } from "./telling.js";

const el = (id) => document.getElementById(id);

// Typed shares that their writer would like read: by a voice that lives on this device, or not at
// all. They are on the page in any case.

const READING = "reading-aloud";

/** One after the other, so that a long share can be stopped between two sentences. */
const sentences = (text) => text.split(/(?<=[.!?…])\s+/);

function read(text, pace) {
  const voice = ownVoice();
  if (!voice) return;
  for (const sentence of sentences(text)) {
    const said = new SpeechSynthesisUtterance(sentence);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = pace;
    window.speechSynthesis.speak(said);
  }
}

/** `likes` is what this reader has saved; what they press here holds on this device. */
export function createAloud({ likes, board }) {
  const known = new Set(board.words.map((said) => said.id)); // read, or said before I came
  const button = el("reading-aloud");
  const kept = localStorage.getItem(READING);
  let on = kept === null ? likes.aloud : kept === "on";

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
        if (isNew && said.aloud && !said.mine && on && isActive) {
          read(`${said.name}: ${said.text}`, likes.pace / 100);
        }
      }
      show(board);
    },

    close() {
      window.speechSynthesis?.cancel();
    },
  };
}

// A cue for oneself: two soft notes and a few words, after as long as one chose. Nothing counts down.

const OWN_CUE = "own-cue";
const MINUTE_MS = 60000;

/** `likes` is what its owner has saved; what they choose here holds on this device. */
export function createCue({ likes }) {
  const chosen = el("own-cue-after");
  if (!chosen) return { update() {} }; // facilitators take no turn
  let waiting = null;
  let since = null; // when my turn began, as this page saw it

  el("own-cue").hidden = false;
  chosen.value = localStorage.getItem(OWN_CUE) ?? likes.cue_minutes ?? "";
  chosen.addEventListener("change", () => {
    localStorage.setItem(OWN_CUE, chosen.value);
    if (since !== null) wait();
  });

  function wait() {
    clearTimeout(waiting);
    const left = since + Number(chosen.value) * MINUTE_MS - Date.now();
    if (chosen.value && left > 0) waiting = setTimeout(ring, left);
  }

  function ring() {
    el("cue-now").hidden = false;
    announce(el("cue-now").textContent.trim());
    if (likes.sounds) play("own", likes.volume);
  }

  return {
    /** Mine begins when I start it, and a moment that I take in it belongs to it. */
    update(board) {
      const isMine = board.mine && board.wish.length > 0;
      if (isMine === (since !== null)) return;
      since = isMine ? Date.now() : null;
      el("cue-now").hidden = true;
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
