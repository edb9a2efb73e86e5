// Voices and pictures that go through a media server are locked in this browser and opened in the
// others'. Here is where the keys come in; the work is done beside the page (lock_worker.js).

/** Can this browser do that? */
export const canLock = () => "RTCRtpScriptTransform" in globalThis;

export function createLocks() {
  let newest = 0;
  const worker = new Worker(new URL("./lock_worker.js", import.meta.url));
  const between = (end, options) => {
    end.transform ??= new RTCRtpScriptTransform(worker, options);
  };

  return {
    /** From now on this key, as the server gave it. */
    use({ version, number, key }) {
      if (version < newest) return;
      newest = version;
      worker.postMessage({ number, key: Uint8Array.from(atob(key), (each) => each.charCodeAt(0)) });
    },
    lock: (sender) => between(sender, { locks: true }),
    open: (receiver) => between(receiver, { locks: false }),
  };
}
