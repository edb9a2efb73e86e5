"""The live line of the real server, to which anybody may send anything."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest
from websocket import WebSocketBadStatusException, WebSocketException

from tests.browser.site import Site
from tests.line import Line, Person, of_cast


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
    return of_cast(site, "Ana", opened)


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


@pytest.mark.holds("asvs:35")
def test_bytes_instead_of_words_are_no_event(ana: Person) -> None:
    bystander, line = ana.line(), ana.line()
    line.socket.send_binary(b"\0" * 1000)
    assert bystander.works()


@pytest.fixture
def circle(site: Site, ana: Person, opened: ExitStack) -> tuple[str, Line, Line]:
    """The id of a circle that has begun, and the lines of Hana and Ana to it."""
    hana = of_cast(site, "Hana", opened)
    found = re.search(r"/calls/([0-9a-f-]{36})/lobby", ana.get("/home"))
    assert found
    call_id = found[1]
    lines = []
    for person in (hana, ana):
        person.post(f"/calls/{call_id}/lobby", f"/calls/{call_id}/lobby", way="text")
        lines.append(person.line())
        assert lines[-1].ask("enter-circle", call_id=call_id, page=call_id)["ok"]
    assert lines[0].ask("start", call_id=call_id, event_id=str(uuid4()))["ok"]
    return call_id, lines[0], lines[1]


def test_signals_arrive_in_the_order_in_which_they_were_sent(
    circle: tuple[str, Line, Line],
) -> None:
    call_id, hana, ana = circle
    answer = ana.ask("enter-circle", call_id=call_id, page=call_id)
    to = next(each for each in answer["board"]["connected"] if each != answer["board"]["me"])
    end, sent = str(uuid4()), [f"candidate {number}" for number in range(200)]
    signals = [
        {"to": to, "end": end, "far": None, "candidate": {"candidate": words}} for words in sent
    ]
    for first in range(0, len(signals), 4):
        ana.tell("signals", call_id=call_id, signals=signals[first : first + 4])
    heard = [hana.hears("signal")["data"]["candidate"]["candidate"] for _ in sent]
    assert heard == sent
