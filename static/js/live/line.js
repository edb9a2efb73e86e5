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

const VOICE = { maxBitrate: 48000, priority: "high" };
/** Signing needs its movements more than its details, so frames come first (device.js, `motion`). */
const PICTURES = {
  smooth: { maxBitrate: 250000, maxFramerate: 24 },
  usual: { maxBitrate: 150000, maxFramerate: 15 },
  small: { maxBitrate: 80000, maxFramerate: 10 },
};

const AGAIN_MS = 15000; // A slow network with a relay needs some seconds for one try.

export class Line {
  #person;
  #polite; // any order will do that both ends find
  #mesh;
  #audio = document.createElement("audio");
  #mine = crypto.randomUUID();
  #theirs = null;
  #negotiation = null;
  #voice = null; // the one RTCRtpTransceiver of each kind
  #picture = null;
  #track = null;
  #camera = null;
  #heard = false;
  #seen = false;
  #watching = false;
  #kind = "usual";
  #share = 1;
  #volume = null;
  #counted = null;
  #again = null; // when it begins anew, unless it is made by then

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
    this.#heard = heard;
    this.#audio.muted = !heard || this.#share === 0;
    if (this.#voice) this.#voice.receiver.track.enabled = heard;
    this.play();
  }

  /** How loud they are on this page: 0 to 3. */
  setVolume(share) {
    this.#share = share;
    this.#mix();
  }

  /** Which loudspeaker they come from. */
  async playOn(device) {
    await this.#audio.setSinkId?.(device);
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

  async play() {
    if (!this.#heard || !this.#voice) return;
    try {
      await Promise.all([this.#audio.play(), this.#volume?.play()]);
    } catch (refusal) {
      if (refusal.name === "NotAllowedError") this.#mesh.onBlocked();
    }
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
    if (!this.#theirs) this.#send({});
  }

  #tryAgainLater() {
    this.#again ??= setTimeout(() => {
      this.#forget();
      this.#send({});
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
  async loss() {
    if (!this.#heard || !this.#voice) return 0;
    const report = await this.#voice.receiver.getStats();
    const now = [...report.values()].find((each) => each.type === "inbound-rtp");
    const before = this.#counted;
    this.#counted = now ?? null;
    if (!now || !before || now.ssrc !== before.ssrc) return 0;
    const since = (name) => (now[name] ?? 0) - (before[name] ?? 0);
    const madeUp = since("concealedSamples") - since("silentConcealedSamples");
    return Math.max(
      part(since("packetsLost"), since("packetsLost") + since("packetsReceived")),
      part(madeUp, since("totalSamplesReceived")),
    );
  }

  close() {
    this.see(false);
    this.#hangUp();
    this.#audio.remove();
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
      this.#mix();
    }
    if (track.kind === "video" && !this.#picture) {
      this.#picture = transceiver;
      transceiver.direction = "sendrecv";
      transceiver.sender.replaceTrack(this.#camera);
      this.see(this.#seen);
    }
  }

  /** As it comes, the element plays the voice itself: there is least that can go wrong. */
  #mix() {
    const track = this.#voice?.receiver.track;
    if (track && this.#share === 1) {
      this.#unmix();
      this.#audio.srcObject = new MediaStream([track]);
    } else if (track) {
      this.#volume ??= new Volume(track);
      this.#volume.set(this.#share);
      this.#audio.srcObject = this.#volume.stream;
    }
    this.hear(this.#heard);
  }

  #unmix() {
    this.#volume?.close();
    this.#volume = null;
  }

  /** The far end is gone, or nothing leads there: to begin anew, with an id of its own. */
  #forget() {
    this.#hangUp();
    this.#mine = crypto.randomUUID();
  }

  #hangUp() {
    this.#stopTrying();
    this.#negotiation?.close();
    this.#unmix();
    this.#negotiation = this.#voice = this.#picture = this.#theirs = this.#counted = null;
    this.#audio.srcObject = null;
    this.see(this.#seen);
  }
}

const part = (some, all) => (all > 0 ? Math.max(0, some) / all : 0);

async function limit(sender, limits) {
  const parameters = sender?.getParameters();
  if (!parameters?.encodings?.length) return;
  Object.assign(parameters.encodings[0], limits);
  await sender.setParameters(parameters).catch(() => {}); // it has been closed since
}

// How loud one voice is on this page: from nothing to three times as loud as it comes.
//
// What comes out is a stream again, so that an audio element plays it on whatever loudspeaker was
// chosen. Some browsers let a far voice through only while an element has it: that one is mute.

let context = null;

/** A voice made louder or softer. A context may only be begun by a press, as volumes are. */
class Volume {
  #keeper = new Audio();
  #gain;
  #out;

  constructor(track) {
    context ??= new AudioContext();
    const stream = new MediaStream([track]);
    this.#keeper.muted = true;
    this.#keeper.srcObject = stream;
    this.#gain = new GainNode(context);
    this.#out = context.createMediaStreamDestination();
    context.createMediaStreamSource(stream).connect(this.#gain).connect(this.#out);
  }

  get stream() {
    return this.#out.stream;
  }

  /** 1 is as it comes. */
  set(share) {
    this.#gain.gain.setTargetAtTime(share, context.currentTime, 0.03);
  }

  /** After a phone has slept, or before the first press. */
  async play() {
    if (context.state !== "running") await context.resume();
    await this.#keeper.play();
  }

  close() {
    this.#gain.disconnect();
    this.#keeper.srcObject = null;
  }
}
