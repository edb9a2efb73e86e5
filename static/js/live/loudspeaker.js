// Which loudspeaker the circle comes from: chosen in the lobby or the circle, kept in this tab.

const KEPT = "loudspeaker";

/** The id of the one that was chosen, or "" for the usual one. With an id: choose it. */
export function loudspeaker(id) {
  if (id !== undefined) sessionStorage.setItem(KEPT, id);
  return sessionStorage.getItem(KEPT) ?? "";
}

/** Those that this browser can name and play on. */
export async function loudspeakers() {
  if (!("setSinkId" in HTMLMediaElement.prototype) || !navigator.mediaDevices) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind, label }) => kind === "audiooutput" && label);
}

/** Let something that sounds come from there, where the browser can. */
export async function playOn(what, id) {
  if (id) await what.setSinkId?.(id);
}
