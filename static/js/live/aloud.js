// Typed shares that their writer would like read: by a voice that lives on this device, or not at
// all. A voice from elsewhere would be sent the words. They are on the page in any case.

const LIKE = "reading-aloud";

const el = (id) => document.getElementById(id);

/** A voice of this device's own, in the language of the page if it has one. */
export function ownVoice() {
  const own = (window.speechSynthesis?.getVoices() ?? []).filter((voice) => voice.localService);
  const { lang } = document.documentElement;
  return own.find((voice) => voice.lang.startsWith(lang)) ?? own[0] ?? null;
}

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
  const kept = localStorage.getItem(LIKE);
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
    localStorage.setItem(LIKE, on ? "on" : "off");
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
