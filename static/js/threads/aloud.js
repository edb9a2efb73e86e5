// A thread, read by this device's own voice: post by post, from the one whose button is pressed, that
// the address names, or from the first. What is folded is said to be folded. Nothing goes anywhere, and
// nothing on the page moves.

import { isSecond } from "../core/forms.js";
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
const others = ["before", "next", "slower", "faster", "stop"].map(button);
const onward = document.querySelector("a[rel=next]");
const here = new Map(); // the button of each post that can be read, by its post

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

/** What is read of a post: who wrote it, when and to whom, what they ask for, and their words. */
function wordsOf(article) {
  const parts = article.querySelectorAll(":scope > .by, :scope > .wish, :scope > .body");
  return [...parts].flatMap((part) => {
    const shown = part.cloneNode(true);
    for (const each of shown.querySelectorAll(UNREAD)) each.remove();
    const lines = part.matches(".by") ? [headingOf(article)] : [...blocks(shown)];
    return lines.map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).flatMap(sentences);
  });
}

const headingOf = (article) => article.querySelector(".by :is(h2, h3)").textContent;

const tell = (words) => status.replaceChildren(words);

function show(next) {
  state = next;
  const { activeElement: focused } = document;
  const presses = { off: said.start, on: said.pause, paused: said.on };
  button("play").lastChild.textContent = presses[state];
  for (const each of others) each.hidden = state === "off";
  button("onward").hidden = true;
  if (panel.contains(focused) && focused.hidden) button("play").focus(); // where a press took it away
  const isHere = (article) => state !== "off" && article === articles()[post];
  for (const [article, { firstChild }] of here) {
    firstChild.data = isHere(article) ? presses[state] : said.from;
  }
}

/** End what reads now. What is read after this begins at the same sentence. */
function hush() {
  run += 1;
  window.speechSynthesis?.cancel();
}

async function read() {
  hush();
  const mine = run;
  for (; post < articles().length; post += 1, sentence = 0) {
    show("on");
    const all = articles();
    const name = all[post].querySelector(".by b").textContent;
    const filled = { number: post + 1, count: all.length, name };
    tell(said.reads.replace(/{(\w+)}/g, (_, name) => filled[name]));
    const words = wordsOf(all[post]);
    for (; sentence < words.length; sentence += 1) {
      const ended = await speak(words[sentence], likes, 5000 + words[sentence].length * A_LETTER_MS);
      if (run !== mine) return;
      if (ended?.type === "error") return pause(said.refused);
    }
    all[post].dispatchEvent(new Event("heard", { bubbles: true }));
  }
  end();
}

/** The page is over. The next one is read by a press. */
function end() {
  stop(onward ? said.more : said.over);
  button("onward").hidden = !onward;
}

function stop(words) {
  hush();
  [post, sentence] = [0, 0];
  show("off");
  tell(words);
}

function pause(words) {
  hush();
  show("paused");
  tell(words);
}

const voicesFound = () =>
  new Promise((done) => {
    if (ownVoice()) return done();
    window.speechSynthesis?.addEventListener("voiceschanged", done, { once: true });
    setTimeout(done, window.speechSynthesis ? VOICES_MS : 0);
  });

async function begin(first) {
  await voicesFound();
  if (!ownVoice()) return tell(said.none);
  likes ??= await fetch(said.likes, { headers: { Accept: "application/json" } })
    .then((answer) => answer.json())
    .catch(() => ({ pace: 100, voice_volume: 100 }));
  [post, sentence] = [Math.max(articles().indexOf(first), 0), 0];
  read();
}

const named = () => articles().find((each) => `#${each.id}` === location.hash);

/** To another post; it is read at once. */
function go(by) {
  const there = post + by;
  if (there >= articles().length) return end();
  [post, sentence] = [Math.max(there, 0), 0];
  read();
}

function change(by, changed, end) {
  const at = PACES.findIndex((pace) => pace >= likes.pace) + by;
  if (at in PACES) likes = { ...likes, pace: PACES[at] };
  if (state === "on") read();
  tell(at in PACES ? changed : end);
}

const play = (first) => ({ off: () => begin(first), on: () => pause(said.paused), paused: read })[state]();

const PRESSES = {
  play: () => play(named()),
  before: () => go(-1),
  next: () => go(1),
  slower: () => change(-1, said.slower, said.slowest),
  faster: () => change(1, said.faster, said.fastest),
  stop: () => stop(said.stopped),
  onward: () => location.assign(`${onward.href}#${panel.id}`),
};

panel.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-press]");
  if (pressed && !isSecond(pressed, event)) PRESSES[pressed.dataset.press]();
});

/** A button below each post that is shown: it begins there, and pauses there. */
function offer(article) {
  const shown = button("next").cloneNode();
  const which = document.createElement("span");
  which.className = "vh";
  which.textContent = ` ${said.which.replace("{number}", article.dataset.number)}`;
  shown.className = "btn plain quieter";
  shown.hidden = false;
  shown.removeAttribute("data-press");
  shown.append(said.from, which);
  shown.addEventListener("click", (event) => {
    if (isSecond(shown, event)) return;
    if (state !== "off" && article !== articles()[post]) begin(article);
    else play(article);
  });
  here.set(article, shown);
  article.querySelector(".after").append(shown);
}

for (const article of articles()) {
  if (article.querySelector(":scope > .after") && article.dataset.number) offer(article);
}

// Words that leave the page are read no further: what stands there now is.
document.addEventListener("gone", ({ target }) => {
  if (state === "off" || target !== articles()[post]) return;
  sentence = 0;
  if (state === "on") read();
});

addEventListener("pagehide", hush);
panel.hidden = false;
window.speechSynthesis?.getVoices(); // so that they are found by the time they are asked for

// Somebody pressed “Read the next page” on the one before.
if (location.hash === `#${panel.id}`) {
  history.replaceState(null, "", location.pathname + location.search);
  button("play").focus();
  begin(document.querySelector("article.reply"));
}
