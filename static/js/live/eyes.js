// Eyes-closed mode: one big button, whose meaning the server gives with every board. Two presses
// end a turn, however far apart. Everything else that can be pressed is behind More, and so are the
// parts of the page that belong to the whole circle: they move there, and back.

import { speak } from "../core/voice.js";
import { controlAt, drawControls, inWords, settle } from "./board.js";
import { speakAt, speaks, tellAsked, tellNow } from "./telling.js";

const VOICE = "eyes-closed-voice";

const el = (id) => document.getElementById(id);

/**
 * `press(control)` is the same as by its own button; `toTyping()` opens the place to write in;
 * `readsAloud()` says whether what its writer wants read is read here; `board` is the first one.
 */
export function createEyes({ setup, board, press, toTyping, readsAloud }) {
  const { said, likes } = setup;
  const key = `eyes-closed-${setup.call_id}`;
  const form = el("eyes-big");
  const rest = el("eyes-more");
  const captions = el("caption-lines"); // behind More they are looked up, and never told over a voice
  const known = new Set(board.words.map(({ id }) => id));
  const lines = new Map(); // in its log, by their ids
  const parts = [...document.querySelectorAll("[data-eyes]")].map((part) => ({
    part,
    home: document.createComment(""),
  }));
  const kept = sessionStorage.getItem(key) ?? (likes.eyes_closed ? "on" : "off");
  let closed = kept === "on";
  let comesBack = kept === "typing"; // after a turn in which somebody types
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

  function moveParts() {
    for (const { part, home } of parts) {
      if (closed === home.isConnected) continue;
      if (closed) part.replaceWith(home);
      else home.replaceWith(part);
      if (closed) el("eyes-parts").append(part);
    }
  }

  function drawView() {
    moveParts();
    document.body.classList.toggle("eyes-closed", closed);
    el("eyes").hidden = !closed;
    captions.setAttribute("aria-live", closed ? "off" : "polite");
    const button = el("eyes-voice");
    button.lastChild.textContent = voice ? button.dataset.on : button.dataset.off;
    if (!closed) speakAt(likes.spoken);
    else if (voice) speakAt(likes.spoken === "off" ? "full" : likes.spoken);
    else speakAt("off");
  }

  /** "on", "off", or "typing": off until that turn is over. */
  function set(state) {
    closed = state === "on";
    comesBack = state === "typing";
    sessionStorage.setItem(key, state);
    drawView();
  }

  /** The member pressed for it, so the focus may go along. */
  function turn(on) {
    set(on ? "on" : "off");
    rest.open = false;
    if (closed) {
      form.querySelector("button").focus();
      tellNow(`${said.eyes_closed} ${board.tells.where}`);
    } else {
      const behind = el("close-eyes").closest("details");
      if (behind) behind.open = true;
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

  const asSentences = (words) =>
    words.map((each) => (/[.!?…”]$/.test(each) ? each : `${each}.`)).join(" ");

  el("eyes-happens").addEventListener("click", () => {
    tellAsked(asSentences([...board.happens, board.coming].filter(Boolean)));
  });
  el("eyes-steady")?.addEventListener("click", () => {
    const steps = [...el("steady-steps").children];
    tellAsked(steps.map(({ textContent }) => textContent).join(" "));
  });
  el("eyes-for-me").addEventListener("click", () => {
    tellAsked(asSentences(board.echoes.for_me.map(({ text }) => text)));
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
    if ((await press(control)) && writes(control)) toTyping();
  }

  const writes = ({ event, fields }) =>
    ["accept", "set-mode"].includes(event) && ["typed", "aloud"].includes(fields.mode);

  /** What was typed, to be heard here, unless it is read aloud in any case. */
  function hear(words) {
    for (const typed of words) {
      const there = lines.get(typed.id);
      if (there && typed.hidden && !typed.mine) hush(there, typed);
      if (known.has(typed.id)) continue;
      known.add(typed.id);
      if (!closed || typed.mine || typed.hidden) continue;
      const sentence = inWords(typed);
      const line = document.createElement("p");
      line.textContent = sentence;
      lines.set(typed.id, line);
      el("eyes-log").append(line);
      if (speaks() && !(typed.aloud && readsAloud())) speak(sentence, likes);
    }
  }

  /** It is hidden: what stands in its place stands here too, and it isn't said on. */
  function hush(line, typed) {
    if (line.textContent === typed.text) return;
    line.textContent = typed.text;
    window.speechSynthesis?.cancel();
  }

  function draw() {
    drawBig();
    drawControls(el("eyes-rest"), board.eyes.more.map(controlAt).filter(Boolean));
    el("eyes-for-me").hidden = !board.echoes.for_me.length;
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

    /** A press was taken that wasn’t the big button’s. One’s microphone is told by itself. */
    answer(control) {
      if (comesBack && !board.mine && !board.writes) turn(true);
      else if (closed && writes(control)) toTyping();
      else if (closed && !["mic", "camera"].includes(control.key)) {
        tellNow(said.done.replace("{name}", control.text));
      }
    },

    /** There is something to write now: the mode comes back with a press after that turn. */
    rest() {
      if (closed) set("typing");
    },

    /** Why somebody can’t stay has to be seen now. */
    leave() {
      if (closed) set("off");
    },

    draw,
  };
}
