// Less at a time: the order and who's here can be held as they are, and a page can show only what
// goes on now. Both are this page's own affair.

import { holdUpdates } from "./board.js";

const el = (id) => document.getElementById(id);

const isPressed = (button) => button.getAttribute("aria-pressed") === "true";

const turn = (button) => {
  button.setAttribute("aria-pressed", !isPressed(button));
  return isPressed(button);
};

/** `released()` brings what was held up to date. */
export function createCalm({ released }) {
  el("fewer").addEventListener("click", ({ currentTarget }) => {
    document.body.toggleAttribute("data-fewer", turn(currentTarget));
  });
  el("hold-updates").addEventListener("click", ({ currentTarget }) => {
    const held = turn(currentTarget);
    el("held").hidden = !held;
    holdUpdates(held);
    if (!held) released();
  });
}
