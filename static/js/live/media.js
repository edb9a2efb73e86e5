// Sound and pictures on this page, put together: voices, one's own camera, who's here, a weak line,
// and a phone that sleeps.

import { createHearing } from "./hearing.js";
import { keepAwake, whenBack } from "./phone.js";
import { createPictures } from "./pictures.js";
import { createVoices } from "./voices.js";
import { createWeak } from "./weak.js";

/**
 * `press(event)` sends one's own press and says whether it was taken; `fetchState()` brings the
 * newest board; `connect()` joins; `announce(words)` is for screen readers, `notice(words)` stays.
 */
export function createMedia({ me, setup, notice, announce, press, fetchState, connect }) {
  const { said } = setup;
  let newest = null;
  let shows = false;

  const voices = createVoices({
    me,
    setup,
    notice,
    onPicture: (person, track) => pictures.take(person, track),
    onConnected: () => hearing.draw(),
    onCamera: (track) => pictures.takeMine(track),
  });
  const pictures = createPictures({
    me,
    said,
    watch: (wanted) => voices.mesh.watch(wanted),
    onChange: () => hearing.draw(),
  });
  const hearing = createHearing({ said, voices, pictures, notice });
  const weak = createWeak({
    said,
    people: () => (newest?.here ?? []).filter((each) => !each.me && !each.away).map((e) => e.id),
    condition: (people) => voices.mesh.condition(people),
    pictures,
    onAudioOnly: () => shows && press("camera-off"),
    onTextOnly: (only) => {
      voices.setTextOnly(only);
      if (!only) connect();
      else if (shows) press("camera-off");
    },
  });

  // What the server says comes first, and then the lines: somebody else may have the floor by now.
  whenBack({
    async seenAgain() {
      await fetchState();
      voices.revive();
    },
    async moved() {
      await fetchState();
      await voices.restart();
    },
  });

  /** One's own camera is told in words whenever it changes, whoever or whatever closed it. */
  function tellCamera() {
    if (shows === newest.seen.includes(me)) return;
    shows = !shows;
    announce(shows ? said.camera_is_on : said.camera_is_off);
  }

  return {
    ready: () => voices.ready(),
    showMyself: () => voices.showMyself(() => press("camera-on")),
    play: () => voices.play(),
    signal: (signal) => voices.signal(signal),

    /** Connect to everybody on this board. */
    async join(board) {
      await voices.join(board);
    },

    /** The newest board. */
    update(board) {
      newest = board;
      keepAwake(true);
      voices.update(board);
      pictures.update(board);
      hearing.update(board);
      tellCamera();
    },

    leave() {
      keepAwake(false);
      voices.leave();
    },

    close() {
      keepAwake(false);
      weak.close();
      voices.close();
    },
  };
}
