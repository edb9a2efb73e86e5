// Voices in one circle, from browser to browser. Nothing here decides anything: the server's
// newest board says who is connected and who is heard, and this keeps to it at both ends. The
// sender puts a track on the line only while heard; every receiver plays only who is heard.
//
// A line to everybody is made on arrival, with one place for a voice in each direction. So a turn
// is a `replaceTrack` and nothing is negotiated anew; silence costs next to nothing.

import { Negotiation } from "./negotiation.js";

/** The microphone, once for the whole stay. A dystonic voice must not be taken for noise. */
export async function openMicrophone() {
  const audio = { echoCancellation: true, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  return stream.getAudioTracks()[0];
}

/**
 * @param me my id
 * @param ticket () => the newest RTCConfiguration that the server gave
 * @param send (signal) => passes `{to, end, far, description | candidate}` on through the server
 * @param voices the element that keeps everybody's <audio>
 * @param onBlocked () => the browser plays nothing before a press; call `play()` in one
 */
export function createMesh({ me, ticket, send, voices, onBlocked }) {
  const lines = new Map();
  let heard = new Set();
  let microphone = null;

  const speak = () => {
    const track = heard.has(me) ? microphone : null;
    lines.forEach((line) => line.speak(track));
  };
  const hangUp = (person) => {
    lines.get(person).close();
    lines.delete(person);
  };
  // Another network: what led to the others may lead nowhere now.
  const restart = () => lines.forEach((line) => line.restart());
  addEventListener("online", restart);

  return {
    /** Keep to the newest board. Who isn't connected there is cut off; everybody, if I am not. */
    update(board) {
      const others = new Set(board.connected.includes(me) ? board.connected : []);
      others.delete(me);
      heard = new Set(board.heard);
      for (const person of [...lines.keys()]) if (!others.has(person)) hangUp(person);
      for (const person of others) {
        if (!lines.has(person)) {
          const line = new Line(person, me > person, { ticket, send, voices, onBlocked });
          lines.set(person, line);
        }
        lines.get(person).hear(heard.has(person));
        lines.get(person).keepUp();
      }
      speak();
    },

    /** A track from `openMicrophone`, or null. It is on the line only while I am heard. */
    setMicrophone(track) {
      microphone = track;
      speak();
    },

    /** What somebody's browser says to mine. */
    signal(person, data) {
      lines.get(person)?.take(data);
    },

    /** Play who is heard, in a press, after the browser has refused to. */
    play() {
      lines.forEach((line) => line.play());
    },

    close() {
      removeEventListener("online", restart);
      for (const person of [...lines.keys()]) hangUp(person);
    },
  };
}

/**
 * The line to one person.
 *
 * Each end has an id. Both greet on arrival, and a greeting is answered until both know both ids.
 * A far end with another id (its page was loaded anew) gets a new negotiation, which the impolite
 * end begins; what was meant for another end than this is dropped.
 */
class Line {
  #person;
  #polite; // any order will do that both ends find
  #mesh;
  #audio = document.createElement("audio");
  #mine = crypto.randomUUID();
  #theirs = null;
  #negotiation = null;
  #voice = null; // the one RTCRtpTransceiver
  #track = null;
  #heard = false;

  constructor(person, polite, mesh) {
    this.#person = person;
    this.#polite = polite;
    this.#mesh = mesh;
    this.#audio.dataset.person = person;
    this.#audio.autoplay = true;
    this.#audio.setAttribute("playsinline", "");
    mesh.voices.append(this.#audio);
  }

  /** Put this track, or silence, on the line. */
  speak(track) {
    if (track === this.#track) return;
    this.#track = track;
    this.#voice?.sender.replaceTrack(track);
  }

  /** Play this person, or nothing, whatever they send. */
  hear(heard) {
    this.#heard = heard;
    this.#audio.muted = !heard;
    if (this.#voice) this.#voice.receiver.track.enabled = heard;
    this.play();
  }

  async play() {
    if (!this.#heard || !this.#voice) return;
    try {
      await this.#audio.play();
    } catch (refusal) {
      if (refusal.name === "NotAllowedError") this.#mesh.onBlocked();
    }
  }

  /** Greet who hasn't answered yet, and begin anew where a restart hasn't helped. */
  keepUp() {
    if (this.#negotiation?.connection.connectionState === "failed") {
      this.#hangUp();
      this.#mine = crypto.randomUUID();
    }
    if (!this.#theirs) this.#send({});
  }

  restart() {
    this.#negotiation?.restart(this.#mesh.ticket());
  }

  take({ end, far, ...said }) {
    if (end !== this.#theirs) {
      this.#hangUp();
      this.#theirs = end;
      this.#connect();
    }
    if (far === this.#mine) this.#negotiation.take(said);
    else this.#send({});
  }

  close() {
    this.#hangUp();
    this.#audio.remove();
  }

  #send(said) {
    this.#mesh.send({ to: this.#person, end: this.#mine, far: this.#theirs, ...said });
  }

  #connect() {
    this.#negotiation = new Negotiation({
      polite: this.#polite,
      configuration: this.#mesh.ticket(),
      send: (said) => this.#send(said),
    });
    const { connection } = this.#negotiation;
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "failed") this.restart();
    };
    connection.ontrack = ({ transceiver }) => this.#adopt(transceiver);
    if (!this.#polite) this.#adopt(connection.addTransceiver("audio"));
  }

  /** The one place for a voice in each direction. Whatever else a far end offers isn't played. */
  #adopt(transceiver) {
    if (this.#voice || transceiver.receiver.track.kind !== "audio") return;
    this.#voice = transceiver;
    transceiver.direction = "sendrecv";
    transceiver.sender.replaceTrack(this.#track);
    this.#audio.srcObject = new MediaStream([transceiver.receiver.track]);
    this.hear(this.#heard);
  }

  #hangUp() {
    this.#negotiation?.close();
    this.#negotiation = this.#voice = this.#theirs = this.#audio.srcObject = null;
  }
}
