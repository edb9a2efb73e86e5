// Voices on this page: the ticket that lets browsers connect, the mesh, and one's own microphone.

import { socket } from "../core/socket.js";
import { createMesh, openMicrophone } from "./peers.js";

const TICKET_MS = 600000; // A relay's credentials are good for 15 minutes.

/** `notice(words)` tells the member; `setup` is what the server gave this page. */
export function createVoices({ me, setup, notice }) {
  let configuration = null;
  let mesh = null;
  let microphone = null;
  let heard = false;

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

  return {
    /** Connect to everybody on this board. */
    async join(board) {
      await fetchTicket();
      mesh ??= createMesh({
        me,
        ticket: () => configuration,
        send: (signal) => socket.emit("signal", { call_id: setup.call_id, ...signal }),
        voices: document.getElementById("voices"),
        onBlocked: () => notice(setup.said.press_to_hear),
      });
      mesh.setMicrophone(microphone);
      this.update(board);
    },

    /** Keep to the newest board. */
    update(board) {
      heard = board.heard.includes(me);
      mute();
      mesh?.update(board);
    },

    /** Asked for at the first spoken turn, kept for the stay. False if the browser says no. */
    async ready() {
      try {
        microphone ??= await openMicrophone();
      } catch {
        notice(setup.said.no_microphone);
        return false;
      }
      mute();
      mesh?.setMicrophone(microphone);
      return true;
    },

    /** A press anywhere lets a browser play that waited for one. */
    play() {
      mesh?.play();
    },

    signal({ from, data }) {
      mesh?.signal(from, data);
    },

    /** Hang up on everybody and let go of the microphone. `join` comes back. */
    leave() {
      mesh?.close();
      microphone?.stop();
      mesh = microphone = null;
      heard = false;
    },

    close() {
      clearInterval(renewing);
      this.leave();
    },
  };
}
