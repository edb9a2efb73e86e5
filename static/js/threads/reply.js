// The reply box: words to begin with, each by one press; and one question before an answer goes that
// reads like advice, where somebody asked only to be listened to. It stops nothing, and nobody but
// whoever writes sees it. The server asks the same of pages without this.

import { isSecond } from "../core/forms.js";

const form = document.getElementById("reply");
const box = form.elements.words;

// What is typed by a press is kept like what is typed by hand.
const changed = () => box.dispatchEvent(new Event("input", { bubbles: true }));

// Words to begin with. Without script they are there to read.

const begin = (words) => {
  const before = box.value.trimEnd();
  box.value = `${before}${before && " "}${words} `;
  changed();
};

const openers = document.getElementById("openers");

for (const item of openers.children) {
  const words = item.textContent.trim();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = words;
  button.addEventListener("click", (event) => {
    if (isSecond(button, event)) return;
    begin(words);
    openers.nextElementSibling.textContent = openers.dataset.put.replace("{words}", words);
  });
  item.replaceChildren(button);
}

// The question. It comes below the buttons, where a second, unmeant press sends nothing.

const question = document.getElementById("question");
let isOpen = question !== null;

const any = question && JSON.parse(question.dataset.phrases).join("|");
const phrases = question && new RegExp(`(?<![\\p{L}\\p{N}_])(?:${any})(?![\\p{L}\\p{N}_])`, "u");
const plainly = (text) => text.toLowerCase().replaceAll("’", "'").replace(/\s+/g, " ");

const asks = (button) =>
  isOpen &&
  !["asked", "look"].includes(button?.name) &&
  !button?.hasAttribute("formaction") &&
  (!question.hidden || phrases.test(plainly(box.value)));

// Before anything else hears of this press: nothing is sent yet.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form || !asks(event.submitter)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    question.hidden = false;
    question.focus();
  },
  { capture: true },
);

// It is asked once: other words, or a press, are an answer.
const close = () => {
  if (!isOpen || question.hidden) return;
  isOpen = false;
  question.hidden = true;
  const asked = document.createElement("input");
  Object.assign(asked, { type: "hidden", name: "asked", value: "1" });
  form.append(asked);
};

box.addEventListener("input", close);
question?.querySelector("[type=button]").addEventListener("click", (event) => {
  if (isSecond(event.currentTarget, event)) return;
  close();
  changed();
  box.focus();
});
