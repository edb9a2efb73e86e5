"""P12 and P13: voices in real browsers, from a press until they are heard.

Beside each, in the same browser, the same without us. For a turn that is `replaceTrack` on the very
connections that our page has made. For coming in it is a page that is there already, finds as many
others over a bare socket server, and asks nobody whether it may.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_socketio import SocketIO
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from bench.circle import serving
from bench.measure import Figure, in_turn, ratio
from bench.store import Store, lose_letters, session_of, store
from community.core.actor import Actor
from community.core.clock import SystemClock
from config import ROOT
from tests.browser.seated import Seated
from tests.browser.site import window
from tests.browser.tones import CHROMIUM, LAUNCH, VOICE

PEOPLE = 8  # in the circle; for P13 before the newcomer
FULL = 12  # as many as it takes without a media server
Cookie = dict[str, str]

ROUNDS = 5
TURNS = 5  # a round; the slowest counts
TURN_MOST, JOIN_MOST = 3, 4
HERTZ = 440
PATIENCE = 120_000  # ms: a busy machine is slow, not broken

# `lines` is every connection of a page. What comes by one is asked of its receiver, for many pages
# that listen to sound themselves leave no processor to measure with. `heard(played, who)` is when
# anybody, or `who`, comes out of the page's loudspeakers, or arrives whether or not it is played.
# `isJoined(others)` is when the page is connected both ways with so many and plays somebody. What
# never comes ends the bench.
EARS = """
(() => {
  window.lines = [];
  const receivers = new WeakMap(); // by track
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...rest) {
      super(...rest);
      lines.push(this);
      this.addEventListener("track", ({ track, receiver }) => receivers.set(track, receiver));
    }
  };
  window.instant = () => performance.timeOrigin + performance.now();
  window.open_ = () => lines.filter((line) => line.connectionState !== "closed");
  const trackOf = (audio) => audio.srcObject?.getAudioTracks()[0];
  const isLoud = (audio) =>
    receivers.get(trackOf(audio))?.getSynchronizationSources().some(
      ({ audioLevel, timestamp }) => audioLevel > 0.01 && instant() - timestamp < 60);
  const isPlaying = (audio) => !audio.muted && !audio.paused && trackOf(audio)?.enabled;
  const hears = (played, who) =>
    [...document.querySelectorAll(who ? `audio[data-person="${who}"]` : "audio")].some(
      (audio) => (!played || isPlaying(audio)) && isLoud(audio));
  const until = (is) => new Promise((done, fail) => {
    const end = instant() + 60_000;
    const look = () => {
      if (is()) done(instant());
      else if (instant() > end) fail(new Error(lines.map((line) => line.connectionState)));
      else setTimeout(look, 4);
    };
    look();
  });
  window.heard = (played, who) => until(() => hears(played, who));
  window.silent = (played, who) => until(() => !hears(played, who));
  window.isJoined = (others) => until(() => {
    const connected = open_().filter((line) => line.connectionState === "connected");
    return connected.length === others && hears(true);
  });
})();
"""

PRESS = """
async ([name, fields]) => {
  const main = document.querySelector('script[src$="live/main.js"]').src;
  const { ask } = await import(new URL("../core/socket.js", main));
  const { call_id } = JSON.parse(document.getElementById("setup").textContent);
  const began = instant();
  const answer = await ask(name, { call_id, event_id: crypto.randomUUID(), ...fields });
  if (!answer.ok) throw new Error(answer.reason.text);
  return [began, answer.board?.version];
}
"""

BARE_TURN = """
async (speaks) => {
  window.tone ??= (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0];
  const began = instant();
  for (const line of open_()) {
    const [place] = line.getTransceivers();
    place.sender.replaceTrack(speaks ? tone : null);
  }
  return began;
}
"""


BARE_PAGE = """<!doctype html><title>Bare</title>
<script type="module">
  import { io } from "/static/vendor/socket.io.esm.min.js";
  const socket = io({ transports: ["websocket"] });
  const ends = new Map();
  const speaks = new URLSearchParams(location.search).has("speaks");
  const voice = speaks && (await navigator.mediaDevices.getUserMedia({ audio: true }));
  const end = (far) => {
    if (ends.has(far)) return ends.get(far);
    const line = new RTCPeerConnection();
    ends.set(far, line);
    line.onicecandidate = ({ candidate }) => candidate && socket.emit("to", far, { candidate });
    line.ontrack = ({ streams, transceiver, track }) => {
      transceiver.direction = "sendrecv";
      if (speaks) transceiver.sender.replaceTrack(voice.getAudioTracks()[0]);
      const audio = Object.assign(new Audio(), { srcObject: new MediaStream([track]) });
      document.body.append(audio);
      audio.play();
    };
    return line;
  };
  socket.on("from", async (far, { description, candidate }) => {
    const line = end(far);
    if (candidate) return line.addIceCandidate(candidate);
    await line.setRemoteDescription(description);
    if (description.type !== "offer") return;
    await line.setLocalDescription();
    socket.emit("to", far, { description: line.localDescription });
  });
  socket.on("gone", (far) => {
    ends.get(far)?.close();
    ends.delete(far);
  });
  window.join = () => {
    const began = instant();
    socket.emit("others", async (others) => {
      for (const far of others) {
        const line = end(far);
        line.addTransceiver("audio");
        await line.setLocalDescription();
        socket.emit("to", far, { description: line.localDescription });
      }
    });
    return began;
  };
  await new Promise((done) => (socket.connected ? done() : socket.on("connect", done)));
  window.isReady = true;
</script>"""


@contextmanager
def _bare_server() -> Iterator[str]:
    """Passes on whatever one page says to another."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    app = Flask("bare", static_folder=ROOT / "static")
    app.add_url_rule("/", view_func=lambda: BARE_PAGE)
    sockets = SocketIO(app, async_mode="threading")
    here: list[str] = []

    def sid() -> str:
        return str(request.sid)  # type: ignore[attr-defined]

    def come() -> None:
        here.append(sid())

    def go(_: Any = None) -> None:
        here.remove(sid())
        sockets.emit("gone", sid())

    sockets.on_event("connect", come)
    sockets.on_event("disconnect", go)
    sockets.on_event("others", lambda: [each for each in here if each != sid()])
    sockets.on_event("to", lambda far, said: sockets.emit("from", (sid(), said), to=far))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


@dataclass
class Circle:
    """A circle in real browsers: the facilitator, the speaker, and who listens."""

    browser: Browser
    lobby: str
    speaker_id: str
    seated: Sequence[Cookie]  # of everybody who has a seat, the facilitator first
    pages: list[Page] = field(default_factory=list)
    version: int = 0  # as the speaker saw it last

    def fill(self, people: int) -> None:
        """Until so many are in."""
        for cookie in self.seated[len(self.pages) : people]:
            page = _open(self.browser, cookie)
            page.goto(self.lobby)
            page.evaluate(JOIN)
            page.wait_for_selector("#cue")
            self.pages.append(page)

    @property
    def speaker(self) -> Page:
        return self.pages[1]

    @property
    def listeners(self) -> list[Page]:
        return [self.pages[0], *self.pages[2:]]

    def begin(self) -> None:
        """The first of the members speaks, and everybody hears it."""
        host, speaker = (Seated("", page, "", HERTZ) for page in self.pages[:2])
        host.press("Start the circle")
        host.press("Begin the round")
        speaker.press("Start my turn")
        _all(self.listeners, "heard(true)")
        self.floor("mic-on")  # it is on; this says which version it is

    def floor(self, name: str, **fields: int) -> float:
        """The speaker presses this. When that was."""
        began, self.version = _press(self.speaker, name, **fields)
        return began


@contextmanager
def _circle(folder: Path) -> Iterator[Circle]:
    """As many seats as there may be, and nobody in yet."""
    with ExitStack() as stack:
        made = stack.enter_context(store(folder / "media.db", 0, begins=SystemClock().now()))
        served = stack.enter_context(serving("ours", made.app.config["SQLALCHEMY_DATABASE_URI"]))
        members = [made.make.member(f"Seated {number}") for number in range(FULL - 1)]
        soon = timedelta(minutes=10)
        call_id = made.make.call(
            made.group_id, made.host, seats=len(members), starts_in=soon, seated=members
        )
        lose_letters(made)
        cookies = [_cookie(made, each, served.address) for each in (made.host, *members)]
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        stack.callback(browser.close)
        lobby = f"{served.address}/calls/{call_id}/lobby"
        yield Circle(browser, lobby, str(members[0].id), cookies)


def _cookie(made: Store, person: Actor, address: str) -> Cookie:
    name, _, value = session_of(
        made.app, made.make.sign_in(person, made.app.test_client())
    ).partition("=")
    return {"name": name, "value": value, "url": address}


def _open(browser: Browser, cookie: Cookie | None = None) -> Page:
    context = window(browser)
    if cookie is not None:
        context.add_cookies([cookie])  # type: ignore[list-item]
    context.add_init_script(f"({VOICE})({HERTZ})")
    context.add_init_script(EARS)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def _press(page: Page, name: str, **fields: object) -> tuple[float, int]:
    """When it was pressed, and the version that came of it."""
    began, version = page.evaluate(PRESS, [name, fields])
    return float(began), int(version or 0)


def p12_p13(folder: Path) -> dict[str, list[Figure]]:
    """One circle for all of it, since most of the time goes to opening so many pages."""
    with _circle(folder) as circle:
        circle.fill(PEOPLE)
        circle.begin()
        joins = _join(circle)
        circle.floor("finish", seen=circle.version)
        turns = []
        for people in (PEOPLE, FULL):
            circle.fill(people)
            turns.append(_turn(circle))
    return {"P12": turns, "P13": [joins]}


def _turn(circle: Circle) -> Figure:
    """The slowest of each round, from the press to the last ear."""
    speaker, listeners, who = circle.speaker, circle.listeners, circle.speaker_id

    def ours() -> float:
        """The floor comes back to the speaker, and goes."""
        _begin(listeners, "heard", True, who)
        began = circle.floor("take-back", seen=circle.version)
        took = max(_all(listeners, "came")) - began
        circle.floor("finish", seen=circle.version)
        _all(listeners, f"silent(false, '{who}')")
        return took

    def bare() -> float:
        _begin(listeners, "heard", False, who)
        began = float(speaker.evaluate(BARE_TURN, True))
        took = max(_all(listeners, "came")) - began
        speaker.evaluate(BARE_TURN, False)
        _all(listeners, f"silent(false, '{who}')")
        return took

    costs = in_turn({"ours": _slowest(ours), "bare": _slowest(bare)}, ROUNDS)
    people = len(circle.pages)
    return ratio(f"turn to last ear of {people}", costs["ours"], costs["bare"], TURN_MOST)


def _join(circle: Circle) -> Figure:
    """From the press until the newcomer is connected with everybody and hears the speaker."""
    with ExitStack() as stack:
        address = stack.enter_context(_bare_server())
        newcomer = _open(circle.browser, circle.seated[-1])
        newcomer.add_init_script(
            f"if (location.pathname.startsWith('/circles/')) window.came = isJoined({PEOPLE})"
        )
        others = [_open(circle.browser) for _ in range(PEOPLE + 1)]
        for page in (newcomer, *others):
            stack.callback(page.context.close)
        for number, page in enumerate(others):
            page.goto(address + ("/?speaks" if number == 0 else ""))
            page.wait_for_function("() => window.isReady")
        bare_newcomer = others[-1]

        def ours() -> float:
            newcomer.goto(circle.lobby)
            began = float(newcomer.evaluate(JOIN))
            newcomer.wait_for_url("**/circles/**")
            took = float(newcomer.evaluate("came")) - began
            _press(newcomer, "leave")
            return took

        def bare() -> float:
            bare_newcomer.reload()
            bare_newcomer.wait_for_function("() => window.isReady")
            began = float(bare_newcomer.evaluate("join()"))
            return float(bare_newcomer.evaluate(f"isJoined({PEOPLE})")) - began

        costs = in_turn({"ours": ours, "bare": bare}, ROUNDS)
    return ratio("join to both ways", costs["ours"], costs["bare"], JOIN_MOST)


JOIN = """
() => {
  const began = instant();
  document.querySelector("button[form=join]").click();
  return began;
}
"""


def _slowest(turn: Callable[[], float]) -> Callable[[], float]:
    return lambda: max(turn() for _ in range(TURNS))


def _begin(pages: Sequence[Page], waits_for: str, *how: object) -> None:
    for page in pages:
        page.evaluate(f"(how) => {{ window.came = {waits_for}(...how) }}", how)


def _all(pages: Sequence[Page], said: str) -> list[float]:
    return [float(page.evaluate(said) or 0) for page in pages]
