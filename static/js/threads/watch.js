// An open thread: what a moderator hides leaves at once; new replies are offered, nothing moves.

import "../core/bell.js";
import { ask, socket } from "../core/socket.js";

const news = document.getElementById("news");
let last = Number(news.dataset.last);

const put = ({ post_id: id, words }) => {
  const post = document.getElementById(`post-${id}`);
  const body = post?.querySelector(".body");
  if (!body || body.querySelector(":scope > p.quiet:first-child")) return;
  const line = document.createElement("p");
  line.className = "quiet";
  line.textContent = words;
  body.replaceChildren(line);
  post.querySelector(".after")?.remove();
  post.querySelector(".wish")?.remove();
};

const offer = (number) => {
  const count = number - Number(news.dataset.last);
  if (number <= last || count < 1) return;
  last = number;
  const words = count === 1 ? news.dataset.one : news.dataset.more.replace("{count}", count);
  const link = document.createElement("a");
  link.className = "btn";
  link.href = news.dataset.url;
  link.textContent = words;
  news.replaceChildren(link);
};

// Also after every reconnection: the answer says what this page missed meanwhile.
socket.on("connect", async () => {
  const answer = await ask("watch-thread", { thread_id: news.dataset.thread }).catch(() => null);
  if (!answer?.ok) return;
  answer.gone.forEach(put);
  offer(answer.last);
});
socket.on("post-gone", put);
socket.on("new-reply", ({ number }) => offer(number));
