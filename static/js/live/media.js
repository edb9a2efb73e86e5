// Sound and pictures on this page, put together: the ticket that lets browsers connect, the lines
// (`createLines`: the mesh, or the same through a media server), one's own microphone and camera,
// who's here, a weak line, and a phone that sleeps.

import { socket } from "../core/socket.js";
import { openCamera, openMicrophone } from "./device.js";
import { createHearing, createPictures, createWeak } from "./here.js";
import { keep, recall } from "./kept.js";
import { canLock } from "./locks.js";
import { together } from "./signals.js";

const TICKET_MS = 600000; // A relay's credentials are good for 15 minutes.
const OF_NOW_MS = 20000; // A media server lets nobody in with a ticket older than a minute.

/** By one's own press this browser connects to nobody's: then the next one brings sound back. */
const isTextOnly = ({ sound }) => sound.event === "sound-on";

/**
 * `notice(words)` tells the member; `setup` is what the server gave this page, `first` its board.
 * `onPicture`, `onConnected`: see the mesh. `onCamera(track or null)`: one's own, for oneself.
 * `onLost()`, `onCameraLost()`: the device has taken the microphone away, or the camera.
 */
function createVoices({
  createLines,
  first,
  me,
  setup,
  notice,
  onPicture,
  onConnected,
  onCamera,
  onLost,
  onCameraLost,
}) {
  let configuration = null;
  let givenAt = -Infinity;
  let isIn = false;
  let joining = null;
  let textOnly = isTextOnly(first);
  let microphone = null;
  // Which microphone, and whether the browser may clean up the voice.
  let wanted = { device: "", processed: false, ...recall("microphone") };
  let camera = null;
  let opening = false;
  let heard = false;
  let stay = {}; // another one after each leaving

  const signals = together((some) =>
    socket.emit("signals", { call_id: setup.call_id, signals: some }),
  );
  const mesh = createLines({
    me,
    ticket: () => configuration,
    renew: fetchTicket,
    send: signals.say,
    voices: document.getElementById("voices"),
    onBlocked: () => notice(setup.said.press_to_hear),
    onPicture,
    onConnected,
  });

  async function fetchTicket() {
    const response = await fetch(setup.ticket, { headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (!answer.ok && configuration) return; // what was given before may still be good
    if (!answer.ok) throw new Error(answer.reason.code);
    givenAt = performance.now();
    const iceServers = answer.ice_servers;
    configuration = answer.url
      ? { url: answer.url, token: answer.token, rtcConfig: { iceServers } }
      : { iceServers, iceTransportPolicy: answer.relay_only ? "relay" : "all" };
  }
  const renewing = setInterval(() => {
    if (isIn && socket.connected) fetchTicket().catch(() => {}); // asked again at the next one
  }, TICKET_MS);

  /** Outside one's own turn the microphone gives silence, even to this page. */
  const mute = () => {
    if (microphone) microphone.enabled = heard;
  };

  const take = (track) => {
    microphone = track;
    if (track) track.onended = lose;
    mute();
    mesh.setMicrophone(track);
  };

  const takeCamera = (track) => {
    camera?.stop();
    camera = track;
    if (track) track.onended = onCameraLost;
    mesh.setCamera(track);
    onCamera(track);
  };

  function want(wish) {
    wanted = { ...wanted, ...wish };
    keep("microphone", wanted);
  }

  /** It was unplugged, perhaps. The next press for it takes the usual one. */
  function lose() {
    want({ device: "" });
    take(null);
    onLost();
  }

  /** What the browser gives once its owner has agreed; null if they have gone on elsewhere, or were
      sent out, while it asked. */
  async function given(asking) {
    const during = stay;
    const track = await asking;
    if (during === stay) return track;
    track.stop();
    return null;
  }

  /** The one that was chosen; if it is gone since, the usual one. */
  async function open() {
    try {
      return await openMicrophone(wanted);
    } catch (refusal) {
      if (!wanted.device || refusal.name === "NotAllowedError") throw refusal;
      want({ device: "" });
      return openMicrophone(wanted);
    }
  }

  return {
    mesh,

    wanted: () => wanted,

    /** Is this page connected to the others? */
    isIn: () => isIn,

    /** Ask for the ticket while there is no line yet: whoever joins then has it already. */
    prepare() {
      if (textOnly) return;
      joining = fetchTicket().finally(() => (joining = null));
      joining.catch(() => {}); // asked again when one joins
    },

    /** Connect to everybody on this board; to nobody by one's own press for text only. */
    async join(board) {
      textOnly = isTextOnly(board);
      if (textOnly) return;
      if (performance.now() - givenAt > OF_NOW_MS) joining ??= fetchTicket(); // asked for once
      if (joining) await joining.finally(() => (joining = null));
      if (textOnly) return; // by now
      isIn = true;
      this.update(board);
    },

    /** Keep to the newest board. */
    update(board) {
      textOnly = isTextOnly(board);
      if (textOnly && (isIn || microphone)) this.leave();
      heard = board.heard.includes(me);
      mute();
      if (board.camera.event === "camera-on" && !opening) takeCamera(null);
      if (!isIn) return;
      mesh.update(board);
      signals.now();
    },

    /** Asked for at the first spoken turn, kept for the stay. False if the browser says no. */
    async ready() {
      if (textOnly) {
        notice(setup.said.text_only_now);
        return false;
      }
      try {
        const track = microphone ?? (await given(open()));
        if (!track) return false;
        take(track);
      } catch {
        notice(setup.said.no_microphone, "microphone");
        return false;
      }
      return true;
    },

    /** Another microphone, or the same with its voice cleaned up or not. */
    async choose(wish) {
      want(wish);
      if (!microphone) return;
      microphone.stop();
      microphone = null;
      await this.ready();
    },

    /** By one's own press only: `press()` tells the server, and says whether it agreed. */
    async showMyself(press) {
      opening = true;
      try {
        const track = await given(openCamera());
        if (!track) return;
        takeCamera(track);
        if (!(await press())) takeCamera(null);
      } catch {
        notice(setup.said.no_camera);
      } finally {
        opening = false;
      }
    },

    /** Another network: every line looks for its way anew, with what the server says now. */
    async restart() {
      if (!isIn) return;
      await fetchTicket().catch(() => {}); // then with what it said before
      mesh.restart();
    },

    /** After a sleep. */
    revive() {
      mesh.revive();
      mesh.play();
    },

    /** A press anywhere lets a browser play that waited for one. */
    play() {
      mesh.play();
    },

    signal({ from, data }) {
      if (isIn) mesh.signal(from, data);
    },

    /** Hang up on everybody and let go of microphone and camera. `join` comes back. */
    leave() {
      isIn = heard = false;
      stay = {};
      mesh.close();
      microphone?.stop();
      take(null);
      takeCamera(null);
    },

    close() {
      clearInterval(renewing);
      this.leave();
    },
  };
}

// Phones sleep, wake and change networks. The screen is kept awake while somebody is in the circle;
// a browser lets go of that whenever the page is out of sight, so it is asked for again.

let wanted = false;
let lock = null;

async function hold() {
  if (!wanted || document.hidden || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock?.request("screen");
    if (!wanted) lock?.release();
  } catch {
    // A device that is low on power may say no. The circle works without it.
  }
}

/** From now on the screen stays on, or not any longer. */
function keepAwake(awake) {
  wanted = awake;
  if (awake) hold();
  else lock?.release();
}

/** `seenAgain()` when the page is looked at again, `moved()` when the network is another one. */
function whenBack({ seenAgain, moved }) {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    hold();
    seenAgain();
  });
  addEventListener("pageshow", ({ persisted }) => persisted && seenAgain());
  addEventListener("online", moved);
  navigator.connection?.addEventListener("change", moved);
}

/**
 * `press(event)` sends one's own press and says whether it was taken; `fetchState()` brings the
 * newest board; `announce(words)` is for screen readers, `notice(words)` stays.
 */
export function createMedia({
  createLines,
  board: first,
  setup,
  notice,
  announce,
  press,
  fetchState,
}) {
  const { me } = first;
  const { said } = setup;
  let newest = null;
  let shows = false;
  let givesUp = null;
  const canOpen = !setup.by_server || canLock();
  let isGone = false; // my microphone, whatever the server still says of it

  const voices = createVoices({
    createLines,
    first,
    me,
    setup,
    notice,
    onPicture: (person, track) => pictures.take(person, track),
    onConnected: () => hearing.draw(),
    onCamera: (track) => pictures.takeMine(track),
    onLost() {
      isGone = true;
      tellGone();
    },
    onCameraLost: () => press("camera-off"),
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
    onTextOnly: (only) => press(only ? "sound-off" : "sound-on"),
  });
  weak.update(isTextOnly(first));

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

  /** Lost while its press was on the way, it is on for the server only with a board to come. */
  async function tellGone() {
    if (newest.mic.event === "mic-off") await press("mic-off");
    notice(said.microphone_gone);
  }

  /** One's own camera is told in words whenever it changes, whoever or whatever closed it. */
  function tellCamera() {
    if (shows === newest.seen.includes(me)) return;
    shows = !shows;
    announce(shows ? said.camera_is_on : said.camera_is_off, { cue: "tick" });
  }

  return {
    ready() {
      isGone = false;
      return voices.ready();
    },
    isIn: () => voices.isIn(),
    prepare: () => voices.prepare(),
    showMyself: () => voices.showMyself(() => press("camera-on")),
    play: () => voices.play(),
    signal: (signal) => voices.signal(signal),

    /** The key of whoever is here now. */
    use: (key) => voices.mesh.use(key),

    /** Connect to everybody on this board. A browser that can open nothing goes on without sound. */
    async join(board) {
      if (canOpen || isTextOnly(board)) return voices.join(board);
      givesUp ??= press("sound-off").finally(() => (givesUp = null));
      if (await givesUp) notice(said.cannot_open);
    },

    /** Let in and send out what this board says, before any of it is shown. */
    listen: (board) => voices.update(board),

    /** Show the newest board, which was listened to. */
    update(board) {
      const opens = newest?.mic.event === "mic-on" && board.mic.event === "mic-off";
      newest = board;
      if (isGone && opens) tellGone();
      keepAwake(true);
      pictures.update(board);
      hearing.update(board);
      weak.update(isTextOnly(board));
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
