// The bell on a page that has a line to the server anyway: words change, nothing moves.

import { socket } from "./socket.js";

const bell = document.getElementById("bell");
let count = Number(bell.dataset.count);

bell.setAttribute("aria-live", "polite"); // Said when nothing else is being said.

socket.on("bell", () => {
  count += 1;
  bell.textContent = bell.dataset.words.replace("{count}", count);
});
