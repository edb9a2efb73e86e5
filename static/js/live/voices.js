// Voices and pictures on this page: the ticket that lets browsers connect, the mesh, and one's own
// microphone and camera.

import { socket } from "../core/socket.js";
import { openMicrophone } from "./microphone.js";
import { createMesh } from "./peers.js";
import { openCamera } from "./pictures.js";

const TICKET_MS = 600000; // A relay's credentials are good for 15 minutes.

/**
 * `notice(words)` tells the member; `setup` is what the server gave this page.
 * `onPicture`, `onConnected`: see the mesh. `onCamera(track or null)`: one's own, for oneself.
 */
export function createVoices({ me, setup, notice, onPicture, onConnected, onCamera }) {
  let configuration = null;
  let isIn = false;
  let joining = null;
  let textOnly = false;
  let microphone = null;
  let wanted = {}; // which microphone, and whether the browser may clean up the voice
  let camera = null;
  let opening = false;
  let heard = false;

  const mesh = createMesh({
    me,
    ticket: () => configuration,
    send: (signal) => socket.emit("signal", { call_id: setup.call_id, ...signal }),
    voices: document.getElementById("voices"),
    onBlocked: () => notice(setup.said.press_to_hear),
    onPicture,
    onConnected,
  });

  async function fetchTicket() {
    const response = await fetch(setup.ticket, { headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (!answer.ok) return;
    configuration = {
      iceServers: answer.ice_servers,
      iceTransportPolicy: answer.relay_only ? "relay" : "all",
    };
  }
  const renewing = setInterval(() => {
    if (socket.connected) fetchTicket().catch(() => {}); // asked again at the next one
  }, TICKET_MS);

  /** Outside one's own turn the microphone gives silence, even to this page. */
  const mute = () => {
    if (microphone) microphone.enabled = heard;
  };

  const take = (track) => {
    microphone = track;
    mute();
    mesh.setMicrophone(track);
  };

  const takeCamera = (track) => {
    camera?.stop();
    camera = track;
    mesh.setCamera(track);
    onCamera(track);
  };

  return {
    mesh,

    /** Connect to everybody on this board. */
    async join(board) {
      if (textOnly) return;
      joining ??= fetchTicket().finally(() => (joining = null)); // once, however often it is asked
      await joining;
      isIn = true;
      this.update(board);
    },

    /** Keep to the newest board. */
    update(board) {
      heard = board.heard.includes(me);
      mute();
      if (board.camera.event === "camera-on" && !opening) takeCamera(null);
      if (isIn) mesh.update(board);
    },

    /** Asked for at the first spoken turn, kept for the stay. False if the browser says no. */
    async ready() {
      if (textOnly) {
        notice(setup.said.text_only_now);
        return false;
      }
      try {
        take(microphone ?? (await openMicrophone(wanted)));
      } catch {
        notice(setup.said.no_microphone);
        return false;
      }
      return true;
    },

    /** Another microphone, or the same with its voice cleaned up or not. */
    async choose(wish) {
      wanted = { ...wanted, ...wish };
      if (!microphone) return;
      microphone.stop();
      microphone = null;
      await this.ready();
    },

    /** By one's own press only: `press()` tells the server, and says whether it agreed. */
    async showMyself(press) {
      opening = true;
      try {
        takeCamera(await openCamera());
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

    /** Hang up on everybody here, by one's own press, and go on typing; or undo that. */
    setTextOnly(only) {
      textOnly = only;
      if (only) this.leave();
    },

    /** Hang up on everybody and let go of microphone and camera. `join` comes back. */
    leave() {
      isIn = heard = false;
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
