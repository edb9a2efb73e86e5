// An open thread: what a moderator hides leaves at once (gone.js); new replies are offered, nothing
// moves; this reader’s place is kept.

import { socket } from "../core/socket.js";
import { watch } from "./gone.js";

const news = document.getElementById("news");
let offered = 0;

// The words stay under the eyes that read them. A press shows them as their reader chose to.
const sayNoted = ({ post_id: id, words, press, url }) => {
  const post = document.getElementById(`post-${id}`);
  const body = post?.querySelector(".body");
  if (!body || body.querySelector(":scope > p.quiet:first-child, :scope > p.told")) return;
  const line = document.createElement("p");
  const link = document.createElement("a");
  line.className = "told";
  link.className = "alone";
  link.id = `noted-${id}`;
  link.href = url;
  link.setAttribute("aria-labelledby", `${link.id} ${post.getAttribute("aria-labelledby")}`);
  link.textContent = press;
  line.append(`${words} `, link);
  body.prepend(line);
};

const offer = (count) => {
  if (count <= offered) return;
  offered = count;
  const words = count === 1 ? news.dataset.one : news.dataset.more.replace("{count}", count);
  const link = news.querySelector("a") ?? news.appendChild(document.createElement("a"));
  link.className = "btn";
  link.href = news.dataset.url;
  link.textContent = words; // it stays the same link: the focus may be on it
};

const look = async () => offer(await watch());

// A thread that many have open would be asked by all of them in the same instant.
const SPREAD_MS = 1000;
let looking;
const lookSoon = () => {
  clearTimeout(looking);
  looking = setTimeout(look, Math.random() * SPREAD_MS);
};
socket.on("connect", look);
socket.on("new-reply", lookSoon);
socket.on("post-noted", sayNoted);

// A thread that rests, goes slowly or is locked, or whose posts were moved: how it is now is read by
// a press.
const sayHowItIs = ({ words, press }) => {
  const link = document.createElement("a");
  link.className = "alone";
  link.href = location.pathname + location.search;
  link.textContent = press;
  document.getElementById("pace-news").replaceChildren(`${words} `, link);
};
socket.on("pace", sayHowItIs);
socket.on("arranged", sayHowItIs);

// This reader's place: the furthest post whose end has been in view. It is theirs alone.

const SETTLE_MS = 3000; // Sent when the page has come to rest, not at every post.

const form = document.getElementById("place");
const number = form.elements.number;
let kept = Number(form.dataset.kept);
let furthest = kept;
let timer;

const keep = () => {
  clearTimeout(timer);
  if (furthest <= kept) return;
  kept = furthest;
  number.value = furthest;
  fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    keepalive: true,
  }).catch(() => {}); // it is kept the next time
};

const came = (posts) => {
  furthest = Math.max(furthest, ...posts.map((post) => Number(post.dataset.number)));
  clearTimeout(timer);
  timer = setTimeout(keep, SETTLE_MS);
};

const seen = new IntersectionObserver((entries) => {
  const shown = entries.filter((entry) => entry.isIntersecting).map(({ target }) => target);
  for (const end of shown) seen.unobserve(end);
  came(shown.map((end) => end.closest("[data-number]")));
});

for (const post of document.querySelectorAll("[data-number]")) seen.observe(post.lastElementChild);
// What was read aloud to its end was read.
document.addEventListener("heard", ({ target }) => came([target]));
addEventListener("pagehide", keep);
