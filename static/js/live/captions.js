// Captions, and letters as they are typed: shown to whoever turned them on here, sent by whoever
// speaks or types for them. They go from page to page; this one keeps the last lines, and nothing
// is kept anywhere but how this reader likes them. When a line dropped, what is on the page stays,
// what was made meanwhile is sent after it, and whoever may have missed some is told so.
//
// Automatic ones are made on the speaker's own device by their own press, or not at all: a browser
// that can't promise that is never asked, because it might send their voice away.

import { ask, socket } from "../core/socket.js";
import { moveOut } from "./own.js";
import { tellNow } from "./telling.js";

const SIZES = [100, 125, 150, 200, 250, 300];
const KEPT_LINES = 8;
const LETTERS_MS = 300; // As often as letters are passed on.
const LIKES = "captions"; // letters, size and place as they were pressed are kept on this device

const el = (id) => document.getElementById(id);
const panel = el("captions");
const block = el("caption-words"); // the lines, and the letters below them
const lines = el("caption-lines");
const letters = el("caption-letters");
const form = el("caption-form");
const box = el("caption-box");
const share = el("words-box");
const shows = el("show-letters");

const nothing = () => "";
const inBox = () => box.value;
const inShare = () => share.value;

/** What the speaker's own device hears in the language of the call, as `{start, stop}`; null where it would leave the device. */
async function ownEars(lang, onLine, onStopped) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition?.available) return null;
  const state = await Recognition.available({ langs: [lang], processLocally: true });
  const ears = new Recognition();
  if (state !== "available" || !("processLocally" in ears)) return null;
  ears.processLocally = true;
  if (ears.processLocally !== true) return null;
  Object.assign(ears, { lang, continuous: true, interimResults: false });
  ears.addEventListener("result", ({ resultIndex, results }) => {
    for (const result of [...results].slice(resultIndex)) {
      if (result.isFinal) onLine(result[0].transcript.trim());
    }
  });
  ears.addEventListener("error", ({ error }) => {
    if (!["aborted", "no-speech"].includes(error)) onStopped(); // by us; and silence is a turn too
  });
  ears.addEventListener("end", () => ears.onAgain?.());
  return ears;
}

export function createCaptions({ setup, page, me }) {
  const likes = {
    letters: setup.likes.caption_letters,
    size: setup.likes.caption_size,
    top: setup.likes.captions_top,
    side: setup.likes.captions_side,
    ...JSON.parse(localStorage.getItem(LIKES) ?? "{}"),
    on: setup.likes.captions, // as the account says, until it is pressed in this circle
    ...JSON.parse(sessionStorage.getItem(`${LIKES}-${setup.call_id}`) ?? "{}"),
  };
  let now = { turn: "" };
  let correcting = null; // {number, by}: the line that the next one replaces
  let ears = null;
  let listening = false; // the speaker pressed for it, in this turn
  let stands = nothing; // in the box whose letters are shown
  let passing = null; // they are on their way, or soon will be
  let unsent = []; // lines that were made while there was no way to send them
  let missed = false; // the line dropped while captions were shown

  const send = (event, fields) =>
    socket.connected
      ? ask(event, { call_id: setup.call_id, ...fields }).catch(() => ({ ok: false }))
      : Promise.resolve({ ok: false });

  // The reader

  const isShown = () => likes.on || (now.types && !now.speaks);

  function watch() {
    const wants = { lines: isShown(), letters: isShown() && likes.letters };
    return send("watch-captions", { page, ...wants });
  }

  function like(change) {
    Object.assign(likes, change);
    const { on, ...looks } = likes;
    localStorage.setItem(LIKES, JSON.stringify(looks));
    sessionStorage.setItem(`${LIKES}-${setup.call_id}`, JSON.stringify({ on }));
    watch();
    show();
  }

  function show() {
    panel.hidden = !isShown();
    block.dataset.size = likes.size;
    for (const [id, pressed] of [
      ["captions-button", likes.on],
      ["captions-top", likes.top],
      ["captions-side", likes.side],
      ["captions-apart", Boolean(comeHome)],
      ["captions-letters", likes.letters],
      ["make-captions", listening],
    ]) {
      el(id).setAttribute("aria-pressed", pressed);
    }
    form.hidden = !now.types;
    el("make-captions").hidden = !now.speaks;
    el("leave-correction").hidden = !correcting;
    el("captions-none").hidden = lines.childElementCount > 0 || now.types;
    el("captions-automatic").hidden = !lines.querySelector("[data-how=automatic]");
  }

  let hasSide = null; // Does the order stand beside what goes on now?

  /** Whoever reads or writes there stays where they are. */
  function place() {
    const within = panel.contains(document.activeElement) && document.activeElement;
    if (likes.side && hasSide) el("order-part").prepend(panel);
    else if (likes.top) el("now").prepend(panel);
    else el("captions-told").after(panel);
    el("captions-side").hidden = !hasSide;
    if (within) within.focus({ preventScroll: true });
  }

  /** A window that is turned or made wider may have a side; in eyes-closed mode nothing has. */
  function keepBeside() {
    if (!el("order-part") || !el("now").checkVisibility()) return; // the circle may be over
    const [order, now] = ["order-part", "now"].map((id) => el(id).getBoundingClientRect());
    const had = hasSide;
    hasSide = order.left >= now.right;
    if (hasSide !== had) place();
  }

  /** The reader's own press moves it, and the focus stays where it was. */
  function move(button, where) {
    like(where);
    place();
    button.focus();
  }

  let comeHome = null; // from a window of their own, while they are there

  function goApart() {
    const title = el("captions-h").textContent;
    const onHome = () => {
      comeHome = null;
      show();
    };
    comeHome = moveOut({ part: block, title, onHome });
    if (!comeHome) return why(setup.said.window_blocked);
    show();
  }

  // Lines

  const keyOf = (line) => `${line.speaker} ${line.by} ${line.number}`;

  function take(line) {
    const key = keyOf(line);
    const before = [...lines.children].find((each) => each.dataset.key === key);
    const drawn = line.words ? draw(line, key) : null;
    if (before && drawn) before.replaceWith(drawn);
    else if (before) before.remove();
    else if (drawn) lines.append(drawn);
    while (lines.childElementCount > KEPT_LINES) lines.firstElementChild.remove();
    if (letters.dataset.by === line.by) hideLetters();
    if (comeHome) lines.lastElementChild?.scrollIntoView({ block: "end" }); // a small window
    show();
  }

  function draw(line, key) {
    const drawn = document.createElement("p");
    drawn.className = "caption-line";
    drawn.dataset.key = key;
    drawn.dataset.how = line.how;
    const mark = document.createElement("span");
    mark.className = "quiet";
    const { automatic, typedBy } = panel.dataset;
    const how = line.how === "automatic" ? automatic : typedBy.replace("NAME", () => line.typist || line.name);
    mark.textContent = ` (${how})`;
    const name = line.speaker === me ? setup.said.you : line.name;
    drawn.append(`${name}: ${line.words}`, mark);
    if (line.speaker === me || line.by === me) drawn.append(" ", correction(line));
    return drawn;
  }

  function correction(line) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    const which = document.createElement("span");
    which.className = "vh";
    which.textContent = ` ${line.words}`;
    button.append(panel.dataset.correct, which);
    button.addEventListener("click", () => {
      correcting = { number: line.number, by: line.by };
      box.value = line.words;
      show();
      box.focus();
    });
    return button;
  }

  // Letters

  function takeLetters({ name, by, words }) {
    letters.hidden = !words || by === me;
    letters.dataset.by = by;
    letters.textContent = `${name}: ${words}`;
  }

  function hideLetters() {
    letters.hidden = true;
    letters.textContent = "";
  }

  function typed(what = stands) {
    stands = what;
    if (now.letters) passing ??= setTimeout(passOn, LETTERS_MS);
  }

  /** Whatever is lost on the way, the newest arrives in the end. */
  async function passOn() {
    const words = stands();
    const { ok } = await send("typing", { words });
    passing = null;
    if (!ok || words !== stands()) typed();
  }

  // Whoever makes them

  /** Numbers go on after the page was loaded anew, so that no line replaces another. */
  function nextNumber() {
    const key = `caption-number-${setup.call_id}`;
    const number = Number(sessionStorage.getItem(key) ?? 0) + 1;
    sessionStorage.setItem(key, number);
    return number;
  }

  /** A line without an answer waits until there is a way again; sent twice, it is there once. */
  async function sendLine(line) {
    const answer = await send("caption", line);
    if (!answer.ok && !answer.reason) unsent = [...unsent, line].slice(-KEPT_LINES);
  }

  async function repair() {
    if (missed && lines.childElementCount) {
      const gap = document.createElement("p");
      gap.className = "quiet";
      gap.textContent = panel.dataset.missed;
      lines.append(gap);
    }
    missed = false;
    const late = unsent;
    unsent = [];
    for (const line of late) await sendLine(line);
  }

  const why = (words = "") => {
    el("captions-why").hidden = !words;
    el("captions-why").querySelector("p").textContent = words;
    if (words) tellNow(words);
  };

  async function listen() {
    if (!ears) {
      ears = await ownEars(
        navigator.languages.find((each) => each.split("-")[0] === setup.language) ?? setup.language,
        (words) => {
          const line = { words: words.slice(0, 300), how: "automatic" };
          if (hears() && words) sendLine({ number: nextNumber(), ...line });
        },
        () => {
          stopListening();
          why(el("captions-why").querySelector("p").dataset.stopped);
        },
      ).catch(() => null);
    }
    if (!ears) return why(el("captions-why").querySelector("p").dataset.noModel);
    listening = true;
    why();
    follow();
    show();
  }

  function stopListening() {
    listening = false;
    follow();
    show();
  }

  /** Only while the speaker is heard: nothing of a moment's pause, and nothing after the turn. */
  const hears = () => listening && now.speaks && now.heard;

  function follow() {
    if (!ears) return;
    const should = hears();
    ears.onAgain = should ? begin : null;
    if (should === Boolean(ears.isOn)) return;
    ears.isOn = should;
    if (should) begin();
    else ears.abort();
  }

  function begin() {
    try {
      ears.start();
    } catch {
      // It hasn't quite ended yet; when it has, it begins again.
    }
  }

  // What is pressed and typed

  el("captions-button").hidden = false;
  el("captions-button").addEventListener("click", () => like({ on: !likes.on }));
  el("captions-letters").addEventListener("click", () => like({ letters: !likes.letters }));
  el("captions-top").addEventListener("click", ({ currentTarget }) => {
    move(currentTarget, { top: !likes.top, side: false });
  });
  el("captions-side").addEventListener("click", ({ currentTarget }) => {
    move(currentTarget, { top: false, side: !likes.side });
  });
  el("captions-apart").addEventListener("click", () => (comeHome ?? goApart)());
  const resize = (by) => {
    const at = SIZES.indexOf(likes.size) + by;
    like({ size: SIZES[Math.min(Math.max(at, 0), SIZES.length - 1)] });
    const said = el("captions-size");
    said.textContent = said.dataset.words.replace("NUMBER", likes.size);
    tellNow(said.textContent);
  };
  el("captions-smaller").addEventListener("click", () => resize(-1));
  el("captions-larger").addEventListener("click", () => resize(+1));
  el("make-captions").addEventListener("click", () => (listening ? stopListening() : listen()));
  el("leave-correction").addEventListener("click", () => {
    correcting = null;
    box.value = "";
    show();
    box.focus();
  });
  box.addEventListener("input", () => typed(inBox));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = box.value.trim();
    if (!words && !correcting) return;
    const line = correcting ?? { number: nextNumber() };
    const answer = await send("caption", { ...line, words, how: "typed" });
    if (!answer.ok) return why(answer.reason?.text ?? setup.said.not_sent);
    correcting = null;
    box.value = "";
    why();
    typed(nothing);
    show();
  });
  if (share) {
    el("letters-of-share").hidden = false;
    share.addEventListener("input", () => shows.checked && typed(inShare));
    shows.addEventListener("change", () => typed(shows.checked ? inShare : nothing));
    el("say").addEventListener("submit", () => shows.checked && typed(nothing));
  }
  socket.on("caption", take);
  socket.on("typing", takeLetters);
  socket.on("disconnect", () => (missed = isShown()));
  new ResizeObserver(keepBeside).observe(el("now"));
  keepBeside();

  return {
    /** This page hears the circle, from now or again. */
    async watch() {
      await watch();
      await repair();
    },

    /** Keep to the newest board. */
    update({ captions, heard }) {
      const [wasShown, wasTurn, couldWrite] = [isShown(), now.turn, now.letters];
      now = { ...captions, heard: heard.includes(me) };
      if (now.turn !== wasTurn) {
        hideLetters();
        listening &&= now.speaks;
        correcting = null;
        unsent = [];
        stands = nothing;
        if (shows) shows.checked = false;
        why();
      }
      follow();
      show();
      if (isShown() !== wasShown) watch();
      if (now.letters && !couldWrite && stands()) typed(); // before the board came
    },

    close() {
      stopListening();
    },
  };
}
