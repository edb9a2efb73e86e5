// What a facilitator leads by, and what everybody is told of the parts to come. Each place keeps
// its element: words are changed in it, and nothing opens or closes by itself.

import { drawControls, show, write } from "./board.js";

const KEPT = "script-is-hidden";
const el = (id) => document.getElementById(id);

function lines(parent, tag, words) {
  show(parent, words.length > 0);
  const there = [...parent.children].map((each) => each.textContent);
  if (JSON.stringify(there) === JSON.stringify(words)) return;
  parent.replaceChildren(
    ...words.map((each) => {
      const line = document.createElement(tag);
      line.textContent = each;
      return line;
    }),
  );
}

function drawDesk({ card, ordering, orders, sure, sure_words }) {
  const place = el("script-card");
  write(place.querySelector("[data-title]"), card.title);
  lines(place.querySelector("[data-say]"), "li", card.say);
  lines(place.querySelector("[data-keep]"), "li", card.keep);
  write(el("ordering"), ordering);
  drawControls(el("orders"), orders);
  show(el("sure"), sure.length > 0);
  write(el("sure").querySelector("p"), sure_words);
  drawControls(el("sure-steps"), sure);
}

/** Draw these parts of the newest board. */
export function drawLeading(board) {
  lines(el("happens"), "p", board.happens);
  show(el("coming"), Boolean(board.coming));
  write(el("coming"), board.coming);
  if (board.leading) drawDesk(board.leading);
}

/** Whoever has put the script away finds it so on this page, also after loading it anew. */
const script = el("script");
if (script) {
  script.open = !sessionStorage.getItem(KEPT);
  script.addEventListener("toggle", () => {
    if (script.open) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, "yes");
  });
}
