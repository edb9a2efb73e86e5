// Pictures on this page, if anybody shows one. None is shown or sent here before its reader presses
// "Show video", and none of oneself before that is chosen.

const SELF_KEY = "self-view";

/** Only ever called by "Turn camera on". */
export async function openCamera() {
  const video = { width: { ideal: 320 }, height: { ideal: 180 }, frameRate: { max: 15 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video });
  return stream.getVideoTracks()[0];
}

const el = (id) => document.getElementById(id);

/** `watch(wanted)` lets pictures be shown here, or not; `said` holds the sentences. */
export function createPictures({ me, said, watch, onChange }) {
  const tracks = new Map();
  const hidden = new Set(); // by my own press, for this page
  let names = new Map();
  let seen = [];
  let watching = false;
  let allowed = true;
  let mine = null;
  let self = sessionStorage.getItem(SELF_KEY) === "yes";

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
    const there = el("tiles").querySelector(`figure[data-person="${person}"]`);
    if (!track) return there?.remove();
    const figure = there ?? tile(person, words);
    const video = figure.querySelector("video");
    if (video.srcObject?.getVideoTracks()[0] !== track) video.srcObject = new MediaStream([track]);
    if (!there) el("tiles").append(figure);
    return figure;
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
    sessionStorage.setItem(SELF_KEY, self ? "yes" : "no");
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
    hide(person, away) {
      if (away) hidden.add(person);
      else hidden.delete(person);
      draw();
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
