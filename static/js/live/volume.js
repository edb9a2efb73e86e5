// How loud one voice is on this page: from nothing to three times as loud as it comes.
//
// What comes out is a stream again, so that an audio element plays it on whatever loudspeaker was
// chosen. Some browsers let a far voice through only while an element has it: that one is mute.

let context = null;

/** A voice made louder or softer. A context may only be begun by a press, as volumes are. */
export class Volume {
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
