// What has changed between two boards, and how each change is told: in words, aloud, by a sound.
// The sentences are the server's; which of them are new is seen here.

import { play } from "./cues.js";
import { alert, forget, tell, tellNow } from "./telling.js";

/** In the order in which they are told. `mine`: about oneself; `keep`: never lost while it waits. */
const PLACES = [
  { place: "finished", cue: "finished" },
  { place: "turn", cue: "turn", mine: true, keep: true },
  { place: "now" },
  { place: "next", cue: "next", mine: true, keep: true },
  { place: "break", cue: "break", mine: true },
  { place: "closing", cue: "closing", mine: true },
  { place: "alone", mine: true },
  { place: "nudge", mine: true },
  { place: "asks", mine: true },
  { place: "asked", mine: true },
];

export function createNews({ said, likes, board }) {
  let before = board.tells;
  let here = names(board);
  let isIn = board.is_in;
  const title = document.title.slice(board.tells.title.length);

  const ring = (cue) => {
    if (likes.sounds && cue) play(cue, likes.volume);
  };

  const isNew = (place, tells) => Boolean(tells[place]) && tells[place] !== before[place];

  /** Who came and who left, for whoever wants to be told. */
  function comings(now) {
    if (!likes.comings) return [];
    const came = [...now].filter(([id]) => !here.has(id)).map(([, name]) => [said.came, name]);
    const left = [...here].filter(([id]) => !now.has(id)).map(([, name]) => [said.left, name]);
    const words = [...came, ...left].map(([sentence, name]) => sentence.replace("{name}", name));
    return words.length ? [{ place: "comings", words: words.join(" ") }] : [];
  }

  function arrive({ tells }) {
    ring("in");
    const words = [tells.in, tells.where].join(" ");
    const keep = Boolean(tells.turn);
    tell([{ place: "in", words, mine: true, keep }]);
  }

  if (isIn) arrive(board);

  return {
    /** Tell what is new on this board. One's own voice is not talked over. */
    update(next) {
      const { tells } = next;
      const now = names(next);
      document.title = tells.title + title;
      if (next.is_in && !isIn) arrive(next);
      else if (isIn) {
        for (const { place } of PLACES) if (!tells[place]) forget(place);
        if (isNew("mic", tells)) microphone(tells.mic);
        if (tells.paused !== before.paused) alert(tells.paused);
        const facts = PLACES.filter(({ place }) => isNew(place, tells));
        const words = facts.map((fact) => ({ ...fact, words: tells[fact.place] }));
        const silently = next.mine && next.heard.includes(next.me);
        tell([...words, ...comings(now)], { silently });
        ring((facts.find(({ place }) => place === "turn") ?? facts.find(({ cue }) => cue))?.cue);
      }
      [before, here, isIn] = [tells, now, next.is_in];
    },

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

const names = ({ here }) =>
  new Map(here.filter(({ me }) => !me).map(({ id, name }) => [id, name]));
