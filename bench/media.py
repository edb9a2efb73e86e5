"""P12 and P13: voices in real browsers, from a press until they are heard.

Beside each, in the same browser, the same without us. For a turn that is `replaceTrack` on the very
connections that our page has made. For coming in it is a page that is there already, finds as many
others over a bare socket server, and asks nobody whether it may.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
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
from community.calls.rules.call import MOST_SEATS
from community.core.actor import Actor
from community.core.clock import SystemClock
from config import ROOT
from tests.browser.seated import Seated
from tests.browser.site import window
from tests.browser.tones import CHROMIUM, LAUNCH, VOICE

PEOPLE = 8  # in the circle; for P13 before the newcomer
FULL = 12  # as many as it takes without a media server
Cookie = dict[str, str]

TURNS = 5  # a round; the slowest counts
TURN_MOST, JOIN_MOST = 3, 4
HERTZ = 440

# `lines` is every connection of a page. `heard(played)` is when the page first hears anything:
# from its loudspeakers, or on the line whether or not it plays it. `isJoined(others)` is when it is
# connected both ways with so many and plays somebody. What never comes ends the bench.
EARS = """
(() => {
  window.lines = [];
  let context = null; // a browser has only so many, and most pages listen to nothing
  const ears = new WeakMap();
  const ear = (stream) => {
    if (!ears.has(stream)) {
      context ??= new AudioContext();
      const node = new AnalyserNode(context, { fftSize: 512 });
      context.createMediaStreamSource(stream).connect(node);
      ears.set(stream, node);
    }
    return ears.get(stream);
  };
  const isLoud = (stream) => {
    const wave = new Float32Array(512);
    ear(stream).getFloatTimeDomainData(wave);
    return Math.hypot(...wave) / Math.sqrt(wave.length) > 0.01;
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...rest) {
      super(...rest);
      lines.push(this);
      this.addEventListener("track", ({ track }) => {
        if (track.kind === "audio") this.heard = new MediaStream([track]);
      });
    }
  };
  window.instant = () => performance.timeOrigin + performance.now();
  window.open_ = () => lines.filter((line) => line.connectionState !== "closed");
  const playing = (audio) => audio.srcObject && !audio.muted && !audio.paused;
  window.hears = (played) => played
    ? [...document.querySelectorAll("audio")].some((a) => playing(a) && isLoud(a.srcObject))
    : open_().some((line) => line.heard && isLoud(line.heard));
  const until = (is) => new Promise((done, fail) => {
    const end = instant() + 60_000;
    const look = () => {
      if (is()) done(instant());
      else if (instant() > end) fail(new Error(lines.map((line) => line.connectionState)));
      else setTimeout(look, 2);
    };
    look();
  });
  // Our page lets no sound out of a line whose person isn't heard.
  window.listen = (on) => open_().forEach((line) => {
    line.heard.getTracks()[0].enabled = on;
  });
  window.heard = (played) => until(() => hears(played));
  window.silent = (played) => until(() => !hears(played));
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


@dataclass(frozen=True)
class Circle:
    """A circle in real browsers: the facilitator, the speaker, and who listens."""

    browser: Browser
    pages: Sequence[Page]
    lobby: str
    last: Cookie  # of the last who has a seat; without a page, unless there is one for everybody


@contextmanager
def _circle(folder: Path, people: int) -> Iterator[Circle]:
    """The first of the members speaks."""
    with ExitStack() as stack:
        made = stack.enter_context(store(folder / "media.db", 0, begins=SystemClock().now()))
        served = stack.enter_context(serving("ours", made.app.config["SQLALCHEMY_DATABASE_URI"]))
        members = [made.make.member(f"Seated {number}") for number in range(people)][:MOST_SEATS]
        soon = timedelta(minutes=10)
        call_id = made.make.call(
            made.group_id, made.host, seats=MOST_SEATS, starts_in=soon, seated=members
        )
        lose_letters(made)
        cookies = [_cookie(made, each, served.address) for each in (made.host, *members)]
        lobby = f"{served.address}/calls/{call_id}/lobby"
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        stack.callback(browser.close)
        pages = [_open(browser, cookie) for cookie in cookies[:people]]
        for page in pages:
            page.goto(lobby)
            page.evaluate(JOIN)
            page.wait_for_selector("#cue")
        host, speaker = pages[:2]
        leads, turn = Seated("", host, "", HERTZ), Seated("", speaker, "", HERTZ)
        leads.press("Start the circle")
        leads.press("Begin the round")
        turn.press("Start my turn")
        _all([host, *pages[2:]], "heard(true)")
        yield Circle(browser, pages, lobby, cookies[-1])


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
    return context.new_page()


def _press(page: Page, name: str, **fields: object) -> tuple[float, int]:
    """When it was pressed, and the version that came of it."""
    began, version = page.evaluate(PRESS, [name, fields])
    return float(began), int(version or 0)


def p12(folder: Path) -> dict[str, list[Figure]]:
    """The slowest of each round, from the press to the last ear."""
    return {"P12": [_turn(folder, people) for people in (PEOPLE, FULL)]}


def _turn(folder: Path, people: int) -> Figure:
    within = folder / str(people)
    within.mkdir()
    with _circle(within, people) as circle:
        speaker, listeners = circle.pages[1], [circle.pages[0], *circle.pages[2:]]
        _, seen = _press(speaker, "mic-on")  # it is: this says which version that is
        _, seen = _press(speaker, "finish", seen=seen)

        def ours() -> float:
            """The floor comes back to the speaker, and goes."""
            nonlocal seen
            _begin(listeners, "heard(true)")
            began, seen = _press(speaker, "take-back", seen=seen)
            took = max(_all(listeners, "came")) - began
            _, seen = _press(speaker, "finish", seen=seen)
            _all(listeners, "silent(true)")
            return took

        def bare() -> float:
            _all(listeners, "listen(true)")
            _begin(listeners, "heard(false)")
            began = float(speaker.evaluate(BARE_TURN, True))
            took = max(_all(listeners, "came")) - began
            speaker.evaluate(BARE_TURN, False)
            _all(listeners, "silent(false)")
            _all(listeners, "listen(false)")
            return took

        costs = in_turn({"ours": _slowest(ours), "bare": _slowest(bare)})
    return ratio(f"turn to last ear of {people}", costs["ours"], costs["bare"], TURN_MOST)


def p13(folder: Path) -> dict[str, list[Figure]]:
    """From the press until the newcomer is connected with everybody and hears the speaker."""
    with _circle(folder, PEOPLE) as circle, _bare_server() as address:
        newcomer = _open(circle.browser, circle.last)
        newcomer.add_init_script(
            f"if (location.pathname.startsWith('/circles/')) window.came = isJoined({PEOPLE})"
        )
        others = [_open(circle.browser) for _ in range(PEOPLE + 1)]
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

        costs = in_turn({"ours": ours, "bare": bare})
    return {"P13": [ratio("join to both ways", costs["ours"], costs["bare"], JOIN_MOST)]}


JOIN = """
() => {
  const began = instant();
  document.querySelector("button[form=join]").click();
  return began;
}
"""


def _slowest(turn: Callable[[], float]) -> Callable[[], float]:
    return lambda: max(turn() for _ in range(TURNS))


def _begin(pages: Sequence[Page], waits_for: str) -> None:
    for page in pages:
        page.evaluate(f"() => {{ window.came = {waits_for} }}")


def _all(pages: Sequence[Page], said: str) -> list[float]:
    return [float(page.evaluate(said) or 0) for page in pages]
