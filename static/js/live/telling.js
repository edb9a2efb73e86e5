// What is said to somebody beside what the page shows: a notice that stays until the next one, one
// polite line for a screen reader, one for safety, and this device's own voice, if it is wanted.
//
// The polite line says at most one thing in three seconds. Newer words take the place of older ones
// that still wait, except those that must not be lost.

import { speak } from "../core/voice.js";
import { play } from "./device.js";

const EVERY_MS = 3000;

const line = document.getElementById("line");
const status = document.getElementById("told");
const alarm = document.getElementById("alarm");
const { likes } = JSON.parse(document.getElementById("setup").textContent);

const waiting = new Map(); // by its place: { words, keep }
let timer = null;
let last = -EVERY_MS;
let spoken = likes.spoken;
let toSay = []; // what waits until this device's voice has said what it is saying
let isSaying = false;

const AMOUNT = { off: 0, short: 1, full: 2 };

/** Is something like this said at this level? What is about oneself is said at "short" too. */
const fits = (level, isMine) => AMOUNT[level] >= (isMine ? 1 : 2);

/** Words about the page itself; none takes them away. They answer a press, so they come at once.
    `way` is what can be done about it here, if anything: "again" or "microphone". */
export function notice(words = "", way = "") {
  const isNews = words && words !== noticed();
  stand(words, way);
  if (isNews) tellNow(words);
}

/** What it says now, if anything. */
const noticed = () => (line.hidden ? "" : line.querySelector("p").textContent);

function stand(words, way = "") {
  line.hidden = !words;
  line.querySelector("p").textContent = words;
  for (const each of line.querySelectorAll("[data-way]")) each.hidden = each.dataset.way !== way;
}

let onlyWhile = null; // words that are so only while a place of the board stays as it was

/** An answer to a press, each time it is pressed; it stands until `of` says otherwise of a board. */
export function noticeWhile(of, board, words = of(board)) {
  onlyWhile = { words, of, was: of(board) };
  stand(words);
  tellAsked(words);
}

/** On the newest board it may not be so any more. What else was said since stays. */
export function keepNotice(board) {
  if (!onlyWhile || onlyWhile.of(board) === onlyWhile.was) return;
  if (noticed() === onlyWhile.words) stand("");
  onlyWhile = null;
}

/** Is something being said to the member? */
export const isTelling = () => !line.hidden;

/** How much this device's voice says from now on. */
export function speakAt(level) {
  spoken = level;
}

export const speaks = () => spoken !== "off";

/** Several facts that came together, as one sentence after the other: { place, words, mine, keep }. */
function tell(facts, { silently = false } = {}) {
  const told = facts.filter(({ mine }) => fits(likes.told, mine));
  if (told.length) {
    for (const [place, { keep }] of waiting) if (!keep) waiting.delete(place);
    for (const { place, words, keep, adds } of told) {
      const others = adds ? waiting.get(place)?.words : "";
      waiting.set(place, { words: [others, words].filter(Boolean).join(" "), keep });
    }
    schedule();
  }
  if (!silently) sayAloud(facts);
}

function sayAloud(facts) {
  const aloud = facts.filter(({ mine }) => fits(spoken, mine));
  if (aloud.length) sayNext(aloud);
}

/** It isn't so any more, so it isn't told any more. */
function forget(place) {
  waiting.delete(place);
  toSay = toSay.filter((each) => each.place !== place);
}

/** `cue` is the sound that goes with it, if any does; `silently`, without this device's voice. */
export function announce(words, { cue = "", silently = false } = {}) {
  tell([{ place: "page", words, mine: true }], { silently });
  ring(cue);
}

/** The same, and nothing that comes meanwhile takes its place. */
export const announceKept = (words) =>
  tell([{ place: "noticed", words, mine: true, keep: true }]);

/** An answer to one's own press. Settles when this device's voice has said it. */
export function tellNow(words) {
  if (fits(likes.told, true)) write(words);
  schedule();
  return fits(spoken, true) ? sayNow(words) : Promise.resolve();
}

/** Asked for by a press: it is told whatever the level is. */
export function tellAsked(words) {
  write(words);
  schedule();
  return speaks() ? sayNow(words) : Promise.resolve();
}

function ring(cue) {
  if (likes.sounds && cue) play(cue, likes.volume);
}

/** For safety only. */
function alert(words) {
  alarm.replaceChildren(words);
  if (words && speaks()) sayNow(words);
}

/** After what is being said, so that nobody's share is cut off. */
async function sayNext(facts) {
  toSay = [...toSay.filter(({ keep }) => keep), ...facts];
  if (isSaying) return;
  isSaying = true;
  while (toSay.length) {
    const words = toSay.map((each) => each.words).join(" ");
    toSay = [];
    await speak(words, likes);
  }
  isSaying = false;
}

/** It answers a press, so it takes the place of what is still being said. */
function sayNow(words) {
  window.speechSynthesis?.cancel();
  return speak(words, likes);
}

function write(words) {
  last = performance.now();
  status.replaceChildren(words);
}

function schedule() {
  clearTimeout(timer);
  if (!waiting.size) return;
  timer = setTimeout(
    () => {
      const words = [...waiting.values()].map((each) => each.words).join(" ");
      waiting.clear();
      if (words) write(words);
    },
    Math.max(0, last + EVERY_MS - performance.now()),
  );
}

// What has changed between two boards, and how each change is told: in words, aloud, by a sound. The
// sentences are the server's; which of them are new is seen here.

/** In the order in which they are told. `mine`: about oneself; `keep`: never lost while it waits;
    `adds`: what comes there later is said after it; `stays`: it is so, even if it is told no more. */
const PLACES = [
  { place: "finished", cue: "finished" },
  { place: "turn", cue: "turn", mine: true, keep: true },
  { place: "now" },
  { place: "next", cue: "next", mine: true, keep: true },
  { place: "break", cue: "break", mine: true },
  { place: "closing", cue: "closing", mine: true },
  { place: "alone", mine: true },
  { place: "nudge", mine: true },
  { place: "asks", cue: "waits", mine: true, keep: true, adds: true },
  { place: "door", cue: "waits", mine: true, keep: true, adds: true },
  { place: "hands", cue: "waits", mine: true, keep: true, adds: true },
  { place: "asked", mine: true },
  { place: "echoes", mine: true, keep: true, stays: true },
];

const lines = (words) => (words ? words.split("\n") : []);

export function createNews({ said, likes, board }) {
  let before = board.tells;
  let here = names(board);
  let isIn = board.is_in;
  let unsaid = []; // while the others heard me, they would have heard this device's voice too
  const title = document.title.slice(board.tells.title.length);
  const entitle = (words) => {
    document.title = words + title;
  };

  /** The lines of this place that weren’t there before. */
  const newAt = (place, tells) => {
    const known = lines(before[place]);
    return lines(tells[place])
      .filter((line) => !known.includes(line))
      .join(" ");
  };

  /** Who came and who left, for whoever wants to be told. */
  function comings(now) {
    const words = likes.comings ? cameAndLeft(here, now, said) : "";
    return words ? [{ place: "comings", words }] : [];
  }

  function arrive({ tells }) {
    ring("in");
    const words = [tells.in, tells.where].join(" ");
    const keep = Boolean(tells.turn);
    tell([{ place: "in", words, mine: true, keep }]);
  }

  if (isIn) arrive(board);

  return {
    /** Tell what is new on this board. One's own voice is not talked over, and nobody else hears what
        is told to one person: whatever is still so is said once the microphone is closed. */
    update(next) {
      const { tells } = next;
      const now = names(next);
      entitle(tells.title);
      if (next.is_in && !isIn) arrive(next);
      else if (isIn) {
        for (const { place, stays } of PLACES) if (!stays && !tells[place]) forget(place);
        if (newAt("mic", tells)) microphone(tells.mic);
        if (tells.paused !== before.paused) alert(tells.paused);
        const facts = PLACES.map((fact) => ({ ...fact, words: newAt(fact.place, tells) }));
        const told = facts.filter(({ words }) => words);
        const silently = next.heard.includes(next.me);
        const isNew = (place) => told.some((fact) => fact.place === place && !fact.adds);
        unsaid = unsaid.filter(({ place }) => tells[place] && !isNew(place));
        if (!silently) sayAloud(unsaid);
        tell([...told, ...comings(now)], { silently });
        unsaid = silently ? [...unsaid, ...told] : [];
        ring((told.find(({ place }) => place === "turn") ?? told.find(({ cue }) => cue))?.cue);
      }
      [before, here, isIn] = [tells, now, next.is_in];
    },

    /** What this window is called, when no board says it any more. */
    entitle,

    /** The microphone is told before it opens, so that this device's voice isn't heard by others. */
    opensMicrophone() {
      before = { ...before, mic: said.mic_on };
      return microphone(said.mic_on);
    },

    /** It stayed as it was. */
    microphoneStays(tells) {
      before = { ...before, mic: tells.mic };
    },
  };

  function microphone(words) {
    ring("tick");
    return tellNow(words);
  }
}

/** The others in the circle, by their ids. */
export const names = ({ here }) =>
  new Map(here.filter(({ me }) => !me).map(({ id, name }) => [id, name]));

/** Who is in `now` and wasn't in `before`, and the other way round. */
export function cameAndLeft(before, now, said) {
  const came = [...now].filter(([id]) => !before.has(id)).map(([, name]) => [said.came, name]);
  const left = [...before].filter(([id]) => !now.has(id)).map(([, name]) => [said.left, name]);
  return [...came, ...left].map(([sentence, name]) => sentence.replace("{name}", name)).join(" ");
}
