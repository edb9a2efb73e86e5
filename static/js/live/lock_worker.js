// Locks the frames of one's own voice and picture before they leave this browser, and opens the
// others' (AES-GCM with the key of this circle). The media server between them has no key.
//
//   head that stays readable | locked | nonce | number of the key
//
// The head is what a server has to read so that it can pass frames on; nobody can change it unseen.
// What can't be opened goes no further, so whoever isn't of this circle is neither heard nor seen.

const NONCE = 12;
const HEAD = { key: 10, delta: 3 }; // of a picture in VP8, RFC 6386, 9.1
const HEAD_OF_SOUND = 1; // Opus, RFC 6716, 3.1
const KEPT = 2; // the newest, and the one before, for what was under way

const keys = new Map(); // by number, the newest last

onmessage = async ({ data: { number, key } }) => {
  const made = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
  keys.delete(number);
  keys.set(number, made);
  for (const old of [...keys.keys()].slice(0, -KEPT)) keys.delete(old);
};

onrtctransform = ({ transformer: { readable, writable, options } }) => {
  const transform = options.locks ? lock : open;
  readable
    .pipeThrough(new TransformStream({ transform }))
    .pipeTo(writable)
    .catch(() => {}); // the line is closed
};

const headOf = ({ type, data }) => new Uint8Array(data).subarray(0, HEAD[type] ?? HEAD_OF_SOUND);

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.buffer;
}

async function lock(frame, out) {
  if (!frame.data.byteLength) return out.enqueue(frame); // silence
  const [number, key] = [...keys].at(-1) ?? [];
  if (!key) return;
  const head = headOf(frame);
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const how = { name: "AES-GCM", iv, additionalData: head };
  const locked = await crypto.subtle.encrypt(how, key, frame.data.slice(head.length));
  frame.data = joined(head, new Uint8Array(locked), iv, [number]);
  out.enqueue(frame);
}

async function open(frame, out) {
  const data = new Uint8Array(frame.data);
  const key = keys.get(data.at(-1));
  const head = headOf(frame);
  const end = data.length - NONCE - 1;
  if (!key || end <= head.length) return;
  const how = { name: "AES-GCM", iv: data.subarray(end, -1), additionalData: head };
  const opened = await crypto.subtle.decrypt(how, key, data.subarray(head.length, end)).catch(() => null);
  if (!opened) return;
  frame.data = joined(head, new Uint8Array(opened));
  out.enqueue(frame);
}
