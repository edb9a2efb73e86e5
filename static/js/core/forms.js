// What every page and its forms get, on top of working without any of this.

// From its second page on a device can show “Get help now” offline. It must not hold up the first.
addEventListener("load", () => {
  navigator.serviceWorker?.register("/worker.js").catch(() => {}); // then only when there is a line
});

// An unmeant second press comes within this; a meant one rarely does. Members can change it.
const PRESS_MS = Number(document.documentElement.dataset.pressFilter);

const lastPress = new WeakMap();

// A hand that shakes presses twice. The first press counts. Whatever hears presses asks this.
export const isSecond = (control, { timeStamp }) => {
  const isSoon = timeStamp - lastPress.get(control) < PRESS_MS;
  if (!isSoon) lastPress.set(control, timeStamp);
  return isSoon;
};

document.addEventListener("submit", (event) => {
  if (isSecond(event.submitter ?? event.target, event)) event.preventDefault();
});

// The summary is only on a page that answers the member's own press, so focus may move there.
document.getElementById("problem")?.focus();

// What a tab keeps of a circle goes when that is over, and when somebody has signed out.
const over = document.querySelector("[data-forgets]");
for (const key of over ? Object.keys(sessionStorage) : []) {
  if (key.startsWith(`circle-${over.dataset.forgets}`)) sessionStorage.removeItem(key);
}

// A card for hard days goes with whoever signs out, unless they chose that it stays (safety/card.js).
// It goes when they are out: a press may not have reached the site.
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-signs-out]")) sessionStorage.setItem("signing-out", "1");
});
if (over?.dataset.forgets === "" && sessionStorage.getItem("signing-out")) {
  sessionStorage.removeItem("signing-out");
  const { stays } = JSON.parse(localStorage.getItem("card") ?? "{}");
  if (!stays) localStorage.removeItem("card");
}

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
let isShut = false; // whoever opened this page has signed out since

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

const save = (how) => {
  isUnsaved = false;
  const headers = { Accept: "application/json" };
  return fetch(state.dataset.keep, { method: "POST", body: new FormData(form), headers, ...how });
};

// The forms of a page end with the session that it was opened in. When somebody has signed in
// again elsewhere, theirs go on. Why not, where they don't.
const goOn = async () => {
  const headers = { Accept: "application/json" };
  const response = await fetch(state.dataset.token, { headers });
  const { ok, token, account } = await response.json();
  document.getElementById("sign-in-again").parentElement.hidden = ok;
  if (!ok) return state.dataset.out;
  if (account !== state.dataset.account) return state.dataset.other;
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
  isShut = false;
  return null;
};

// How long until what isn't kept is tried again.
const hear = async (response) => {
  const { ok, draft, noticed, words, reason } = await response.json();
  if (ok) {
    form.elements.draft.value = draft;
    notice(noticed ?? []);
    say(words);
    return WROTE_MS;
  }
  isShut = ["sign-in-first", "form-lost"].includes(reason.code);
  isUnsaved ||= isShut || response.status === 429 || response.status >= 500;
  const why = isShut ? await goOn() : reason.text;
  if (why) say(why);
  return why ? AGAIN_MS : WROTE_MS;
};

// One after the other, because each save names the draft that the one before it made.
const keep = async (how) => {
  if (isOnItsWay || isSending) return;
  isOnItsWay = true;
  let wait = AGAIN_MS;
  try {
    wait = await hear(await save(how));
  } catch {
    isUnsaved = true;
    say(state.dataset.lost);
  } finally {
    isOnItsWay = false;
    if (isUnsaved) later(wait);
  }
};

// Nothing would go while somebody is signed out, and the words would leave the page they are on.
const sendOnceIn = async (button) => {
  const why = await goOn().catch(() => state.dataset.lost);
  if (why) {
    say(why);
    state.querySelector("p").focus();
    return;
  }
  if (isSending) return;
  lastPress.delete(button); // it is the same press
  form.requestSubmit(button);
};

const wrote = () => {
  isUnsaved = true;
  later(WROTE_MS);
};

form?.addEventListener("input", wrote);

// What opens or ticks would be as it was before the first of two presses: somebody who meant to
// write without their name would sign.
form?.addEventListener("click", (event) => {
  const control = event.target.closest("summary, [type=checkbox]");
  if (control && isSecond(control, event)) event.preventDefault();
});

// Some write before this module has come, and some browsers bring words back by themselves.
if ([...(form?.querySelectorAll("textarea") ?? [])].some((box) => box.value !== box.defaultValue)) {
  wrote();
}
form?.addEventListener("submit", (event) => {
  isSending = !isShut;
  if (!isShut || event.defaultPrevented) return;
  event.preventDefault();
  sendOnceIn(event.submitter);
});
// Somebody calls, or another window comes before this one: it may never be seen again. And when
// it is, they may have signed in meanwhile.
document.addEventListener("visibilitychange", () => {
  if (!isUnsaved) return;
  clearTimeout(timer);
  keep({ keepalive: document.hidden });
});
addEventListener("pagehide", () => {
  if (form && isUnsaved && !isSending) save({ keepalive: true }).catch(() => {}); // nobody to tell
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
