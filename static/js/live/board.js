// Draws a board into the page that the server's template made. Every place keeps its element, so
// that nobody's focus moves and no button changes its place under a finger.

const SVG = "http://www.w3.org/2000/svg";
const CHANGED_MS = 1500; // A press on a button that has just changed was meant for the old one.

const el = (id) => document.getElementById(id);

const show = (element, visible) => {
  if (element && element.hidden === visible) element.hidden = !visible;
};

const write = (element, text) => {
  if (element && element.textContent !== text) element.textContent = text;
};

/** The address of the drawings, as the template wrote it. */
const sprite = document.querySelector("svg.icon use").getAttribute("href").split("#")[0];

function drawIcon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#i-${name}`);
  svg.append(use);
  return svg;
}

function text(tag, words, className = "") {
  const element = document.createElement(tag);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}

let controls = new Map();

/** What the press at this place is now, if there is one. */
export const controlAt = (key) => controls.get(key);

/** What a press on this form means now, or null if the form has only just changed. */
export function meant(form) {
  return "changed" in form.dataset ? null : (controls.get(form.dataset.control) ?? null);
}

function remember(board) {
  const desk = (board.desk ?? []).flatMap((each) => [...each.controls, ...each.order, ...quiet(each)]);
  const lines = board.private.flatMap((line) => line.controls);
  const own = [...board.turn, board.mic, board.camera, board.sound, ...board.rest, ...board.more, ...board.ways, board.leave, ...goOn(board)];
  const typed = board.words.flatMap((said) => said.controls);
  const all = [...own, ...board.ends, ...desk, ...lines, ...typed];
  controls = new Map([...all, ...answers(board), ...controlsOf(board)].map((control) => [control.key, control]));
}

/** Closing somebody’s microphone, where that is possible. */
const quiet = ({ mute }) => (mute ? [mute] : []);

/** In a rehearsal: let the others go on. */
const goOn = (board) => (board.go_on ? [board.go_on] : []);

/** What is pressed about captions, and on a facilitator’s desk about the parts to come. */
const answers = ({ captions, leading }) => [
  ...captions.answers,
  ...captions.offer,
  ...(leading?.orders ?? []),
  ...(leading?.sure ?? []),
];

const settling = new WeakMap();

/** It has just changed: until it has stood like this for a while, a press was meant for the old one. */
export function settle(form) {
  form.dataset.changed = "";
  clearTimeout(settling.get(form)); // of a change before this one
  settling.set(form, setTimeout(() => delete form.dataset.changed, CHANGED_MS));
}

function drawControl(control, extra = "") {
  const form = document.createElement("form");
  form.className = "press";
  form.method = "post";
  form.dataset.control = control.key;
  form.dataset.event = control.event;
  const button = document.createElement("button");
  button.type = "submit";
  button.className = `btn ${extra}`.trim();
  const label = text("span", control.text, "label");
  button.append(drawIcon(control.icon), label);
  if (control.suffix) button.append(text("span", ` ${control.suffix}`, "vh"));
  form.append(button);
  if (control.main) button.classList.add("main");
  showPressed(button, control);
  return form;
}

/** Of several ways, the one in use. */
function showPressed(button, { pressed }) {
  if (pressed === null) button.removeAttribute("aria-pressed");
  else button.setAttribute("aria-pressed", pressed);
}

function redrawControl(form, control) {
  const button = form.querySelector("button");
  const label = button.querySelector(".label");
  const isOther = form.dataset.event !== control.event || label.textContent !== control.text;
  if (isOther) settle(form);
  form.dataset.event = control.event;
  write(label, control.text);
  const use = button.querySelector("use");
  const href = `${sprite}#i-${control.icon}`;
  if (use.getAttribute("href") !== href) use.setAttribute("href", href);
  button.classList.toggle("main", control.main);
  showPressed(button, control);
}

/** Keep the elements of what is still there, take away what is gone, and add what is new where the
    template would. What stood there has moved, so a press may have been meant for that. */
function keyed(parent, items, keyOf, make, redraw, selector) {
  const there = new Map([...parent.querySelectorAll(selector)].map((each) => [keyOf(each), each]));
  const wanted = new Set(items.map((item) => item.key ?? item.id));
  for (const [key, element] of there) if (!wanted.has(key)) element.remove();
  let before = null;
  for (const item of items) {
    const known = there.get(item.key ?? item.id);
    const element = known ?? make(item);
    if (known) redraw(known, item);
    else {
      if (before) before.after(element);
      else parent.prepend(element);
      if (element.nextElementSibling) settle(element);
    }
    before = element;
  }
}

export function drawControls(parent, items) {
  keyed(
    parent,
    items,
    (form) => form.dataset.control,
    (item) => drawControl(item),
    redrawControl,
    ":scope > form[data-control]",
  );
}

const shown = new Map(); // by their place: what stands there one after the other, as it was given

const asGiven = (items) => items.map((item) => JSON.stringify(item));

/** Whatever is as it was keeps its element, so that whoever reads there keeps their place. */
function redraw(place, items, make) {
  const [before, now] = [shown.get(place) ?? [], asGiven(items)];
  items.forEach((item, n) => {
    if (now[n] === before[n]) return;
    const there = place.children[n];
    if (there) there.replaceWith(make(item));
    else place.append(make(item));
  });
  for (const more of [...place.children].slice(items.length)) more.remove();
  shown.set(place, now);
}

function drawOrder(board) {
  show(el("no-order"), !board.order.length);
  write(el("no-order"), board.order_words);
  redraw(el("order"), board.order, orderRow);
}

function orderRow(entry) {
  const row = document.createElement("li");
  row.className = [entry.now && "is-now", entry.me && "is-me"].filter(Boolean).join(" ");
  const seat = text("span", "", `seat${entry.now ? " speaking" : entry.me ? " me" : ""}`);
  seat.dataset.initial = entry.initial;
  seat.setAttribute("aria-hidden", "true");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 44 44");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", entry.shape);
  svg.append(path);
  seat.append(svg);
  const status = text("span", "", "st");
  status.append(drawIcon(entry.icon), entry.status);
  row.append(seat, text("span", entry.name), status);
  if (entry.card) row.append(text("span", entry.card, "vh"));
  return row;
}

const { by_text } = JSON.parse(el("setup").textContent).said;

/** What somebody typed, with their name and that it came by text; or what stands in its place, which
    is nobody's. */
export function inWords({ name, text, mine }) {
  if (!name || mine) return name ? `${name}: ${text}` : text;
  return by_text.replace("{name}", () => name).replace("{words}", () => text);
}

function drawWords(board) {
  show(el("words"), board.words.length > 0);
  const log = el("log");
  const there = new Map([...log.children].map((line) => [line.dataset.id, line]));
  for (const said of board.words) {
    const line = there.get(said.id) ?? el("typed-line").content.firstElementChild.cloneNode(true);
    line.dataset.id = said.id;
    redrawTypedLine(line, said);
    if (!there.has(said.id)) log.append(line);
  }
}

function redrawTypedLine(line, said) {
  write(line.querySelector("[data-said]"), inWords(said));
  const note = line.querySelector("[data-note]");
  write(note, said.note);
  show(note, Boolean(said.note));
  const hide = line.querySelector("[data-hide]");
  if (!hide) return;
  show(hide, Boolean(said.hide_at));
  hide.href = said.hide_at;
  write(hide.querySelector("[data-which]"), ` ${said.which}`);
  drawControls(line.querySelector("[data-controls]"), said.controls);
}

function deskRow(person, template) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.dataset.person = person.id;
  for (const place of row.querySelectorAll("[data-name]")) place.textContent = person.name;
  for (const input of row.querySelectorAll("input[name=person]")) input.value = person.id;
  const box = row.querySelector("textarea");
  const label = row.querySelector("label");
  if (box) box.id = label.htmlFor = `why-${person.id}`;
  redrawDeskRow(row, person);
  return row;
}

function redrawDeskRow(row, person) {
  write(row.querySelector("[data-status]"), person.status);
  write(row.querySelector("[data-card]"), person.card_words);
  show(row.querySelector("[data-card]"), Boolean(person.card_words));
  show(row.querySelector("[data-way-out]"), person.removable);
  show(row.querySelector("[data-turn]"), person.order.length > 0);
  drawControls(row.querySelector("[data-controls]"), person.controls);
  drawControls(row.querySelector("[data-order]"), person.order);
  const fold = row.querySelector("[data-quiet]");
  show(fold, Boolean(person.mute));
  fold.open &&= Boolean(person.mute);
  drawControls(row.querySelector("[data-sure]"), quiet(person));
}

/** No: it is folded up again, and nothing was pressed. */
document.addEventListener("click", ({ target }) => {
  const fold = target.closest("[data-no]")?.closest("details");
  if (!fold) return;
  fold.open = false;
  fold.querySelector("summary").focus();
});

function privateLine(line, template) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.dataset.line = line.id;
  row.querySelector("[data-name]").textContent = line.name;
  row.querySelector("[data-text]").textContent = line.text;
  redrawPrivateLine(row, line);
  return row;
}

function redrawPrivateLine(row, line) {
  drawControls(row.querySelector("[data-controls]"), line.controls);
}

function drawPrivate(board) {
  show(el("tell"), board.is_read);
  show(el("private"), board.private.length > 0);
  const template = el("private-line");
  keyed(
    el("lines-to-us"),
    board.private,
    (row) => row.dataset.line,
    (line) => privateLine(line, template),
    redrawPrivateLine,
    ":scope > li",
  );
}

let held = false; // The order stays as it was, so that somebody can read it in peace.

export const isHeld = () => held;

/** Hold the order as it is, or show it as it is now. */
export function holdUpdates(hold) {
  held = hold;
  if (!held) drawOrder(drawn);
}

let opened = false; // The place to write in, before words can be sent.
let drawn = null;

/** Show the place to write in from now on, until the turn is over. */
export function openTyping() {
  opened = true;
  drawTyping(drawn);
  return el("words-box");
}

/** What was chosen needs no words. */
export function closeTyping() {
  opened = false;
}

/** They are for later: they stay where they were typed, out of the way. */
export function putTypingAway() {
  closeTyping();
  drawTyping(drawn);
}

function drawCaptions({ captions }) {
  show(el("captions-told"), Boolean(captions.told || captions.answers.length));
  write(el("captions-told").querySelector("p"), captions.told);
  drawControls(el("captions-answers"), captions.answers);
  drawControls(el("captions-offer"), captions.offer);
}

function drawTyping(board) {
  if (!el("typing")) return;
  show(el("typing"), board.mine || board.writes || opened);
  show(el("wish"), board.mine && board.ways[0].event === "accept"); // told when a turn begins
  show(el("all-ways"), board.mine);
  show(el("say"), board.writes || opened);
  show(el("show-words"), board.writes);
  show(el("close-eyes"), !board.writes); // to type opens them
  show(el("put-away"), opened && !board.mine && !board.writes);
  drawControls(el("ways"), board.ways);
}

/** Draw the newest board. The first one is already on the page; it is only remembered. */
export function draw(board, first = false) {
  remember(board);
  if (drawn?.mine && !board.mine) closeTyping();
  drawn = board;
  if (first) {
    shown.set(el("order"), asGiven(board.order));
    shown.set(el("lines"), asGiven(board.lines));
    shown.set(el("for-me"), asGiven(board.echoes.for_me));
    return;
  }
  write(el("cue"), board.cue);
  redraw(el("lines"), board.lines, (line) => text("p", line.text, line.kind));
  show(el("note"), Boolean(board.note));
  write(el("note").querySelector("p"), board.note);
  show(el("asked-of-us"), Boolean(board.asked.text));
  write(el("asked-of-us").querySelector("p"), board.asked.text);
  show(el("asked-of-us").querySelector(".in-vain"), board.asked.in_vain);
  drawTable(board);
  if (!held) drawOrder(board);
  drawWords(board);
  drawCaptions(board);
  drawEchoes(board);
  drawLeading(board);
  for (const control of [...board.turn, board.mic, board.camera, board.sound, board.leave, ...goOn(board)]) {
    const form = document.querySelector(`form[data-control="${control.key}"]`);
    if (form) redrawControl(form, control);
  }
  drawControls(el("rest"), board.rest);
  if (el("more")) drawControls(el("more"), board.more);
  drawTyping(board);
  if (board.desk) {
    drawPrivate(board);
    const template = el("desk-row");
    keyed(
      el("people"),
      board.desk,
      (row) => row.dataset.person,
      (person) => deskRow(person, template),
      redrawDeskRow,
      ":scope > li",
    );
    drawListeners(board);
  }
}

/** Who only listens in a gathering. Whoever is chosen stays so, while they are here. */
function drawListeners({ listeners, listening_words: words }) {
  show(el("listeners"), listeners.length > 0);
  write(el("listeners").querySelector("[data-words]"), words);
  const list = el("listener");
  const before = [...list.options].slice(1);
  if (before.map((each) => each.value).join() === listeners.map(({ id }) => id).join()) return;
  const chosen = list.value;
  list.replaceChildren(list.options[0], ...listeners.map(({ id, name }) => new Option(name, id)));
  list.value = listeners.some(({ id }) => id === chosen) ? chosen : "";
}

/** The drawing of the room: the one solid seat is whose turn it is. */
function drawTable(board) {
  const svg = document.querySelector("#table svg");
  if (!svg) return;
  svg.querySelectorAll("[data-seat]").forEach((seat, n) => {
    seat.setAttribute("class", seatClass(n, board));
  });
}

const seatClass = (n, board) =>
  n === board.speaking_seat ? "mine" : n < board.order.length ? "taken" : "free";

/** Which page of mine is active: this one, or another that it has to give way to. */
export function showElsewhere(elsewhere) {
  show(el("elsewhere"), elsewhere);
  document.body.classList.toggle("is-elsewhere", elsewhere);
}

// What I wrote before, what I would like from the others, and what is said after a turn

/** The controls of these places, for a press to find. */
const controlsOf = ({ written, wish, echoes }) => [
  ...(written ? [written.send] : []),
  ...wish,
  ...echoes.acks,
];

function drawForMe(said) {
  show(el("nothing-for-me"), !said.length);
  redraw(el("for-me"), said, (each) => text("li", each.text));
}

function drawReply({ replies, person, reply_hint: hint }) {
  const form = el("reply");
  if (form.elements.person.value !== person) form.elements.words.value = "";
  form.elements.person.value = person;
  show(form, replies);
  write(el("reply-hint"), hint);
}

function drawEchoes(board) {
  const { written, wish, echoes, mine } = board;
  show(el("written"), Boolean(written));
  write(el("written-words"), written?.words ?? "");
  drawControls(el("written-send"), written ? [written.send] : []);
  if (el("wish-part")) {
    show(el("wish-part"), wish.length > 0);
    drawControls(el("wish-now"), wish);
  }
  show(el("echoes"), !mine);
  write(el("echoes-news"), echoes.news);
  write(el("echoes-to"), echoes.to);
  write(el("echoes-hint"), echoes.hint);
  drawControls(el("acks"), echoes.acks);
  drawForMe(echoes.for_me);
  drawReply(echoes);
}

// What a facilitator leads by, and what everybody is told of the parts to come. Each place keeps its
// element: words are changed in it, and nothing opens or closes by itself.

const SCRIPT = "script-is-hidden";
function lines(parent, tag, words) {
  show(parent, words.length > 0);
  const there = [...parent.children].map((each) => each.textContent);
  if (JSON.stringify(there) === JSON.stringify(words)) return;
  parent.replaceChildren(
    ...words.map((each) => {
      const line = document.createElement(tag);
      line.textContent = each;
      return line;
    }),
  );
}

function drawDesk({ card, ordering, orders, prompt_waits, sure, sure_words }) {
  const place = el("script-card");
  write(place.querySelector("[data-title]"), card.title);
  lines(place.querySelector("[data-say]"), "li", card.say);
  lines(place.querySelector("[data-keep]"), "li", card.keep);
  show(el("prompt-waits"), prompt_waits);
  el("prompt-now").checked &&= prompt_waits;
  write(el("ordering"), ordering);
  drawControls(el("orders"), orders);
  show(el("sure"), sure.length > 0);
  write(el("sure").querySelector("p"), sure_words);
  drawControls(el("sure-steps"), sure);
}

function drawLeading(board) {
  lines(el("happens"), "p", board.happens);
  show(el("coming"), Boolean(board.coming));
  write(el("coming"), board.coming);
  if (board.leading) drawDesk(board.leading);
}

/** Whoever has put the script away finds it so on this page, also after loading it anew. */
const script = el("script");
if (script) {
  script.open = !sessionStorage.getItem(SCRIPT);
  script.addEventListener("toggle", () => {
    if (script.open) sessionStorage.removeItem(SCRIPT);
    else sessionStorage.setItem(SCRIPT, "yes");
  });
}
