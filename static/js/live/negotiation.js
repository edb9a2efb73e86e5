// One RTCPeerConnection and its perfect negotiation (W3C WebRTC 1.0, section 10.7): either end may
// offer at any time; when both do, the impolite one's offer stands.

/** What the far end is asked for: one voice, and no packets while it is silent (Opus DTX). */
const OPUS = { usedtx: 1, stereo: 0 };

/** Voice and picture take the same way through the network, so only one has to be found. */
const ONE_WAY = { bundlePolicy: "max-bundle" };

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
    this.connection = new RTCPeerConnection({ ...configuration, ...ONE_WAY });
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
    this.connection.setConfiguration({ ...configuration, ...ONE_WAY });
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
    const { type, sdp } = this.connection.localDescription;
    this.#send({ description: { type, sdp: withOpus(sdp) } });
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

/** This description with our wishes for Opus, and for no other codec. */
function withOpus(sdp) {
  const codec = /^a=rtpmap:(\d+) opus\//im.exec(sdp)?.[1];
  return sdp.replace(new RegExp(`^(a=fmtp:${codec} )(.*)$`, "m"), (_, begin, written) => {
    const kept = written.split(";").filter((each) => !(each.split("=")[0] in OPUS));
    const wished = Object.entries(OPUS).map((each) => each.join("="));
    return begin + [...kept, ...wished].join(";");
  });
}

/**
 * A number that both ends of a connection work out from its two keys. If somebody sat between
 * them, each end would know another key, and the numbers would differ. Null while it is unknown.
 */
export async function comparison({ localDescription, remoteDescription }) {
  const keys = [localDescription, remoteDescription].map(
    (each) => /^a=fingerprint:(\S+ \S+)/im.exec(each?.sdp ?? "")?.[1].toLowerCase(),
  );
  if (keys.includes(undefined)) return null;
  const bytes = new TextEncoder().encode(keys.sort().join("\n"));
  const hash = new DataView(await crypto.subtle.digest("SHA-256", bytes));
  const digits = String(hash.getBigUint64(0) % 10n ** 12n).padStart(12, "0");
  return digits.match(/\d{3}/g).join(" ");
}
