// Words that are taken away leave a page of their thread at once, wherever they stand on it.

import { ask, socket } from "../core/socket.js";

const { dataset } = document.getElementById("news");

// Whoever reads a post aloud hears of it.
const told = (post) => post.dispatchEvent(new Event("gone", { bubbles: true }));

// A title is words as well: also in the way back to the thread.
const untitle = () => {
  const heading = document.querySelector("h1[data-title]");
  const titles = [heading, document.querySelector(`.crumbs a[href="/threads/${dataset.thread}"]`)];
  if (heading) document.title = document.title.replace(heading.textContent, () => dataset.untitled);
  for (const title of titles.filter(Boolean)) title.textContent = dataset.untitled;
};

// A sentence of theirs stands above replies, and is there to be chosen for another one.
const putQuotes = (id) => {
  for (const quote of document.querySelectorAll(`blockquote[data-of="${id}"]`)) {
    const reply = quote.closest("article");
    quote.remove();
    told(reply);
  }
  if (document.forms.reply?.elements.answers.value !== id) return;
  document.getElementById("mark")?.closest("details").remove();
};

// Whose it was, this page knows or doesn’t: nobody is told a name.
const nameOn = (post) => post.querySelector(".by b, .writer").textContent;

const put = ({ post_id: id, number, words }) => {
  putQuotes(id);
  if (number === 1) untitle();
  const post = document.getElementById(`post-${id}`);
  const body = post?.querySelector(".body");
  if (!body || body.querySelector(":scope > p.quiet:first-child")) return;
  const line = document.createElement("p");
  line.className = "quiet";
  line.textContent = words.replace("{name}", () => nameOn(post));
  body.replaceChildren(line);
  post.querySelector(".after")?.remove();
  post.querySelector(".wish")?.remove();
  told(post);
};

// What is shown again is read by a press, so that nothing moves under somebody’s eyes.
const giveBack = ({ post_id: id, words, press }) => {
  const line = document.querySelector(`#post-${id} .body > p.quiet:first-child`);
  if (!line) return;
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.textContent = press;
  line.replaceChildren(`${words} `, link);
};

socket.on("post-gone", put);
socket.on("post-back", giveBack);

/** To be done after every reconnection too: the answer says what this page missed meanwhile, for its
 * reader. How many replies are new. */
export const watch = async () => {
  const asked = { thread_id: dataset.thread, last: Number(dataset.last) };
  const answer = await ask("watch-thread", asked).catch(() => null);
  if (!answer?.ok) return 0;
  answer.gone.forEach(put);
  return answer.new;
};
