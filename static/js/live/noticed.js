// What whoever typed some words is shown beside them, once the others have them. It holds nothing
// back and takes no focus; what has been shown stays.

import { announceKept } from "./telling.js";

const notes = document.getElementById("noticed");

/** `form` is where they were typed, and `kinds` what the server’s answer to that press names. */
export function showNoticed(form, kinds) {
  const found = kinds.map((kind) => notes.querySelector(`[data-noticed="${kind}"]`));
  (form.closest("#typing, #echoes") ?? form).after(notes);
  notes.hidden = false;
  for (const note of found) note.hidden = false;
  announceKept(found.map((note) => note.querySelector("p").textContent).join(" "));
}
