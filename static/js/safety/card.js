// A card for hard days: kept in this browser and nowhere else. What is written is kept as it is
// written. It goes with a sign-out, unless its writer chose that it stays (core/forms.js).

import { isSecond } from "../core/forms.js";

const KEY = "card";

const card = document.getElementById("card");
const stays = document.getElementById("card-stays");
const state = document.getElementById("card-state");
const boxes = [...card.querySelectorAll("textarea")];
const paper = (box) => document.getElementById(`${box.id}-paper`);

const say = (words) => {
  if (state.textContent !== words) state.textContent = words; // or it would be read aloud again
};

const show = () => {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
  for (const box of boxes) {
    box.value = paper(box).textContent = kept[box.id] ?? "";
  }
  stays.checked = kept.stays ?? false;
};

const keep = () => {
  const written = Object.fromEntries(boxes.map((box) => [box.id, box.value]));
  for (const box of boxes) paper(box).textContent = box.value;
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...written, stays: stays.checked }));
    say(state.dataset.kept);
  } catch {
    say(state.dataset.lost); // the browser keeps nothing for this place, or is full
  }
};

const erase = () => {
  localStorage.removeItem(KEY);
  show();
  const fold = document.getElementById("card-erase").closest("details");
  fold.open = false;
  fold.querySelector("summary").focus();
  say(state.dataset.erased);
};

const addLines = () => {
  const lines = document.getElementById("card-lines");
  const { selectedOptions } = document.getElementById("card-country");
  lines.value = [lines.value.trimEnd(), selectedOptions[0].dataset.lines].filter(Boolean).join("\n");
  keep();
};

const press = (id, then) =>
  document.getElementById(id).addEventListener("click", (event) => {
    if (!isSecond(event.currentTarget, event)) then();
  });

const begin = () => {
  card.classList.add("written");
  for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
  card.addEventListener("input", keep);
  stays.addEventListener("change", keep);
  press("card-add", addLines);
  press("card-print", () => print());
  press("card-erase", erase);
  // Erased or written beside this page; or somebody comes back to it after a sign-out.
  addEventListener("storage", show);
  addEventListener("pageshow", show);
};

try {
  show();
  begin();
} catch {
  // this browser lets nothing be kept: it stays a card to print
}
