// An answer in one press, without leaving the page. What came of it stands below in words; nothing
// else moves.

const form = document.getElementById("words-form");

const send = async (button) => {
  const line = button.parentElement.querySelector("p");
  const isGiven = button.getAttribute("aria-pressed") === "true";
  const headers = { Accept: "application/json" };
  const body = new FormData(form);
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers });
    const { ok, words, reason } = await answer.json();
    line.textContent = ok ? words : reason.text;
    if (!ok) return;
    button.setAttribute("aria-pressed", String(!isGiven));
    button.formAction = button.formAction.replace(/[^/]+$/, isGiven ? "give" : "take-back");
  } catch {
    line.textContent = form.dataset.lost;
  }
};

// A second, unmeant press was taken out before this hears of it.
document.addEventListener("submit", (event) => {
  if (event.target !== form || event.defaultPrevented) return;
  event.preventDefault();
  send(event.submitter);
});
