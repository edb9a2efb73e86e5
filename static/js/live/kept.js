// What this tab keeps of its circle for whoever is on it, so that a page that is loaded anew goes on
// as it was: words that aren't sent yet, how the others are heard and seen here, a cue for oneself.
// It never leaves this tab. It is forgotten when the circle is over for this person, and when
// somebody signs out (core/forms.js). A rehearsal keeps nothing.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const { call_id, sealed } = read("setup");
const KEY = `circle-${call_id}-${read("board").me}`;

let kept = JSON.parse((!sealed && sessionStorage.getItem(KEY)) || "{}");

/** What was kept by this name, or what is usual. */
export const recall = (name, usual) => kept[name] ?? usual;

export function keep(name, what) {
  kept[name] = what;
  if (!sealed) sessionStorage.setItem(KEY, JSON.stringify(kept));
}

export function forget() {
  kept = {};
  sessionStorage.removeItem(KEY);
}

// Words that somebody types here: in a turn, to the facilitators, to whoever has just shared

const FORMS = ["say", "tell", "reply"];
const forms = FORMS.map((id) => document.getElementById(id)).filter(Boolean);

/** A line after a turn is to one person, and to nobody else. */
const to = ({ elements }) => elements.person?.value ?? "";

/** As they stand in their places now. */
export function keepWords() {
  for (const form of forms) {
    const words = form.elements.words.value;
    if (words !== (recall(form.id)?.words ?? "")) keep(form.id, { words, to: to(form) });
  }
}

/** Put them back where they were typed. Gives back the forms that have some again. */
export function bringWordsBack() {
  return forms.filter((form) => {
    const { words, to: whom } = recall(form.id, {});
    if (!words || whom !== to(form)) return false;
    form.elements.words.value = words;
    return true;
  });
}
