// Keeps this reader's place: the furthest post whose end has been in view. It is theirs alone.

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

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    furthest = Math.max(furthest, Number(entry.target.closest("[data-number]").dataset.number));
    seen.unobserve(entry.target);
  }
  clearTimeout(timer);
  timer = setTimeout(keep, SETTLE_MS);
});

for (const post of document.querySelectorAll("[data-number]")) seen.observe(post.lastElementChild);
addEventListener("pagehide", keep);
