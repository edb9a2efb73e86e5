// One line from this page to the server. Whoever imports this module shares it.

import { io } from "../../vendor/socket.io.esm.min.js";

const ANSWER_MS = 5000; // After this the line is as good as lost: the same press goes by plain HTTP.

// A rehearsal has nobody to be connected to.
const autoConnect = !("rehearsal" in document.body.dataset);

export const socket = io({ transports: ["websocket"], autoConnect });

/** Send an event; the promise holds the server's answer, or fails when none comes in time. */
export const ask = (event, payload) => socket.timeout(ANSWER_MS).emitWithAck(event, payload);

// The bell on a page that has a line to the server anyway: words change, nothing moves.

const bell = document.getElementById("bell");

bell?.setAttribute("aria-live", "polite"); // Said when nothing else is being said.

socket.on("bell", () => {
  if (!bell) return;
  bell.dataset.count = Number(bell.dataset.count) + 1;
  bell.textContent = bell.dataset.words.replace("{count}", bell.dataset.count);
});
