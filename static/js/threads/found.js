// What was found stands on a page of its own, which follows no thread: a page of results would have
// to follow twenty. It asks once, for all of them, when somebody looks at it again.

const form = document.getElementById("still-found");
const results = () => [...document.querySelectorAll("li[data-post]")];

const take = (result) => {
  const line = document.createElement("p");
  line.className = "quiet";
  line.textContent = form.dataset.gone;
  if (result.contains(document.activeElement)) {
    result.tabIndex = -1; // whoever goes by keyboard stays where they were
    result.focus();
  }
  delete result.dataset.post;
  result.replaceChildren(line);
};

const look = async () => {
  if (document.hidden) return;
  const body = new FormData(form);
  for (const { dataset } of results()) body.append("posts", dataset.post);
  const headers = { Accept: "application/json" };
  const response = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  if (!response?.ok) return; // it is asked again the next time
  const { gone } = await response.json();
  for (const result of results()) if (gone.includes(result.dataset.post)) take(result);
};

document.addEventListener("visibilitychange", look);
