// One's own microphone. A dystonic voice must not be taken for noise: what browsers do to a voice
// (noise suppression, gain control) is off unless somebody switches it on.

/** `processed` lets the browser clean up the voice; `device` is the id of one of several. */
export async function openMicrophone({ processed = false, device = "" } = {}) {
  const audio = {
    echoCancellation: true,
    noiseSuppression: processed,
    autoGainControl: processed,
    ...(device && { deviceId: { exact: device } }),
  };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  return stream.getAudioTracks()[0];
}
