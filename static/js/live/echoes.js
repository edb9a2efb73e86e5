// What I wrote before, what I would like from the others, and what is said after a turn: drawn into
// the places that the template made.

import { drawControls, show, write } from "./board.js";

const el = (id) => document.getElementById(id);

/** The controls of these places, for a press to find. */
export const controlsOf = ({ written, wish, echoes }) => [
  ...(written ? [written.send] : []),
  ...wish,
  ...echoes.acks,
];

function drawForMe(said) {
  show(el("nothing-for-me"), !said.length);
  const there = new Map([...el("for-me").children].map((row) => [row.dataset.echo, row]));
  const rows = said.map(({ id, text }) => {
    const row = there.get(id) ?? document.createElement("li");
    row.dataset.echo = id;
    write(row, text);
    return row;
  });
  el("for-me").replaceChildren(...rows);
}

function drawReply({ replies, person, reply_hint: hint }) {
  const form = el("reply");
  if (form.elements.person.value !== person) form.elements.words.value = "";
  form.elements.person.value = person;
  show(form, replies);
  write(el("reply-hint"), hint);
}

export function drawEchoes(board) {
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
