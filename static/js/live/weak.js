// When sound comes through badly, the page says so and offers two ways to go on, each by a press
// and each with a way back: audio only, then text only on this device. It changes nothing itself.

const LOOK_MS = 2000;
const TIMES = 3; // in a row, so that one bad moment is no news
const LOST = 0.12; // of a voice; below this it can still be followed

const el = (id) => document.getElementById(id);

/**
 * @param people () => ids of those whose line should be up
 * @param condition (ids) => {lines, failing, lost}, from the mesh
 * @param pictures see pictures.js
 * @param onTextOnly (only) => hang up on this device, or connect again
 * @param onAudioOnly () => close one's own camera
 */
export function createWeak({ said, people, condition, pictures, onTextOnly, onAudioOnly }) {
  let bad = 0;
  let weak = false;
  let audioOnly = false;
  let textOnly = false;

  function draw() {
    el("weak").hidden = !weak && !audioOnly && !textOnly;
    el("weak-words").textContent = textOnly
      ? said.text_only
      : weak
        ? said.weak
        : audioOnly
          ? said.audio_only
          : "";
    el("audio-only").hidden = textOnly || audioOnly || !pictures.isInUse();
    el("text-only").hidden = textOnly || !weak;
    el("weak-later").hidden = textOnly || !weak;
    el("try-video").hidden = textOnly || !audioOnly;
    el("try-sound").hidden = !textOnly;
  }

  const on = (id, work) =>
    el(id).addEventListener("click", () => {
      [bad, weak] = [0, false];
      work();
      draw();
    });

  on("weak-later", () => {});
  on("audio-only", () => {
    audioOnly = true;
    pictures.allow(false);
    onAudioOnly();
  });
  on("try-video", () => {
    audioOnly = false;
    pictures.allow(true);
  });
  on("text-only", () => {
    textOnly = true;
    onTextOnly(true);
  });
  on("try-sound", () => {
    textOnly = false;
    onTextOnly(false);
  });

  const looking = setInterval(async () => {
    const { lines, failing, lost } = await condition(people());
    const isBad = !textOnly && ((lines > 0 && 2 * failing > lines) || lost > LOST);
    bad = isBad ? bad + 1 : 0;
    if (bad < TIMES || weak) return;
    weak = true;
    draw();
  }, LOOK_MS);

  return { close: () => clearInterval(looking) };
}
