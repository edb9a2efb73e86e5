// Buttons that put the marks of bold words, lists, quotes and links into the big box. What they do
// can be undone by the browser’s own keys, and is kept like what is typed by hand.

import { isSecond } from "../core/forms.js";

const box = document.getElementById("words");
const tools = document.getElementById("tools");
const fields = document.getElementById("link-fields");
const status = tools.querySelector(":scope > [role=status]");

const say = (words) => status.replaceChildren(words);

// In place of what is chosen in the box, so that undoing it is one step of the browser’s own.
const put = (text) => {
  box.focus();
  const { selectionStart: start, selectionEnd: end } = box;
  if (start === end && !text) return;
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

const choose = (start, end) => box.setSelectionRange(start, end);

const bold = ({ put: on, empty, taken }) => {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const chosen = value.slice(start, end);
  const words = chosen.trim();
  const from = start + chosen.indexOf(words);
  const to = from + words.length;
  if (words && value.slice(from - 2, from) === "**" && value.slice(to, to + 2) === "**") {
    choose(from - 2, to + 2);
    put(words);
    choose(from - 2, to - 2);
    say(taken);
    return;
  }
  choose(from, to);
  put(`**${words}**`);
  choose(from + 2, to + 2);
  say(words ? on : empty);
};

// Whole lines, with an empty one before and after them if there are other words: a list or a quote
// would take those in.
const mark = (sign) => ({ put: on, taken }) => {
  const { selectionStart, selectionEnd, value } = box;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd) < 0 ? value.length : value.indexOf("\n", selectionEnd);
  const lines = value.slice(start, end).split("\n");
  const isMarked = lines.every((line) => line.startsWith(sign));
  const marked = lines.map((line) => (isMarked ? line.slice(sign.length) : sign + line)).join("\n");
  const above = value.slice(0, start).split("\n").at(-2);
  const before = !isMarked && above && !above.startsWith(sign) ? "\n" : "";
  const after = !isMarked && /^\n[^\n]/.test(value.slice(end)) ? "\n" : "";
  choose(start, end);
  put(before + marked + after);
  const last = start + before.length + marked.length;
  choose(last, last);
  say(isMarked ? taken : on);
};

// The link asks for its address in the page.

const opener = tools.querySelector("[data-tool=link]");
const address = document.getElementById("link-address");
const problem = document.getElementById("link-problem");

const show = (isOpen) => {
  fields.hidden = !isOpen;
  opener.setAttribute("aria-expanded", String(isOpen));
};

const isWrong = (wrong) => {
  problem.hidden = !wrong;
  problem.parentElement.classList.toggle("wrong", wrong);
  address.setAttribute("aria-describedby", wrong ? "link-hint link-problem" : "link-hint");
  if (wrong) address.setAttribute("aria-invalid", "true");
  else address.removeAttribute("aria-invalid");
};

const whole = (typed) => {
  const text = typed.trim();
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
    const isOne = url.hostname.includes(".") && !url.username && !/\s/.test(text);
    return isOne ? url.href.replaceAll("(", "%28").replaceAll(")", "%29") : null;
  } catch {
    return null;
  }
};

const leave = () => {
  isWrong(false);
  address.value = "";
  show(false);
  box.focus();
};

const link = () => {
  const url = whole(address.value);
  isWrong(!url);
  if (!url) {
    address.focus();
    return;
  }
  const chosen = box.value.slice(box.selectionStart, box.selectionEnd);
  const name = chosen.replace(/\s+/g, " ").trim().replace(/[[\]\\]/g, "\\$&");
  leave();
  put(name ? `[${name}](${url})` : url);
  say(opener.dataset.put);
};

const ask = () => {
  show(fields.hidden);
  if (!fields.hidden) address.focus();
};

// Enter in one of the lines would send everything, half written. That takes a press.
box.form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  if (event.target === address) link();
});
// An address that is being typed isn’t part of the draft.
address.addEventListener("input", (event) => event.stopPropagation());

const DOES = { bold, list: mark("- "), quote: mark("> "), link: ask };
const LINKS = { put: link, leave };

tools.addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  if (!pressed || isSecond(pressed, event)) return;
  const { tool, link: answer } = pressed.dataset;
  if (tool) DOES[tool](pressed.dataset);
  else LINKS[answer]();
});

tools.hidden = false;
document.getElementById("tools-by-hand").hidden = true;
