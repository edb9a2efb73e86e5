// One RTCPeerConnection and its perfect negotiation (W3C WebRTC 1.0, section 10.7): either end may
// offer at any time; when both do, the impolite one's offer stands.

export class Negotiation {
  #polite;
  #send;
  #offering = false;
  #ignoring = false;
  #answering = false;
  #early = []; // candidates that overtook the first description; null once that is here

  /** `send` takes `{description}` or `{candidate}` for the far end. */
  constructor({ polite, configuration, send }) {
    this.#polite = polite;
    this.#send = send;
    this.connection = new RTCPeerConnection(configuration);
    this.connection.onnegotiationneeded = () => this.#mind(this.#offer());
    this.connection.onicecandidate = ({ candidate }) => {
      if (candidate) send({ candidate: candidate.toJSON() });
    };
  }

  /** What the far end sent. */
  take({ description, candidate }) {
    if (description) this.#mind(this.#describe(description));
    else if (candidate && this.#early) this.#early.push(candidate);
    else if (candidate) this.#mind(this.#add(candidate));
  }

  /** The other way round the network, perhaps with fresh credentials. */
  restart(configuration) {
    this.connection.setConfiguration(configuration);
    this.connection.restartIce();
  }

  close() {
    this.connection.close();
  }

  async #offer() {
    this.#offering = true;
    try {
      await this.connection.setLocalDescription();
      this.#tell();
    } finally {
      this.#offering = false;
    }
  }

  async #describe(description) {
    const isOffer = description.type === "offer";
    const ready = this.connection.signalingState === "stable" || this.#answering;
    this.#ignoring = isOffer && !this.#polite && (this.#offering || !ready);
    if (this.#ignoring) return;
    try {
      this.#answering = !isOffer;
      const described = this.connection.setRemoteDescription(description);
      for (const candidate of this.#early ?? []) this.#mind(this.#add(candidate));
      this.#early = null;
      await described;
    } finally {
      this.#answering = false;
    }
    if (!isOffer) return;
    await this.connection.setLocalDescription();
    this.#tell();
  }

  async #add(candidate) {
    try {
      await this.connection.addIceCandidate(candidate);
    } catch (error) {
      if (!this.#ignoring) throw error;
    }
  }

  #tell() {
    this.#send({ description: this.connection.localDescription.toJSON() });
  }

  /** A far end may say nonsense, and a connection may be closed in the middle of any of this. */
  async #mind(step) {
    try {
      await step;
    } catch (error) {
      if (this.connection.signalingState !== "closed") console.warn(error);
    }
  }
}
