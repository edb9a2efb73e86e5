// What every form gets, on top of working without any of this.

// An unmeant second press comes within this; a meant one rarely does. Members can change it.
const SETTLE_MS = Number(document.documentElement.dataset.pressFilter ?? 600);

const lastPress = new WeakMap();

// A hand that shakes presses twice. The first press counts.
document.addEventListener("submit", (event) => {
  const pressed = event.submitter ?? event.target;
  const before = lastPress.get(pressed);
  if (before !== undefined && event.timeStamp - before < SETTLE_MS) {
    event.preventDefault();
    return;
  }
  lastPress.set(pressed, event.timeStamp);
});

// The summary is only on a page that answers the member's own press, so focus may move there.
document.getElementById("problem")?.focus();
