// What every page and its forms get, on top of working without any of this.

// From its second page on a device can show “Get help now” offline. It must not hold up the first.
addEventListener("load", () => {
  navigator.serviceWorker?.register("/worker.js").catch(() => {}); // then only when there is a line
});

// An unmeant second press comes within this; a meant one rarely does. Members can change it.
const PRESS_MS = Number(document.documentElement.dataset.pressFilter);

const lastPress = new WeakMap();

// A hand that shakes presses twice. The first press counts.
document.addEventListener("submit", (event) => {
  const pressed = event.submitter ?? event.target;
  const before = lastPress.get(pressed);
  if (before !== undefined && event.timeStamp - before < PRESS_MS) {
    event.preventDefault();
    return;
  }
  lastPress.set(pressed, event.timeStamp);
});

// The summary is only on a page that answers the member's own press, so focus may move there.
document.getElementById("problem")?.focus();

// What is being written is kept on the server, where there is a place to say so: it survives a
// sign-out, a crash and another device. What is kept is said in words that stay.

const WROTE_MS = 1000; // After the last key.
const AGAIN_MS = 10000; // After a save that didn't arrive.

const state = document.getElementById("draft-state");
const form = state?.closest("form");
let timer;
let isUnsaved = false;
let isOnItsWay = false;
let isSending = false; // a press of this form takes the words along

const say = (words) => {
  const line = state.querySelector("p");
  const text = line.querySelector("span");
  line.hidden = false;
  if (text.textContent !== words) text.textContent = words; // or it would be read aloud again
};

// What the writer alone is shown beside these words. What has been shown stays.
const notice = (noticed) => {
  for (const kind of noticed) state.querySelector(`[data-noticed="${kind}"]`).hidden = false;
};

const later = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
};

const post = (how) => {
  isUnsaved = false;
  const headers = { Accept: "application/json" };
  return fetch(state.dataset.keep, { method: "POST", body: new FormData(form), headers, ...how });
};

// One after the other, because each save names the draft that the one before it made.
const keep = async (how) => {
  if (isOnItsWay || isSending) return;
  isOnItsWay = true;
  try {
    const response = await post(how);
    const answer = await response.json();
    if (answer.ok) {
      form.elements.draft.value = answer.draft;
      notice(answer.noticed ?? []);
    } else if (response.status !== 422) throw new Error(answer.reason.code);
    say(answer.ok ? answer.words : answer.reason.text);
    if (isUnsaved) later(WROTE_MS);
  } catch {
    isUnsaved = true;
    say(state.dataset.lost);
    later(AGAIN_MS);
  } finally {
    isOnItsWay = false;
  }
};

const wrote = () => {
  isUnsaved = true;
  later(WROTE_MS);
};

form?.addEventListener("input", wrote);
// Some write before this module has come, and some browsers bring words back by themselves.
if ([...(form?.querySelectorAll("textarea") ?? [])].some((box) => box.value !== box.defaultValue)) {
  wrote();
}
form?.addEventListener("submit", () => {
  isSending = true;
});
// Somebody calls, or another window comes before this one: it may never be seen again.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden || !isUnsaved) return;
  clearTimeout(timer);
  keep({ keepalive: true });
});
addEventListener("pagehide", () => {
  if (form && isUnsaved && !isSending) post({ keepalive: true }).catch(() => {}); // nobody to tell
});
addEventListener("pageshow", () => {
  isSending = false; // also when somebody comes back by the browser's own button
});

// A press that couldn't leave the device: the worker keeps the page, and here is what it says.

let sent;

document.addEventListener("submit", (event) => {
  sent = event;
});
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (!sent || sent.defaultPrevented) return; // it was another window, or a script that sent it
  const line = sent.target.querySelector(".unsent") ?? document.createElement("p");
  line.className = "note warn unsent";
  line.setAttribute("role", "alert");
  sent.target.append(line);
  line.textContent = data.unsent;
  line.scrollIntoView({ block: "nearest" });
  lastPress.delete(sent.submitter ?? sent.target); // the next one is no second press
  isSending = false;
  if (form) wrote();
});
