// The line to one person.
//
// Each end has an id. Both greet on arrival, and a greeting is answered until both know both ids.
// A far end with another id (its page was loaded anew) gets a new negotiation, which the impolite
// end begins; what was meant for another end than this is dropped.
//
// A line that isn't made looks for another way: at once when the browser says that it has failed,
// and then from the beginning, again and again. The relay may be away for longer than one restart
// takes, and what the ends say to each other may be lost while the server is.

import { comparison, Negotiation } from "./negotiation.js";
import { limit, PICTURES, VOICE } from "./sending.js";
import { Voice } from "./voice.js";

const ANSWER_MS = 1000; // So long a greeting may be under way, before a board has it said again.
const AGAIN_MS = 15000; // A slow network with a relay needs some seconds for one try.

export class Line {
  #person;
  #polite; // any order will do that both ends find
  #mesh;
  #sound;
  #mine = crypto.randomUUID();
  #theirs = null;
  #negotiation = null;
  #voice = null; // the one RTCRtpTransceiver of each kind
  #picture = null;
  #track = null;
  #camera = null;
  #seen = false;
  #watching = false;
  #kind = "usual";
  #again = null; // when it begins anew, unless it is made by then
  #greeted = -Infinity;
  #greeting = null; // the next one

  constructor(person, polite, mesh) {
    this.#person = person;
    this.#polite = polite;
    this.#mesh = mesh;
    this.#sound = new Voice(person, mesh);
  }

  /** Put this track, or silence, on the line. */
  speak(track) {
    if (track === this.#track) return;
    this.#track = track;
    this.#voice?.sender.replaceTrack(track);
  }

  /** The same for a picture: "small" where many are sent, "smooth" where somebody may sign. */
  show(track, kind) {
    if (kind !== this.#kind) {
      this.#kind = kind;
      this.#limit();
    }
    if (track === this.#camera) return;
    this.#camera = track;
    this.#picture?.sender.replaceTrack(track);
  }

  /** Play this person, or nothing, whatever they send. */
  hear(heard) {
    this.#sound.hear(heard);
  }

  /** How loud they are on this page: 0 to 3. */
  setVolume(share) {
    this.#sound.setVolume(share);
  }

  /** Which loudspeaker they come from. */
  playOn(device) {
    return this.#sound.playOn(device);
  }

  /** Show this person, or nothing, whatever they send. */
  see(seen) {
    this.#seen = seen;
    const track = this.#picture?.receiver.track;
    const shown = Boolean(track) && seen && this.#watching;
    if (track) track.enabled = shown;
    this.#mesh.onPicture(this.#person, shown ? track : null);
  }

  /** Show pictures, or none, by one's own press. Nothing is agreed on anew for it: browsers that
   * change the direction of a place while they still connect may show nothing there ever after. */
  watch(watching) {
    this.#watching = watching;
    this.see(this.#seen);
  }

  play() {
    return this.#sound.play();
  }

  /** Is there anybody at its far end? */
  get isAnswered() {
    return this.#negotiation !== null;
  }

  /** Does sound get through? */
  get isUp() {
    return this.#negotiation?.connection.connectionState === "connected";
  }

  /** Greet who hasn't answered yet, and begin anew where a restart hasn't helped. */
  keepUp() {
    if (this.#negotiation?.connection.connectionState === "failed") this.#forget();
    if (this.#theirs) return;
    const yet = this.#greeted + ANSWER_MS - performance.now();
    if (yet <= 0) this.#greet();
    else this.#greeting ??= setTimeout(() => this.#theirs ?? this.#greet(), yet);
  }

  #greet() {
    clearTimeout(this.#greeting);
    this.#greeting = null;
    this.#greeted = performance.now();
    this.#send({});
  }

  #tryAgainLater() {
    this.#again ??= setTimeout(() => {
      this.#forget();
      this.#greet();
    }, AGAIN_MS);
  }

  #stopTrying() {
    clearTimeout(this.#again);
    this.#again = null;
  }

  restart() {
    this.#negotiation?.restart(this.#mesh.ticket());
  }

  /** The same, where it is needed. */
  revive() {
    const { connectionState } = this.#negotiation?.connection ?? {};
    if (["disconnected", "failed"].includes(connectionState)) this.restart();
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

  /** What both ends can compare; null while there is nothing to. */
  async code() {
    return this.#negotiation && comparison(this.#negotiation.connection);
  }

  /** Of the sound that was to come since the last time: how much was lost or made up, 0 to 1. */
  loss() {
    return this.#sound.loss(this.#voice?.receiver);
  }

  close() {
    clearTimeout(this.#greeting);
    this.see(false);
    this.#hangUp();
    this.#sound.close();
  }

  #send(said) {
    this.#mesh.send({ to: this.#person, end: this.#mine, far: this.#theirs, ...said });
  }

  #connect() {
    const negotiation = new Negotiation({
      polite: this.#polite,
      configuration: this.#mesh.ticket(),
      send: (said) => this.#send(said),
    });
    this.#negotiation = negotiation;
    const { connection } = negotiation;
    connection.onconnectionstatechange = () => {
      const { connectionState } = connection;
      if (["disconnected", "failed"].includes(connectionState)) this.#tryAgainLater();
      if (connectionState === "failed") this.restart();
      if (connectionState === "connected") this.#isConnected(negotiation);
    };
    this.#tryAgainLater();
    connection.ontrack = ({ transceiver }) => this.#adopt(transceiver);
    if (this.#polite) return;
    this.#adopt(connection.addTransceiver("audio"));
    this.#adopt(connection.addTransceiver("video"));
  }

  #isConnected(negotiation) {
    this.#stopTrying();
    this.#limit();
    this.#mesh.onConnected(this.#person);
    const { transport } = this.#voice.receiver;
    transport.onstatechange = () => {
      if (transport.state === "closed" && negotiation === this.#negotiation) this.#forget();
    };
  }

  /** Once each time a line is made, the voice before the picture; again when the kind changes. */
  async #limit() {
    const { connectionState } = this.#negotiation?.connection ?? {};
    if (connectionState !== "connected") return;
    await limit(this.#voice?.sender, VOICE);
    await limit(this.#picture?.sender, PICTURES[this.#kind]);
  }

  /** One place of each kind, for both directions. Whatever else a far end offers isn't played. */
  #adopt(transceiver) {
    const { track } = transceiver.receiver;
    if (track.kind === "audio" && !this.#voice) {
      this.#voice = transceiver;
      transceiver.direction = "sendrecv";
      transceiver.sender.replaceTrack(this.#track);
      this.#sound.take(track);
    }
    if (track.kind === "video" && !this.#picture) {
      this.#picture = transceiver;
      transceiver.direction = "sendrecv";
      transceiver.sender.replaceTrack(this.#camera);
      this.see(this.#seen);
    }
  }

  /** The far end is gone, or nothing leads there: to begin anew, with an id of its own. */
  #forget() {
    this.#hangUp();
    this.#mine = crypto.randomUUID();
    this.#greeted = -Infinity;
  }

  #hangUp() {
    this.#stopTrying();
    this.#negotiation?.close();
    this.#sound.take(null);
    this.#negotiation = this.#voice = this.#picture = this.#theirs = null;
    this.see(this.#seen);
  }
}
