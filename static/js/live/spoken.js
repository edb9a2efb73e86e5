// Spoken status: this device's own voice says where we are. No other voice is ever given a word.

import { ownVoice } from "./aloud.js";

const LONGEST_MS = 5000; // Some browsers forget to say that a voice has ended.

/** Say it. Settles when it has been said; at once where this device has no voice of its own. */
export function speak(words, pace = 100) {
  const voice = ownVoice();
  if (!voice) return Promise.resolve();
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  said.lang = voice.lang;
  said.rate = pace / 100;
  return new Promise((done) => {
    said.onend = said.onerror = done;
    setTimeout(done, LONGEST_MS);
    window.speechSynthesis.speak(said);
  });
}
