// A thread, read by this device's own voice: post by post, from the one that the address names or from
// the first. What is folded is said to be folded. Nothing goes anywhere, and nothing on the page moves.

import { ownVoice, sentences, speak } from "../core/voice.js";

const PACES = [50, 75, 100, 125, 150, 175, 200]; // per cent
const VOICES_MS = 1000; // Some browsers find their voices only after a while.
const A_LETTER_MS = 300; // At the slowest: after this a sentence has ended, whatever the browser says.

const BLOCKS = "p, ul, ol, li, blockquote, pre, div, figure, details, header, dl, dt, dd, footer";
const UNREAD = ".vh, .answers, button, svg";

const panel = document.getElementById("aloud");
const status = panel.querySelector("[role=status]");
const { dataset: said } = panel;
const button = (name) => panel.querySelector(`[data-press=${name}]`);
const others = [...panel.querySelectorAll("[data-press]")].slice(1);

let likes = null;
let post = 0;
let sentence = 0;
let run = 0; // what reads now; a press ends it, and may begin another
let state = "off"; // or "on", or "paused"

const articles = () => [...document.querySelectorAll("article.post")];

/** The words of a part of a post, block by block. Of a picture, what it shows. */
function* blocks(node) {
  if (node.matches("figure")) {
    yield node.querySelector("p").textContent;
    return;
  }
  if (node.matches("details:not([open])")) {
    yield node.querySelector("summary").textContent;
    yield said.folded;
    return;
  }
  let line = "";
  for (const part of node.childNodes) {
    if (part.nodeType === Node.ELEMENT_NODE && part.matches(BLOCKS)) {
      yield line;
      line = "";
      yield* blocks(part);
    } else line += part.textContent;
  }
  yield line;
}

/** What is read of a post: who wrote it and when, what they ask for, and their words. */
function wordsOf(article) {
  const parts = article.querySelectorAll(":scope > .by, :scope > .wish, :scope > .body");
  return [...parts].flatMap((part) => {
    const shown = part.cloneNode(true);
    for (const each of shown.querySelectorAll(UNREAD)) each.remove();
    const lines = part.matches(".by") ? [nameOf(article)] : [...blocks(shown)];
    return lines.map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).flatMap(sentences);
  });
}

const nameOf = (article) => article.querySelector(".by b").textContent;

const tell = (words) => status.replaceChildren(words);

function show(next) {
  state = next;
  button("play").lastChild.textContent = { off: said.start, on: said.pause, paused: said.on }[state];
  for (const each of others) each.hidden = state === "off";
}

/** End what reads now. What is read after this begins at the same sentence. */
function hush() {
  run += 1;
  window.speechSynthesis?.cancel();
}

async function read() {
  hush();
  const mine = run;
  show("on");
  for (; post < articles().length; post += 1, sentence = 0) {
    const all = articles();
    const filled = { number: post + 1, count: all.length, name: nameOf(all[post]) };
    tell(said.reads.replace(/{(\w+)}/g, (_, name) => filled[name]));
    const words = wordsOf(all[post]);
    for (; sentence < words.length; sentence += 1) {
      await speak(words[sentence], likes, 5000 + words[sentence].length * A_LETTER_MS);
      if (run !== mine) return;
    }
  }
  stop(said.over);
}

function stop(words) {
  hush();
  [post, sentence] = [0, 0];
  show("off");
  tell(words);
}

function pause() {
  hush();
  show("paused");
  tell(said.paused);
}

const voicesFound = () =>
  new Promise((done) => {
    if (ownVoice()) return done();
    window.speechSynthesis?.addEventListener("voiceschanged", done, { once: true });
    setTimeout(done, window.speechSynthesis ? VOICES_MS : 0);
  });

async function begin() {
  await voicesFound();
  if (!ownVoice()) return tell(said.none);
  likes ??= await fetch(said.likes, { headers: { Accept: "application/json" } })
    .then((answer) => answer.json())
    .catch(() => ({ pace: 100, voice_volume: 100 }));
  const named = articles().findIndex((each) => `#${each.id}` === location.hash);
  [post, sentence] = [Math.max(named, 0), 0];
  read();
}

/** To another post; it is read at once. */
function go(by) {
  const there = post + by;
  if (there >= articles().length) return stop(said.over);
  [post, sentence] = [Math.max(there, 0), 0];
  read();
}

function change(by, changed, end) {
  const at = PACES.findIndex((pace) => pace >= likes.pace) + by;
  if (at in PACES) likes = { ...likes, pace: PACES[at] };
  if (state === "on") read();
  tell(at in PACES ? changed : end);
}

const PRESSES = {
  play: () => ({ off: begin, on: pause, paused: read })[state](),
  before: () => go(-1),
  next: () => go(1),
  slower: () => change(-1, said.slower, said.slowest),
  faster: () => change(1, said.faster, said.fastest),
  stop: () => stop(said.stopped),
};

panel.addEventListener("click", ({ target }) => {
  const pressed = target.closest("[data-press]");
  if (pressed) PRESSES[pressed.dataset.press]();
});
addEventListener("pagehide", hush);
panel.hidden = false;
window.speechSynthesis?.getVoices(); // so that they are found by the time they are asked for
