// Who's here, as this device hears and sees them: how loud each person is, whether they are shown, the
// number that both can compare, which loudspeaker and microphone, and what to do where sound comes
// through badly. All of it is this page's own affair.

import { isHeld } from "./board.js";
import { loudspeaker } from "./device.js";
import { keep, recall } from "./kept.js";
import { moveOut } from "./own.js";
import { announce } from "./telling.js";

const el = (id) => document.getElementById(id);

const STEP = 0.2;
const MOST = 3;

/** `voices` and `pictures` of this page; `said` holds the sentences. */
export function createHearing({ said, voices, pictures, notice }) {
  const volumes = new Map(recall("volumes", [])); // 1 for whoever isn't in it
  const muted = new Set(recall("muted", []));
  const template = el("here-row");
  let here = [];
  let listening = 0; // so many more, in a gathering
  let seen = [];
  let places = new Map(); // in the order, of whoever is in it

  const write = (row, name, words) => {
    const place = row.querySelector(`[data-${name}]`);
    if (place.textContent !== words) place.textContent = words;
  };
  const about = (sentence, { name }) => sentence.replace("{name}", name);
  const loud = ({ id }) => volumes.get(id) ?? 1;

  function statusOf({ id, status }) {
    if (!places.has(id)) return status;
    return said.in_order.replace("{status}", () => status).replace("{place}", places.get(id));
  }

  function set(person, share) {
    volumes.set(person.id, Math.min(MOST, Math.max(0, Math.round(share / STEP) * STEP)));
    muted.delete(person.id);
    tell(person);
  }

  const pass = (person) => voices.mesh.setVolume(person.id, muted.has(person.id) ? 0 : loud(person));

  function tell(person) {
    keep("volumes", [...volumes]);
    keep("muted", [...muted]);
    pass(person);
    draw();
  }

  function make(person) {
    const row = template.content.firstElementChild.cloneNode(true);
    row.dataset.person = person.id;
    const press = (name, work) =>
      row.querySelector(`[data-press="${name}"]`).addEventListener("click", () => {
        work(here.find((each) => each.id === person.id));
      });
    press("softer", (now) => set(now, loud(now) - STEP));
    press("louder", (now) => set(now, loud(now) + STEP));
    press("mute", (now) => {
      if (!muted.delete(now.id)) muted.add(now.id);
      tell(now);
    });
    press("hide", (now) => {
      pictures.hide(now.id, !pictures.isHidden(now.id));
      draw();
    });
    press("pin", (now) => {
      pictures.pin(pictures.isPinned(now.id) ? "" : now.id);
      draw();
    });
    press("move", (now) => {
      if (!pictures.move(now.id)) notice(said.window_blocked);
      draw();
    });
    return row;
  }

  async function drawRow(row, person) {
    write(row, "name", person.name);
    write(row, "status", statusOf(person));
    row.querySelector("[data-own]").hidden = person.me;
    if (person.me) return;
    const percent = Math.round((muted.has(person.id) ? 0 : loud(person)) * 100);
    write(row, "volume", about(said.voice_of, person).replace("{percent}", percent));
    write(row, "softer", about(said.softer, person));
    write(row, "louder", about(said.louder, person));
    const mute = muted.has(person.id) ? said.hear_again : said.mute_for_me;
    write(row, "mute", about(mute, person));
    const isHidden = pictures.isHidden(person.id);
    write(row, "hide", about(isHidden ? said.show_video_of : said.hide_video_of, person));
    write(row, "pin", about(pictures.isPinned(person.id) ? said.unpin : said.pin, person));
    write(row, "move", about(pictures.isMoved(person.id) ? said.move_home : said.move_out, person));
    row.querySelector('[data-press="hide"]').hidden =
      !pictures.isWatching() || !seen.includes(person.id);
    const isShown = pictures.isShown(person.id);
    row.querySelector('[data-press="pin"]').hidden = !isShown;
    row.querySelector('[data-press="move"]').hidden = !isShown && !pictures.isMoved(person.id);
    const code = await voices.mesh.code(person.id);
    row.querySelector("[data-code]").hidden = !code;
    write(row, "code", about(said.code_with, person).replace("{code}", code));
  }

  function draw() {
    el("here-count").textContent = here.length + listening;
    const rows = new Map([...el("here").children].map((row) => [row.dataset.person, row]));
    for (const [id, row] of rows) if (!here.some((person) => person.id === id)) row.remove();
    for (const person of here) {
      const row = rows.get(person.id) ?? make(person);
      if (!row.isConnected) el("here").append(row);
      drawRow(row, person);
    }
  }

  async function fill(id, kind) {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const known = devices.filter((each) => each.kind === kind && each.deviceId && each.label);
    const list = el(id);
    const chosen = list.value || (kind === "audiooutput" ? loudspeaker() : voices.wanted().device);
    list.replaceChildren(
      new Option(said.usual_device, ""),
      ...known.map((each) => new Option(each.label, each.deviceId)),
    );
    list.value = known.some((each) => each.deviceId === chosen) ? chosen : "";
  }

  async function fillBoth() {
    if (!navigator.mediaDevices) return;
    await fill("microphones", "audioinput");
    if (!("setSinkId" in HTMLMediaElement.prototype)) return;
    el("speaker-part").hidden = false;
    await fill("speakers", "audiooutput");
  }

  el("hearing").addEventListener("toggle", fillBoth);
  for (const id of new Set([...volumes.keys(), ...muted])) pass({ id });
  voices.mesh.setSpeaker(loudspeaker());
  el("processed").checked = voices.wanted().processed;
  el("speakers").addEventListener("change", ({ target }) => {
    voices.mesh.setSpeaker(loudspeaker(target.value));
  });
  el("microphones").addEventListener("change", ({ target }) => {
    voices.choose({ device: target.value });
  });
  el("processed").addEventListener("change", ({ target }) => {
    voices.choose({ processed: target.checked });
    notice(target.checked ? said.processed_on : said.processed_off);
  });

  return {
    /** The newest board; nothing else says who is here. */
    update(board) {
      if (isHeld()) return;
      here = board.here;
      seen = board.seen;
      places = new Map(board.order.map(({ id }, n) => [id, n + 1]));
      listening = board.listening;
      el("listening").hidden = !listening;
      el("listening").textContent = board.listening_words;
      draw();
    },
    draw,
  };
}

// Pictures, if anybody shows one. None is shown or sent here before its reader presses "Show video",
// and none of oneself before that is chosen.

/** `watch(wanted)` lets pictures be shown here, or not; `said` holds the sentences. */
export function createPictures({ me, said, watch, onChange }) {
  const tracks = new Map();
  const hidden = new Set(recall("hidden", [])); // by my own press, on this device
  let names = new Map(); // in the order of who's here, which is the same for everybody
  let seen = [];
  let watching = false;
  let allowed = true;
  let mine = null;
  let self = recall("self", false);
  let pinned = recall("pinned", ""); // whom this reader wants to look at, whoever has the floor
  const figures = new Map(); // each where it is shown: on this page, or in a window of its own
  const moved = new Map(); // by person: { room, comeHome }

  function tile(person, words) {
    const figure = document.createElement("figure");
    figure.dataset.person = person;
    const video = document.createElement("video");
    video.autoplay = video.muted = true;
    video.setAttribute("playsinline", "");
    video.setAttribute("aria-label", words);
    const caption = document.createElement("figcaption");
    caption.textContent = words;
    figure.append(video, caption);
    return figure;
  }

  function place(person, track, words) {
    const there = figures.get(person);
    if (!track) {
      there?.remove();
      figures.delete(person);
      return null;
    }
    const figure = there ?? tile(person, words);
    figures.set(person, figure);
    figure.classList.toggle("in-front", person === pinned);
    const video = figure.querySelector("video");
    if (video.srcObject?.getVideoTracks()[0] !== track) video.srcObject = new MediaStream([track]);
    if (!there && moved.has(person)) moved.get(person).room.append(figure);
    else if (!there) el("tiles").insertBefore(figure, after(person));
    return figure;
  }

  /** The first picture on this page of somebody who comes after them. */
  function after(person) {
    const order = [...names.keys()];
    const at = order.indexOf(person);
    const others = [...el("tiles").querySelectorAll(":scope > figure")];
    return others.find(({ dataset }) => order.indexOf(dataset.person) > at) ?? null;
  }

  /** Into a window of its own, where it stays whoever has the floor. False if none opens. */
  function moveAway(person) {
    const room = document.createElement("div");
    room.className = "tiles";
    room.append(figures.get(person));
    el("tiles").append(room);
    const title = said.picture_of.replace("{name}", names.get(person));
    const comeHome = moveOut({
      part: room,
      title,
      onHome() {
        moved.delete(person);
        room.replaceWith(...room.children);
        onChange();
      },
    });
    if (comeHome) moved.set(person, { room, comeHome });
    else room.replaceWith(...room.children);
    return Boolean(comeHome);
  }

  function draw() {
    const others = seen.filter((person) => person !== me);
    for (const person of new Set([...tracks.keys(), ...others])) {
      const shown = watching && !hidden.has(person) && others.includes(person);
      place(person, shown ? tracks.get(person) : null, names.get(person));
    }
    const figure = place(me, self ? mine : null, said.you);
    if (figure) figure.querySelector("video").dataset.self = "";
    el("pictures").hidden = !others.length && !mine;
    el("show-video").hidden = !others.length || !allowed;
    el("show-video").querySelector(".label").textContent = watching
      ? said.hide_all_video
      : said.show_video.replace("{count}", others.length);
    el("show-self").hidden = !mine;
    el("show-self").querySelector(".label").textContent = self ? said.hide_self : said.show_self;
  }

  function look(wanted) {
    watching = wanted && allowed;
    watch(watching);
    draw();
    onChange();
  }

  el("show-video").addEventListener("click", () => look(!watching));
  el("show-self").addEventListener("click", () => {
    self = !self;
    keep("self", self);
    draw();
  });

  return {
    /** Who may be seen, and what they are called. */
    update(board) {
      seen = board.seen;
      names = new Map(board.here.map((person) => [person.id, person.name]));
      draw();
    },

    /** What the mesh says is to be shown of somebody now. */
    take(person, track) {
      if (track) tracks.set(person, track);
      else tracks.delete(person);
      draw();
    },

    /** One's own camera, or null. */
    takeMine(track) {
      mine = track;
      draw();
    },

    /** May somebody be shown here one by one? */
    isWatching: () => watching,
    isHidden: (person) => hidden.has(person),
    isShown: (person) => figures.has(person),
    hide(person, away) {
      if (away) hidden.add(person);
      else hidden.delete(person);
      keep("hidden", [...hidden]);
      draw();
    },

    /** One at a time may stay in front, large, until its reader lets it go back. */
    isPinned: (person) => person === pinned,
    pin(person) {
      pinned = person;
      keep("pinned", pinned);
      draw();
    },

    /** Is it in a window of its own? `move` takes it there or brings it back; false if it can't. */
    isMoved: (person) => moved.has(person),
    move(person) {
      if (!moved.has(person)) return moveAway(person);
      moved.get(person).comeHome();
      return true;
    },

    /** Is any picture sent or shown here? */
    isInUse: () => watching || Boolean(mine),

    /** Without pictures on this device, by one's own press, until that is undone. */
    allow(yes) {
      allowed = yes;
      look(false);
    },
  };
}

// When sound comes through badly, the page says so and offers two ways to go on, each by a press
// and each with a way back: audio only, then text only on this device. It changes nothing itself,
// and stays until it is put away; what it says stays true.

const LOOK_MS = 2000;
const TIMES = 3; // in a row, so that one bad moment is no news
const LOST = 0.12; // of a voice; below this it can still be followed

/**
 * @param people () => ids of those whose line should be up
 * @param condition (ids) => {lines, failing, lost}, from the mesh
 * @param pictures see above
 * @param onTextOnly (only) => press for text only, or for sound again
 * @param onAudioOnly () => close one's own camera
 */
export function createWeak({ said, people, condition, pictures, onTextOnly, onAudioOnly }) {
  let told = ""; // "weak", or "well" when that is over; "" once it is put away
  let looks = 0; // in a row that found it otherwise
  let audioOnly = false;
  let textOnly = false;

  function draw() {
    const news = (textOnly && "text_only") || told || (audioOnly && "audio_only");
    el("weak").hidden = !news;
    const words = news ? said[news] : "";
    if (words && words !== el("weak-words").textContent) announce(words);
    el("weak-words").textContent = words;
    el("audio-only").hidden = textOnly || audioOnly || !pictures.isInUse();
    el("text-only").hidden = textOnly || !told;
    el("weak-later").hidden = textOnly || !told;
    el("try-video").hidden = textOnly || !audioOnly;
    el("try-sound").hidden = !textOnly;
  }

  const on = (id, work) =>
    el(id).addEventListener("click", () => {
      [looks, told] = [0, ""];
      work();
      draw();
    });

  on("weak-later", () => {});
  on("audio-only", () => {
    audioOnly = true;
    pictures.allow(false);
    onAudioOnly();
  });
  on("try-video", () => {
    audioOnly = false;
    pictures.allow(true);
  });
  on("text-only", () => onTextOnly(true));
  on("try-sound", () => onTextOnly(false));

  const looking = setInterval(async () => {
    const { lines, failing, lost } = await condition(people());
    const isBad = !textOnly && ((lines > 0 && 2 * failing > lines) || lost > LOST);
    const found = isBad ? "weak" : told && "well";
    looks = found === told ? 0 : looks + 1;
    if (looks < TIMES) return;
    [looks, told] = [0, found];
    draw();
  }, LOOK_MS);

  return {
    /** Is this device on text only by now, as its owner pressed? */
    update(only) {
      if (only === textOnly) return;
      textOnly = only;
      if (!only) announce(said.with_sound);
      draw();
    },

    close: () => clearInterval(looking),
  };
}
