// This device's own voice. A voice from elsewhere would be sent the words; it is given none.

/** A voice of this device's own, in the language of the page if it has one. */
export function ownVoice() {
  const own = (window.speechSynthesis?.getVoices() ?? []).filter((voice) => voice.localService);
  const { lang } = document.documentElement;
  return own.find((voice) => voice.lang.startsWith(lang)) ?? own[0] ?? null;
}

/** One after the other, so that what is long can be stopped between two of them. */
export const sentences = (text) => text.split(/(?<=[.!?…])\s+/);

/** Let it be said after what is being said, as these likes have it. Null without a voice of our own. */
export function queue(words, { pace, voice_volume: volume }) {
  const voice = ownVoice();
  if (!voice) return null;
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  said.lang = voice.lang;
  said.rate = pace / 100;
  said.volume = volume / 100;
  window.speechSynthesis.speak(said);
  return said;
}

const LONGEST_MS = 5000; // Some browsers forget to say that a voice has ended.

/** The same. Settles when it has been said; at once where this device has no voice of its own. */
export function speak(words, likes, longest = LONGEST_MS) {
  const said = queue(words, likes);
  if (!said) return Promise.resolve();
  return new Promise((done) => {
    said.onend = said.onerror = done;
    setTimeout(done, longest);
  });
}
