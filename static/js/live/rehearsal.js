// What only a rehearsal has: while one's own microphone is on, words say whether it hears anything.
// Nothing leaves this browser but the presses.

import { listenTo, openMicrophone } from "./device.js";

export function createRehearsal() {
  const meter = document.getElementById("meter");
  let isOn = false;
  let stop = null;

  const say = (what) => {
    meter.textContent = meter.dataset[what] ?? "";
    meter.hidden = !meter.textContent;
  };

  async function listen() {
    stop?.();
    stop = null;
    say(isOn ? "waiting" : "");
    if (!isOn) return;
    const track = await openMicrophone().catch(() => null);
    if (track && isOn) stop = listenTo(track, say);
    else track?.stop();
  }

  return {
    update(board) {
      if (isOn === (board.mic.event === "mic-off")) return; // what a press on it would do
      isOn = !isOn;
      listen();
    },
  };
}
