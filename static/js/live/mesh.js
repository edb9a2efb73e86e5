// Voices and pictures in one circle, from browser to browser. Nothing here decides anything: the
// server's newest board says who is connected, heard and seen, and this keeps to it at both ends.
// The sender puts a track on the line only while heard or seen; every receiver plays only those.
//
// A line to everybody is made on arrival, with one place for a voice and one for a picture in each
// direction. So a turn is a `replaceTrack` and nothing is negotiated anew; silence costs next to
// nothing.

import { Line } from "./line.js";

const MANY = 7; // From here on whoever is seen sends smaller pictures.

/**
 * @param me my id
 * @param ticket () => the newest RTCConfiguration that the server gave
 * @param send (signal) => passes `{to, end, far, description | candidate}` on through the server
 * @param voices the element that keeps everybody's <audio>
 * @param onBlocked () => the browser plays nothing before a press; call `play()` in one
 * @param onPicture (person, track or null) => what is to be shown of somebody now
 * @param onConnected (person) => their line is made, and `code` knows its number
 */
export function createMesh({
  me,
  ticket,
  send,
  voices,
  onBlocked,
  onPicture = () => {},
  onConnected = () => {},
}) {
  const page = { ticket, send, voices, onBlocked, onPicture, onConnected };
  const lines = new Map();
  const volumes = new Map(); // by person, also for whoever comes back
  let speaker = "";
  let watching = false;
  let heard = new Set();
  let seen = new Set();
  let smooth = false;
  let microphone = null;
  let camera = null;

  const each = (work) => lines.forEach(work);
  /** The voice to everybody first, then the picture. */
  const share = () => {
    const track = heard.has(me) ? microphone : null;
    const picture = seen.has(me) ? camera : null;
    each((line) => line.speak(track));
    each((line) => line.show(picture, smooth ? "smooth" : lines.size + 1 >= MANY ? "small" : "usual"));
  };
  const hangUp = (person) => {
    lines.get(person).close();
    lines.delete(person);
  };
  const answer = (person) => {
    const line = new Line(person, me > person, page);
    lines.set(person, line);
    line.setVolume(volumes.get(person) ?? 1);
    line.watch(watching);
    if (speaker) line.playOn(speaker);
  };

  return {
    /** Keep to the newest board. Who isn't connected there is cut off; everybody, if I am not. */
    update(board) {
      const others = new Set(board.connected.includes(me) ? board.connected : []);
      others.delete(me);
      heard = new Set(board.heard);
      seen = new Set(board.seen);
      smooth = board.smooth;
      for (const person of [...lines.keys()]) if (!others.has(person)) hangUp(person);
      for (const person of others) {
        if (!lines.has(person)) answer(person);
        lines.get(person).hear(heard.has(person));
        lines.get(person).see(seen.has(person));
        lines.get(person).keepUp();
      }
      share();
    },

    /** Nobody is in between, so nothing is locked but the lines themselves. */
    use() {},

    /** A track from `openMicrophone`, or null. It is on the line only while I am heard. */
    setMicrophone(track) {
      microphone = track;
      share();
    },

    /** A track from `openCamera`, or null. It is on the line only while I am seen. */
    setCamera(track) {
      camera = track;
      share();
    },

    /** How loud somebody is on this page: 0 to 3. */
    setVolume(person, loud) {
      volumes.set(person, loud);
      lines.get(person)?.setVolume(loud);
    },

    /** Which loudspeaker everybody comes from; "" is the usual one. */
    setSpeaker(device) {
      speaker = device;
      each((line) => line.playOn(device));
    },

    /** Show pictures here, or none. */
    watch(pictures) {
      watching = pictures;
      each((line) => line.watch(pictures));
    },

    /** What somebody's browser says to mine. */
    signal(person, data) {
      lines.get(person)?.take(data);
    },

    /** The number to compare with somebody. Null while there is none. */
    async code(person) {
      return (await lines.get(person)?.code()) ?? null;
    },

    /** Another network: what led to the others may lead nowhere now. */
    restart() {
      each((line) => line.restart());
    },

    /** After a sleep: what isn't connected any more looks for another way. */
    revive() {
      each((line) => line.revive());
    },

    /** How bad it is: lines that don't work, and the worst share of a voice that is lost. */
    async condition(here) {
      const known = here.map((person) => lines.get(person)).filter((line) => line?.isAnswered);
      const losses = await Promise.all(known.map((line) => line.loss()));
      return {
        lines: known.length,
        failing: known.filter((line) => !line.isUp).length,
        lost: Math.max(0, ...losses),
      };
    },

    /** Play who is heard, in a press, after the browser has refused to. */
    play() {
      each((line) => line.play());
    },

    close() {
      for (const person of [...lines.keys()]) hangUp(person);
    },
  };
}
