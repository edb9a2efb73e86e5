// Voices and pictures in one circle through a media server, for the same page and with the same
// methods as the mesh. The server lets nobody send who isn't heard or seen; this page keeps to the
// newest board by itself too: it sends only then, and plays and shows only those.
//
// There is one connection, to the server. What the others' browsers are, or where, it doesn't say, and
// what goes through it is locked (locks.js).

import { createLocks } from "./locks.js";
import { limit, PICTURES, VOICE } from "./sending.js";
import { Voice } from "./voice.js";

const AGAIN_MS = 3000;
const MOVED_MS = 100; // everybody meets elsewhere, because somebody was sent out
const LATE_MS = 2000; // by then the server says what I may send, or a new ticket does

const CAMERA = 1; // as the server's protocol counts them
const MICROPHONE = 2;
const placeOf = (track) => (track.kind === "video" ? "picture" : "sound");

/** `ticket()` is the newest `{url, token, rtcConfig}`; `renew()` asks for another. See the mesh. */
export function createServer({
  me,
  ticket,
  renew,
  voices,
  onBlocked,
  onPicture = () => {},
  onConnected = () => {},
}) {
  const locks = createLocks();
  const people = new Map(); // whoever else the server has, each with a voice
  const volumes = new Map(); // by person, also for whoever comes back
  const sent = { microphone: null, camera: null }; // what the server has of mine
  let speaker = "";
  let watching = false;
  let isIn = false;
  let heard = new Set();
  let seen = new Set();
  let kind = "usual";
  let microphone = null;
  let camera = null;
  let room = null;
  let again = null;
  let late = null;
  let sending = Promise.resolve();

  const each = (work) => people.forEach(work);

  function meet(id) {
    if (people.has(id)) return people.get(id);
    const voice = new Voice(id, { voices, onBlocked });
    const person = { id, voice, sound: null, picture: null };
    people.set(id, person);
    voice.setVolume(volumes.get(id) ?? 1);
    if (speaker) voice.playOn(speaker);
    return person;
  }

  function part(person) {
    onPicture(person.id, null);
    person.voice.close();
    people.delete(person.id);
  }

  const show = ({ id, picture }) =>
    onPicture(id, picture && watching && seen.has(id) ? picture.mediaStreamTrack : null);

  /** Ask for a voice that is there, and for a picture only while it is looked at. */
  function choose(publication, { identity }) {
    const looks = watching && seen.has(identity);
    publication.setSubscribed(publication.kind === "audio" ? heard.has(identity) : looks);
  }

  function chooseAll() {
    room?.remoteParticipants.forEach((from) =>
      from.trackPublications.forEach((publication) => choose(publication, from)),
    );
  }

  function arrived(track, { identity }) {
    const person = meet(identity);
    locks.open(track.receiver);
    person[placeOf(track)] = track;
    if (track.kind === "video") return show(person);
    person.voice.take(track.mediaStreamTrack);
    person.voice.hear(heard.has(identity));
  }

  function ended(track, { identity }) {
    const person = people.get(identity);
    if (person?.[placeOf(track)] !== track) return;
    person[placeOf(track)] = null;
    if (track.kind === "video") show(person);
    else person.voice.take(null);
  }

  // What is sent

  function maySend(source) {
    const { canPublish, canPublishSources: sources = [] } =
      room?.localParticipant.permissions ?? {};
    return Boolean(canPublish) && (!sources.length || sources.includes(source));
  }

  /** One after the other; each brings what is sent to what is wanted by then. */
  function share() {
    const to = room;
    sending = sending.then(() => shareNow(to)).catch((refusal) => console.warn(refusal.message));
    clearTimeout(late);
    const lacks =
      (heard.has(me) && microphone && !maySend(MICROPHONE)) ||
      (seen.has(me) && camera && !maySend(CAMERA));
    if (lacks && room) late = setTimeout(rejoin, LATE_MS);
  }

  async function shareNow(to) {
    const voice = heard.has(me) && maySend(MICROPHONE) ? microphone : null;
    const picture = seen.has(me) && maySend(CAMERA) ? camera : null;
    await put(to, "microphone", voice, { audioPreset: VOICE, dtx: true, red: false });
    await put(to, "camera", picture, { videoEncoding: PICTURES[kind], simulcast: false });
    const { videoTrack } = to?.localParticipant.getTrackPublication("camera") ?? {};
    if (picture) await limit(videoTrack?.sender, PICTURES[kind]);
  }

  async function put(to, source, track, how) {
    if (to !== room || sent[source] === track || to?.state !== "connected") return;
    if (sent[source]) await to.localParticipant.unpublishTrack(sent[source], false);
    if (to !== room) return;
    sent[source] = null;
    if (!track) return;
    await to.localParticipant.publishTrack(track, { source, ...how });
    if (to === room) sent[source] = track;
  }

  // The connection

  /** Before a single frame goes out or comes in: what is heard unopened is a noise. */
  function lockEverything(made, { SignalConnected }) {
    made.localParticipant.on("localSenderCreated", (sender) => locks.lock(sender));
    made.on(SignalConnected, () =>
      made.engine.on("mediaTrackAdded", (_, __, receiver) => locks.open(receiver)),
    );
  }

  async function connect() {
    const { DisconnectReason, Room, RoomEvent } = await library();
    if (!isIn || room) return;
    const made = new Room({ stopLocalTrackOnUnpublish: false, singlePeerConnection: false });
    room = made;
    lockEverything(made, RoomEvent);
    made
      .on(RoomEvent.TrackPublished, choose)
      .on(RoomEvent.TrackSubscribed, (track, _, from) => arrived(track, from))
      .on(RoomEvent.TrackUnsubscribed, (track, _, from) => ended(track, from))
      .on(RoomEvent.ParticipantConnected, ({ identity }) => onConnected(identity))
      .on(RoomEvent.ParticipantPermissionsChanged, share)
      .on(RoomEvent.LocalTrackUnpublished, ({ source }) => {
        if (made !== room) return;
        sent[source] = null;
        share();
      })
      .on(RoomEvent.Reconnected, share)
      .on(RoomEvent.Disconnected, (why) => {
        if (made === room) lose(why === DisconnectReason.ROOM_DELETED ? MOVED_MS : AGAIN_MS);
      });
    const { url, token, rtcConfig } = ticket();
    await made.connect(url, token, { autoSubscribe: false, rtcConfig, maxRetries: 0 });
    if (made !== room) return made.disconnect();
    chooseAll();
    share();
    made.remoteParticipants.forEach(({ identity }) => onConnected(identity));
  }

  const keepUp = () => isIn && !room && !again && connect().catch(() => lose(AGAIN_MS));

  /** The server let go, or can't be reached: again with a new ticket, for as long as I am in. */
  function lose(wait) {
    hangUp();
    if (!isIn || again) return;
    again = setTimeout(async () => {
      await renew().catch(() => {}); // then with the one before
      again = null;
      keepUp();
    }, wait);
  }

  async function rejoin() {
    await renew().catch(() => {});
    hangUp();
    keepUp();
  }

  function hangUp() {
    clearTimeout(late);
    const was = room;
    room = null;
    sending = Promise.resolve(); // what it waits for may never come
    sent.microphone = sent.camera = null;
    was?.disconnect(false);
    each((person) => {
      person.sound = person.picture = null;
      person.voice.take(null);
      show(person);
    });
  }

  function close() {
    clearTimeout(again);
    again = null;
    isIn = false;
    hangUp();
    each(part);
  }

  return {
    /** Keep to the newest board. Who isn't connected there is neither heard nor seen here. */
    update(board) {
      isIn = board.connects;
      if (!isIn) return close();
      const others = new Set(board.connected);
      others.delete(me);
      heard = new Set(board.heard);
      seen = new Set(board.seen);
      kind = board.smooth ? "smooth" : "usual";
      for (const person of [...people.values()]) if (!others.has(person.id)) part(person);
      for (const id of others) {
        meet(id).voice.hear(heard.has(id));
        show(meet(id));
      }
      keepUp();
      chooseAll();
      share();
    },

    /** What is sent is locked with this key from now on. */
    use: locks.use,

    setMicrophone(track) {
      microphone = track;
      share();
    },

    setCamera(track) {
      camera = track;
      share();
    },

    setVolume(person, loud) {
      volumes.set(person, loud);
      people.get(person)?.voice.setVolume(loud);
    },

    setSpeaker(device) {
      speaker = device;
      each(({ voice }) => voice.playOn(device));
    },

    watch(pictures) {
      watching = pictures;
      chooseAll();
      each(show);
    },

    /** No browser says anything to another's. */
    signal() {},

    /** There is no connection to anybody, and so no number to compare. */
    code: async () => null,

    /** The library looks for another way by itself; where it has given up, we begin anew. */
    restart: keepUp,
    revive: keepUp,

    /** The one connection, and the worst share of a voice that is lost. */
    async condition(here) {
      const known = here.map((id) => people.get(id)).filter((person) => person?.sound);
      const losses = await Promise.all(known.map(({ voice, sound }) => voice.loss(sound.receiver)));
      return {
        lines: here.length ? 1 : 0,
        failing: here.length && room?.state !== "connected" ? 1 : 0,
        lost: Math.max(0, ...losses),
      };
    },

    play() {
      each(({ voice }) => voice.play());
    },

    close,
  };
}

/** Large, and only here. It is no module: it puts itself where every script finds it. */
async function library() {
  await import("../../vendor/livekit-client.umd.js");
  globalThis.LivekitClient.setLogLevel("error");
  return globalThis.LivekitClient;
}
