"""The live line of the real server, to which anybody may send anything."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
import requests
from websocket import WebSocket, WebSocketBadStatusException, WebSocketException

from tests.browser.site import Site

NOBODY = "00000000-0000-7000-8000-000000000000"


class Person:
    """Somebody of the cast, signed in."""

    def __init__(self, site: Site, name: str, opened: ExitStack) -> None:
        self.site, self.opened = site, opened
        self.browser = opened.enter_context(requests.Session())
        self.post("/demo/cast", f"/demo/look-as/{name}")

    def get(self, path: str) -> str:
        answer = self.browser.get(self.site.url + path, timeout=10)
        answer.raise_for_status()
        return answer.text

    def post(self, page: str, to: str, **typed: str) -> None:
        token = re.search('name="csrf_token" value="([^"]+)"', self.get(page))
        assert token, page
        form = {"csrf_token": token[1], **typed}
        self.browser.post(self.site.url + to, data=form, timeout=10).raise_for_status()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in self.browser.cookies)

    def line(self, origin: str | None = None) -> "Line":
        return Line(self.site, self.cookie, origin or self.site.url, self.opened)


class Line:
    """A WebSocket that speaks as much Socket.IO as it needs, and else whatever it likes."""

    def __init__(self, site: Site, cookie: str, origin: str, opened: ExitStack) -> None:
        self.socket = WebSocket()
        opened.callback(self.socket.shutdown)
        self.socket.settimeout(10)
        address = site.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self.socket.connect(address, cookie=cookie, origin=origin)
        self.next("0")
        self.socket.send("40")
        self.next("40")

    def next(self, kind: str) -> str:
        """The rest of the next packet of this kind. A ping is answered on the way."""
        while not (packet := str(self.socket.recv())).startswith(kind):
            assert packet, "the line is closed"
            assert not packet.startswith("44"), "the line is refused"
            if packet == "2":
                self.socket.send("3")
        return packet.removeprefix(kind)

    def tell(self, event: str, **payload: Any) -> None:
        self.socket.send("42" + json.dumps([event, payload]))

    def ask(self, event: str, **payload: Any) -> dict[str, Any]:
        self.socket.send("427" + json.dumps([event, payload]))
        answer: dict[str, Any] = json.loads(self.next("437"))[0]
        return answer

    def hears(self, event: str) -> dict[str, Any]:
        """What comes with the next event of this name."""
        while (told := json.loads(self.next("42")))[0] != event:
            pass
        heard: dict[str, Any] = told[1]
        return heard

    def works(self) -> bool:
        answer = self.ask("enter-circle", call_id=NOBODY)
        return bool(answer["reason"]["code"] == "not-found")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    site.kill()


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """What is closed when a test is over."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def ana(site: Site, opened: ExitStack) -> Person:
    return Person(site, "Ana", opened)


@pytest.mark.holds("asvs:34")
@pytest.mark.parametrize(
    "origin",
    ["https://elsewhere.example.net", "null", "http://127.0.0.1", "http://127.0.0.1.example.net"],
)
def test_a_page_of_another_site_gets_no_line_even_with_our_cookie(ana: Person, origin: str) -> None:
    with pytest.raises(WebSocketBadStatusException, match="400"):
        ana.line(origin)
    assert ana.line().works()


@pytest.mark.holds("asvs:34")
@pytest.mark.parametrize("cookie", ["", "circles=made-up"])
def test_a_guest_gets_no_line(site: Site, opened: ExitStack, cookie: str) -> None:
    with pytest.raises(AssertionError, match="the line is refused"):
        Line(site, cookie, site.url, opened)


def test_there_is_no_other_transport(ana: Person, site: Site) -> None:
    address = f"{site.url}/socket.io/?EIO=4&transport=polling"
    assert ana.browser.get(address, timeout=10).status_code == 400


NONSENSE = {
    "no packet": "Ω",
    "no type": "9",
    "half an event": '42["enter-circle"',
    "no name": "42[]",
    "a name that is no name": "42[7]",
    "an object": '42{"a": 1}',
    "an event nobody hears": '42["rm -rf"]',
    "a name of ours that is no event": '42["connect"]',
    "too deep": "42" + "[" * 30_000,
    "a deep payload": '427["enter-circle",' + "[" * 20_000 + "]" * 20_000 + "]",
    "many payloads": '42["enter-circle",1,2,3,4]',
    "an attachment that never comes": '451-["enter-circle",{"_placeholder":true,"num":0}]',
    "attachments without end": "45999999999-[]",
    "an ack nobody asked for": "4399[1]",
    "another room of the house": "40/admin,",
    "not a number": '42["enter-circle",{"call_id":NaN}]',
    "half a letter": '42["enter-circle",{"call_id":"\\ud800"}]',
}


@pytest.mark.holds("asvs:35")
@pytest.mark.parametrize("packet", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_ends_at_most_the_line_it_came_by(ana: Person, packet: str) -> None:
    bystander, line = ana.line(), ana.line()
    line.socket.send(packet)
    line.socket.close()
    assert bystander.works()
    assert ana.line().works()


@pytest.mark.holds("asvs:35")
def test_what_is_far_too_big_ends_the_line_it_came_by(ana: Person) -> None:
    bystander, line = ana.line(), ana.line()
    with pytest.raises((AssertionError, WebSocketException, OSError)):
        line.ask("enter-circle", call_id="x" * 1_000_000)
    assert bystander.works()


def test_bytes_instead_of_words_are_no_event(ana: Person) -> None:
    bystander, line = ana.line(), ana.line()
    line.socket.send_binary(b"\0" * 1000)
    assert bystander.works()


@pytest.fixture
def circle(site: Site, ana: Person, opened: ExitStack) -> tuple[str, Line, Line]:
    """The id of a circle that has begun, and the lines of Hana and Ana to it."""
    hana = Person(site, "Hana", opened)
    found = re.search(r"/calls/([0-9a-f-]{36})/lobby", ana.get("/home"))
    assert found
    call_id = found[1]
    lines = []
    for person in (hana, ana):
        person.post(f"/calls/{call_id}/lobby", f"/calls/{call_id}/lobby", way="text")
        lines.append(person.line())
        assert lines[-1].ask("enter-circle", call_id=call_id)["ok"]
    assert lines[0].ask("start", call_id=call_id, event_id=str(uuid4()))["ok"]
    return call_id, lines[0], lines[1]


def test_signals_arrive_in_the_order_in_which_they_were_sent(
    circle: tuple[str, Line, Line],
) -> None:
    call_id, hana, ana = circle
    answer = ana.ask("enter-circle", call_id=call_id)
    to = next(each for each in answer["board"]["connected"] if each != answer["board"]["me"])
    end, sent = str(uuid4()), [f"candidate {number}" for number in range(200)]
    for words in sent:
        candidate = {"candidate": words}
        ana.tell("signal", call_id=call_id, to=to, end=end, far=None, candidate=candidate)
    heard = [hana.hears("signal")["data"]["candidate"]["candidate"] for _ in sent]
    assert heard == sent


@pytest.mark.holds("asvs:19")
def test_signing_out_ends_the_line(ana: Person) -> None:
    line = ana.line()
    ana.post("/home", "/sign-out")
    assert line.next("41") == ""  # the server says goodbye
