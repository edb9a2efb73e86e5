// Somebody's voice as this page plays it, whatever way it came: an element of its own, as loud as its
// reader wants it, on the loudspeaker that they chose. It plays only while its owner is heard.

export class Voice {
  #audio = document.createElement("audio");
  #onBlocked;
  #track = null;
  #heard = false;
  #share = 1;
  #volume = null;
  #counted = null;

  constructor(person, { voices, onBlocked }) {
    this.#onBlocked = onBlocked;
    this.#audio.dataset.person = person;
    this.#audio.autoplay = true;
    this.#audio.setAttribute("playsinline", "");
    voices.append(this.#audio);
  }

  /** What comes from them, or null while nothing does. */
  take(track) {
    this.#unmix();
    this.#track = track;
    this.#audio.srcObject = this.#counted = null;
    if (track) this.#mix();
  }

  /** Play this person, or nothing, whatever they send. */
  hear(heard) {
    this.#heard = heard;
    this.#audio.muted = !heard || this.#share === 0;
    if (this.#track) this.#track.enabled = heard;
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

  async play() {
    if (!this.#heard || !this.#track) return;
    try {
      await Promise.all([this.#audio.play(), this.#volume?.play()]);
    } catch (refusal) {
      if (refusal.name === "NotAllowedError") this.#onBlocked();
    }
  }

  /** Of the sound that was to come since the last time: how much was lost or made up, 0 to 1. */
  async loss(receiver) {
    if (!this.#heard || !receiver) return 0;
    const report = await receiver.getStats();
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
    this.take(null);
    this.#audio.remove();
  }

  /** As it comes, the element plays the voice itself: there is least that can go wrong. */
  #mix() {
    if (this.#track && this.#share === 1) {
      this.#unmix();
      this.#audio.srcObject = new MediaStream([this.#track]);
    } else if (this.#track) {
      this.#volume ??= new Volume(this.#track);
      this.#volume.set(this.#share);
      this.#audio.srcObject = this.#volume.stream;
    }
    this.hear(this.#heard);
  }

  #unmix() {
    this.#volume?.close();
    this.#volume = null;
  }
}

const part = (some, all) => (all > 0 ? Math.max(0, some) / all : 0);

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
