"""Real browsers, real connections: who is heard, and who isn't, whatever they send.

The server here only shows boards and passes signals on, so that what is tested is the page's own
modules and nothing else.
"""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, request
from flask_socketio import SocketIO, join_room
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from community.live.rules.signals import Signal, checked
from tests.browser.hostile import Hostile
from tests.browser.seated import until
from tests.browser.tones import CONNECTIONS, expect_to_hear, give_voice, listen

pytestmark = pytest.mark.browser

ANA, BEN, CY, EVE = (str(UUID(int=number)) for number in (0xA, 0xB, 0xC, 0xE))
TONES = {ANA: 440, BEN: 660, CY: 880, EVE: 1250}
PEOPLE = (ANA, BEN, CY)

PAGE = """<!doctype html><title>Circle</title><div id="voices"></div><div id="pictures"></div>
<script type="module">
  import { ask, socket } from "/static/js/core/socket.js";
  import { openCamera, openMicrophone } from "/static/js/live/device.js";
  import { createMesh } from "/static/js/live/mesh.js";
  const me = new URLSearchParams(location.search).get("me");
  const mesh = createMesh({
    me,
    ticket: () => ({}),
    send: (signal) => ask("signals", { signals: [signal] }),
    voices: document.getElementById("voices"),
    onBlocked: () => (document.title = "blocked"),
    onPicture: (person, track) => {
      document.getElementById(`of-${person}`)?.remove();
      if (!track) return;
      const video = Object.assign(document.createElement("video"), { id: `of-${person}` });
      Object.assign(video, { muted: true, autoplay: true, srcObject: new MediaStream([track]) });
      document.getElementById("pictures").append(video);
    },
  });
  window.mesh = mesh;
  window.turnCameraOn = async () => mesh.setCamera(await openCamera());
  mesh.setMicrophone(await openMicrophone());
  addEventListener("online", () => mesh.restart());
  socket.on("board", (board) => mesh.update(board));
  socket.on("signal", ({ from, data }) => mesh.signal(from, data));
  socket.on("connect", async () => mesh.update(await ask("enter", { me })));
</script>"""


class Circle:
    """A board that the test writes, and a server that keeps to it."""

    def __init__(self) -> None:
        self.connected: list[str] = []
        self.heard: list[str] = []
        self.seen: list[str] = []
        self.smooth = False
        app = Flask("circle", static_folder=Path(__file__).parents[2] / "static")
        app.add_url_rule("/", view_func=lambda: PAGE)
        self.sockets = SocketIO(app, async_mode="threading")
        self.sockets.on_event("enter", self.enter)
        self.sockets.on_event("signals", self.signals)
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.port}"
        self.people: dict[str, str] = {}
        self.described: list[str] = []

    def enter(self, payload: dict[str, Any]) -> dict[str, Any]:
        me = payload["me"]
        self.people[request.sid] = me  # type: ignore[attr-defined]
        join_room(me)
        if me not in self.connected:
            self.connected.append(me)
        self.show()
        return self.board

    def signals(self, payload: dict[str, Any]) -> None:
        for each in payload["signals"]:
            self.pass_on(checked(each, relay_only=False))

    def pass_on(self, signal: Signal) -> None:
        sender = self.people[request.sid]  # type: ignore[attr-defined]
        if "description" in signal.data:
            self.described.append(signal.data["description"]["sdp"])
        if {sender, str(signal.to)} <= set(self.connected):
            self.sockets.emit("signal", {"from": sender, "data": signal.data}, to=str(signal.to))

    @property
    def board(self) -> dict[str, Any]:
        return {
            "connected": self.connected,
            "heard": self.heard,
            "seen": self.seen,
            "smooth": self.smooth,
        }

    def show(self) -> None:
        for person in self.connected:
            self.sockets.emit("board", self.board, to=person)

    def hear(self, *heard: str) -> None:
        self.heard = list(heard)
        self.show()

    def look_at(self, *seen: str) -> None:
        self.seen = list(seen)
        self.show()

    def cut_off(self, person: str) -> None:
        """As when somebody is removed, only that here their page isn't even told."""
        self.connected.remove(person)
        self.show()


@pytest.fixture
def circle() -> Iterator[Circle]:
    circle = Circle()
    thread = threading.Thread(target=circle.server.serve_forever, daemon=True)
    thread.start()
    yield circle
    circle.server.shutdown()
    thread.join()
    circle.server.server_close()


@pytest.fixture
def pages(circle: Circle, browser: Browser) -> Iterator[dict[str, Page]]:
    """Ana, Ben and Cy, each in a browser of their own."""
    contexts = {person: browser.new_context() for person in PEOPLE}
    pages = {}
    for person, context in contexts.items():
        give_voice(context, TONES[person])
        pages[person] = context.new_page()
        pages[person].goto(f"{circle.url}/?me={person}")
    yield pages
    for context in contexts.values():
        context.close()


@pytest.fixture
def eve(circle: Circle, pages: dict[str, Page]) -> Iterator[Hostile]:
    """Eve, connected with everybody, sending all the time."""
    entry = ("enter", {"me": EVE})
    with Hostile(circle.url, EVE, TONES[EVE], cookie="", enter=entry, address={}) as eve:
        for person in PEOPLE:
            eve.greet(person)
        yield eve


# A picture that is shown moves; one that isn't has no element at all.
SHOWS = """
(people) => {
  const videos = [...document.querySelectorAll("video")];
  return videos.length === people.length
    && people.every((each) => document.getElementById(`of-${each}`)?.currentTime > 0);
}
"""


def sees(page: Page, *people: str) -> None:
    """This page shows pictures of exactly these people, and they move."""
    page.wait_for_function(SHOWS, arg=list(people))


def everybody_hears(pages: dict[str, Page], holder: str | None) -> None:
    """Each page plays the holder, and nobody else, and nobody hears themselves."""
    heard = [{holder: TONES[holder]} if holder not in (me, None) else {} for me in pages]
    for page, expected in zip(pages.values(), heard, strict=True):
        expect_to_hear(page, expected)
    for played, expected in zip(listen(pages.values()), heard, strict=True):
        assert set(played) <= set(expected)


@pytest.mark.thorough
@pytest.mark.holds("circle:5", "promise:3")
def test_each_turn_the_others_hear_the_holder_and_nobody_else(
    circle: Circle, pages: dict[str, Page], eve: Hostile
) -> None:
    for holder in (EVE, *PEOPLE, None):  # Eve first: so we know that she is sending all the time
        circle.hear(*filter(None, [holder]))
        everybody_hears(pages, holder)
        assert eve.overhears(*({holder} & set(PEOPLE)))  # the others send her nothing at all


@pytest.mark.holds("circle:5", "promise:3")
def test_whoever_is_cut_off_is_silent_and_hears_silence(
    circle: Circle, pages: dict[str, Page], eve: Hostile
) -> None:
    circle.hear(ANA, BEN, EVE)
    expect_to_hear(pages[BEN], {ANA: TONES[ANA], EVE: TONES[EVE]})
    expect_to_hear(pages[CY], {person: TONES[person] for person in (ANA, BEN, EVE)})
    circle.cut_off(EVE)
    expect_to_hear(pages[CY], {ANA: TONES[ANA], BEN: TONES[BEN]})
    assert eve.is_cut_off()
    circle.cut_off(BEN)
    expect_to_hear(pages[CY], {ANA: TONES[ANA]})
    expect_to_hear(pages[BEN], {})
    for person in PEOPLE:
        eve.greet(person)
    ana, ben, cy = listen(pages.values())
    assert (ana, ben) == ({}, {})
    assert set(cy) <= {ANA}


def test_a_page_that_is_loaded_anew_hears_and_is_heard_again(
    circle: Circle, pages: dict[str, Page]
) -> None:
    """The first by id and the last: one makes the offers, the other waits for them."""
    circle.hear(BEN)
    everybody_hears(pages, BEN)
    for person in (ANA, CY):
        pages[person].reload()
        everybody_hears(pages, BEN)
        circle.hear(person)
        everybody_hears(pages, person)
        circle.hear(BEN)


def test_a_turn_goes_on_when_everybody_changes_networks_at_once(
    circle: Circle, pages: dict[str, Page]
) -> None:
    circle.hear(ANA)
    everybody_hears(pages, ANA)
    for page in pages.values():
        page.evaluate("dispatchEvent(new Event('online'))")
    everybody_hears(pages, ANA)
    circle.hear(CY)
    everybody_hears(pages, CY)


@pytest.mark.thorough
@pytest.mark.holds("promise:4", "circle:5")
def test_only_who_may_be_seen_is_sent_and_shown_and_only_to_who_looks(
    circle: Circle, pages: dict[str, Page], eve: Hostile
) -> None:
    """Eve sends her picture to everybody, all the time."""
    circle.hear(EVE)
    everybody_hears(pages, EVE)
    pages[ANA].evaluate("turnCameraOn()")
    for person in (BEN, CY):
        pages[person].evaluate("mesh.watch(true)")
    circle.look_at(EVE)  # first: so we know that she sends
    sees(pages[CY], EVE)
    assert eve.watches()
    circle.look_at(ANA)
    sees(pages[BEN], ANA)
    sees(pages[CY], ANA)
    assert eve.watches(ANA)
    pages[CY].evaluate("mesh.watch(false)")
    sees(pages[CY])
    circle.look_at()
    sees(pages[BEN])
    assert eve.watches()


RATES = """
() => connections
  .flatMap((each) => each.getSenders())
  .filter(({ track }) => track?.kind === "video")
  .map((sender) => [sender.track.contentHint, sender.getParameters().encodings[0].maxFramerate])
"""


@pytest.fixture
def seen(circle: Circle, browser: Browser) -> Iterator[Page]:
    """Ana’s page. Ben hears her, and looks at her."""
    pages = {}
    for person in (ANA, BEN):
        context = browser.new_context()
        context.add_init_script(CONNECTIONS)
        give_voice(context, TONES[person])
        pages[person] = context.new_page()
        pages[person].goto(f"{circle.url}/?me={person}")
    circle.hear(ANA)
    expect_to_hear(pages[BEN], {ANA: TONES[ANA]})
    pages[ANA].evaluate("turnCameraOn()")
    circle.look_at(ANA)
    yield pages[ANA]
    for page in pages.values():
        page.context.close()


def sends_frames(page: Page, most: int) -> None:
    until(page, f"async () => JSON.stringify(({RATES})()) === '[[\"motion\",{most}]]'")


@pytest.mark.holds("raur:1a")
def test_whoever_may_sign_is_sent_with_every_movement(circle: Circle, seen: Page) -> None:
    sends_frames(seen, 15)
    circle.smooth = True
    circle.show()
    sends_frames(seen, 24)


def test_from_seven_people_on_whoever_is_seen_sends_smaller_pictures(
    circle: Circle, seen: Page
) -> None:
    others = [str(UUID(int=number)) for number in range(1, 6)]
    circle.connected += others[:4]
    circle.show()
    sends_frames(seen, 15)
    circle.connected.append(others[4])
    circle.show()
    sends_frames(seen, 10)
    circle.connected.remove(others[4])
    circle.show()
    sends_frames(seen, 15)


def take_the_floor(circle: Circle, pages: dict[str, Page], holder: str) -> None:
    circle.look_at(holder)
    circle.hear(holder)
    everybody_hears(pages, holder)
    for person in PEOPLE:
        if person != holder:
            sees(pages[person], holder)


OFFERS = """
() => {
  window.offers = 0;
  const describe = RTCPeerConnection.prototype.setLocalDescription;
  RTCPeerConnection.prototype.setLocalDescription = function (...rest) {
    offers += 1;
    return describe.apply(this, rest);
  };
}
"""


def test_a_turn_with_voice_and_picture_negotiates_nothing(
    circle: Circle, pages: dict[str, Page]
) -> None:
    for page in pages.values():
        page.evaluate("turnCameraOn()")
        page.evaluate("mesh.watch(true)")
    for holder in PEOPLE:
        take_the_floor(circle, pages, holder)
    for page in pages.values():
        page.evaluate(OFFERS)
    for holder in PEOPLE:
        take_the_floor(circle, pages, holder)
    assert [page.evaluate("offers") for page in pages.values()] == [0, 0, 0]


# The order in which this page puts tracks on its lines, and limits what is sent there.
IN_ORDER = """
window.put = []
window.limited = []
const { replaceTrack, setParameters } = RTCRtpSender.prototype
RTCRtpSender.prototype.replaceTrack = function (track) {
  if (track) put.push(track.kind)
  return replaceTrack.call(this, track)
}
RTCRtpSender.prototype.setParameters = function (parameters) {
  const [{ receiver }] = connections
    .flatMap((each) => each.getTransceivers())
    .filter(({ sender }) => sender === this)
  limited.push(receiver.track.kind)
  return setParameters.call(this, parameters)
}
"""


@pytest.fixture
def comes(circle: Circle, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """The page of somebody who comes now, with a camera that is on. It notes what goes first."""
    contexts = []

    def come(person: str) -> Page:
        contexts.append(browser.new_context())
        contexts[-1].add_init_script(CONNECTIONS + IN_ORDER)
        give_voice(contexts[-1], TONES[person])
        page = contexts[-1].new_page()
        page.goto(f"{circle.url}/?me={person}")
        page.wait_for_function("window.turnCameraOn")
        page.evaluate("turnCameraOn()")
        return page

    yield come
    for context in contexts:
        context.close()


def test_in_a_turn_the_voice_goes_to_everybody_before_the_picture_goes_to_anybody(
    circle: Circle, comes: Callable[[str], Page]
) -> None:
    pages = {person: comes(person) for person in PEOPLE}
    codes(pages)  # until each line is there
    circle.seen = [BEN]
    circle.hear(BEN)
    everybody_hears(pages, BEN)
    assert until(pages[BEN], "() => put.length >= 4 && put") == ["audio"] * 2 + ["video"] * 2


@pytest.mark.parametrize("holder", [ANA, BEN])  # one makes the offers, the other waits for them
def test_a_line_that_is_made_in_a_turn_has_the_voice_first_and_the_picture_after_it(
    circle: Circle, comes: Callable[[str], Page], holder: str
) -> None:
    (other,) = {ANA, BEN} - {holder}
    page = comes(holder)
    circle.seen = [holder]
    circle.hear(holder)
    expect_to_hear(comes(other), {holder: TONES[holder]})
    assert until(page, "() => limited.length >= 2 && limited") == ["audio", "video"]
    assert page.evaluate("put") == ["audio", "video"]
    for said in circle.described:
        assert re.findall(r"(?m)^m=(\w+)", said) == ["audio", "video"]


# How loud one person is, once a change has settled.
LOUDNESS = """
async (person) => {
  const context = new AudioContext();
  const ear = new AnalyserNode(context, { fftSize: 4096 });
  const { srcObject } = document.querySelector(`audio[data-person="${person}"]`);
  context.createMediaStreamSource(srcObject).connect(ear);
  const wave = new Float32Array(ear.fftSize);
  const settled = new ConstantSourceNode(context, { offset: 0 });
  settled.start();
  settled.stop(context.currentTime + 0.5);
  await new Promise((done) => (settled.onended = done));
  ear.getFloatTimeDomainData(wave);
  await context.close();
  return Math.hypot(...wave) / Math.sqrt(wave.length);
}
"""


def steady(page: Page) -> float:
    """How loud Ana is, once it is measured twice alike: a busy machine drops some of a sound."""
    before, now = 0.0, page.evaluate(LOUDNESS, ANA)
    while now != pytest.approx(before, rel=0.05):
        before, now = now, page.evaluate(LOUDNESS, ANA)
    return float(now)


@pytest.mark.thorough
@pytest.mark.holds("F:F64")
def test_a_voice_can_be_louder_or_silent_for_one_listener_only(
    circle: Circle, pages: dict[str, Page]
) -> None:
    circle.hear(ANA)
    everybody_hears(pages, ANA)
    usual = steady(pages[BEN])
    for share in (2, 0.5, 1):
        pages[BEN].evaluate("([ana, share]) => mesh.setVolume(ana, share)", [ANA, share])
        expect_to_hear(pages[BEN], {ANA: TONES[ANA]})
        assert steady(pages[BEN]) == pytest.approx(share * usual, rel=0.1)
    pages[BEN].evaluate("(ana) => mesh.setVolume(ana, 0)", ANA)
    expect_to_hear(pages[BEN], {})
    expect_to_hear(pages[CY], {ANA: TONES[ANA]})
    pages[ANA].reload()  # what was chosen is kept for whoever comes back
    expect_to_hear(pages[CY], {ANA: TONES[ANA]})
    expect_to_hear(pages[BEN], {})


CODE = "(person) => mesh.code(person)"
PAIRS = ((ANA, BEN), (ANA, CY), (BEN, CY))


def codes(pages: dict[str, Page]) -> list[tuple[str, str]]:
    """The number of each line at both its ends, once there is one."""
    return [
        tuple(until(pages[one], CODE, other) for one, other in (pair, pair[::-1])) for pair in PAIRS
    ]


def test_both_ends_of_a_line_have_the_same_number_and_no_two_lines_do(
    circle: Circle, pages: dict[str, Page]
) -> None:
    numbers = codes(pages)
    assert len({one for one, _ in numbers}) == len(PAIRS)
    for one, other in numbers:
        assert one == other
        assert re.fullmatch(r"(\d{3} ){3}\d{3}", one)


def test_everybody_asks_for_one_channel_and_for_pauses_without_packets(
    circle: Circle, pages: dict[str, Page]
) -> None:
    codes(pages)  # until each line is there
    assert len(circle.described) >= 6  # an offer and an answer for each pair
    for said in circle.described:
        opus = re.search(r"a=rtpmap:(\d+) opus/", said)
        assert opus
        (wishes,) = (line for line in said.splitlines() if "usedtx=1" in line)
        assert wishes.startswith(f"a=fmtp:{opus[1]} ")
        assert "stereo=0" in wishes
