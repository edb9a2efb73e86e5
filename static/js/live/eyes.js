// Eyes-closed mode: one big button, whose meaning the server gives with every board. Two presses
// end a turn, however far apart. Everything else that can be pressed is behind More.

import { speak } from "../core/voice.js";
import { controlAt, drawControls, settle } from "./board.js";
import { speakAt, speaks, tellAsked, tellNow } from "./telling.js";

const VOICE = "eyes-closed-voice";

const el = (id) => document.getElementById(id);

/**
 * `press(control)` is the same as by its own button; `toTyping()` opens the place to write in;
 * `board` is the first one.
 */
export function createEyes({ setup, board, press, toTyping }) {
  const { said, likes } = setup;
  const key = `eyes-closed-${setup.call_id}`;
  const form = el("eyes-big");
  const rest = el("eyes-more");
  const known = new Set(board.words.map(({ id }) => id));
  let closed = (sessionStorage.getItem(key) ?? (likes.eyes_closed ? "on" : "off")) === "on";
  let voice = localStorage.getItem(VOICE) !== "off";
  let asked = false;

  function drawBig() {
    const { big, about } = board.eyes;
    const words = asked ? [form.dataset.asked, form.dataset.again] : [big.state, big.press];
    [el("eyes-state"), el("eyes-press")].forEach((part, n) => {
      if (part.textContent === words[n]) return;
      part.textContent = words[n];
      settle(form);
    });
    el("eyes-about").textContent = about;
  }

  function drawView() {
    document.body.classList.toggle("eyes-closed", closed);
    el("eyes").hidden = !closed;
    const button = el("eyes-voice");
    button.lastChild.textContent = voice ? button.dataset.on : button.dataset.off;
    if (!closed) speakAt(likes.spoken);
    else if (voice) speakAt(likes.spoken === "off" ? "full" : likes.spoken);
    else speakAt("off");
  }

  /** The member pressed for it, so the focus may go along. */
  function turn(on) {
    closed = on;
    sessionStorage.setItem(key, on ? "on" : "off");
    drawView();
    rest.open = false;
    if (closed) {
      form.querySelector("button").focus();
      tellNow(`${said.eyes_closed} ${board.tells.where}`);
    } else {
      el("close-eyes").closest("details").open = true;
      el("close-eyes").focus();
      tellNow(said.eyes_open);
    }
  }

  el("close-eyes").addEventListener("click", () => turn(true));
  el("open-eyes").addEventListener("click", () => turn(false));
  el("eyes-voice").addEventListener("click", () => {
    voice = !voice;
    localStorage.setItem(VOICE, voice ? "on" : "off");
    drawView();
    tellNow(voice ? said.speaks : said.silent);
  });

  document.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || !closed) return;
    if (rest.contains(event.target)) {
      rest.open = false;
      form.querySelector("button").focus();
    }
    if (event.target !== form) return;
    event.preventDefault();
    if (!("changed" in form.dataset)) await pressBig();
  });

  async function pressBig() {
    const { big } = board.eyes;
    if (!big.key) return tellAsked(board.tells.where);
    if (big.asks && !asked) {
      asked = true;
      drawBig();
      return tellNow(said.finish_asked);
    }
    const control = controlAt(big.key);
    await press(control);
    if (control.event === "accept" && control.fields.mode !== "voice") toTyping();
  }

  /** What was typed, to be heard here: what its writer wants read is read elsewhere. */
  function hear(words) {
    for (const typed of words) {
      if (known.has(typed.id)) continue;
      known.add(typed.id);
      if (!closed || typed.mine) continue;
      const sentence = said.by_text.replace("{name}", typed.name).replace("{words}", typed.text);
      const line = document.createElement("p");
      line.textContent = sentence;
      el("eyes-log").append(line);
      if (speaks() && !typed.aloud) speak(sentence, likes);
    }
  }

  function draw() {
    drawBig();
    drawControls(el("eyes-rest"), board.eyes.more.map(controlAt).filter(Boolean));
  }

  drawView();

  return {
    /** The newest board, once it is on the page. */
    update(next) {
      if (next.eyes.big.key !== board.eyes.big.key || !next.eyes.big.asks) asked = false;
      board = next;
      hear(board.words);
      draw();
    },

    /** Something has to be seen now: a place to write in, or why somebody can't stay. */
    leave() {
      if (!closed) return;
      closed = false;
      sessionStorage.setItem(key, "off");
      drawView();
    },

    draw,
  };
}
