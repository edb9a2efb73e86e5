// How much of one's own voice and picture is sent.

export const VOICE = { maxBitrate: 48000, priority: "high" };
/** Signing needs its movements more than its details, so frames come first (device.js, `motion`). */
export const PICTURES = {
  smooth: { maxBitrate: 250000, maxFramerate: 24 },
  usual: { maxBitrate: 150000, maxFramerate: 15 },
  small: { maxBitrate: 80000, maxFramerate: 10 },
};

/** Keep a sender to one of these. */
export async function limit(sender, limits) {
  const parameters = sender?.getParameters();
  if (!parameters?.encodings?.length) return;
  Object.assign(parameters.encodings[0], limits);
  await sender.setParameters(parameters).catch(() => {}); // it has been closed since
}
