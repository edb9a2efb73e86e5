"""Live lines of the real server: real WebSockets, in both ways in which it serves."""

from contextlib import ExitStack
from uuid import uuid4

import pytest

from tests.make import Make
from tests.server.place import Place, come_in


@pytest.mark.holds("asvs:34")
def test_an_event_is_answered_over_a_real_websocket(
    place: Place, people: Make, opened: ExitStack
) -> None:
    ana = come_in(place, people, people.member(f"Ana {uuid4()}"), opened)
    line = ana.line()
    assert line.socket.getstatus() == 101
    assert line.works()


def test_many_lines_at_once_are_answered_and_all_hear_what_happens(
    place: Place, people: Make, opened: ExitStack
) -> None:
    names = [f"{name} {uuid4()}" for name in ("Ana", "Ben", "Noor", "Sam")]
    ana, *others = members = [people.member(name) for name in names]
    group = people.group(f"Neck {uuid4()}", owner=ana, members=others)
    thread = people.thread(group, ana)
    browsers = [come_in(place, people, member, opened) for member in members]
    lines = [browser.line() for browser in browsers for _ in range(5)]
    for line in lines:
        line.tell("watch-thread", thread_id=str(thread), last=1)  # all ask before any is answered
    for line in lines:
        assert line.ask("watch-thread", thread_id=str(thread), last=1)["ok"]
    browsers[1].post(f"/threads/{thread}", f"/threads/{thread}/replies", words="Hello, Ana.")
    assert [line.hears("new-reply") for line in lines] == [{}] * len(lines)


def test_what_a_line_says_is_not_compressed_though_the_browser_offers_it(
    place: Place, people: Make, opened: ExitStack
) -> None:
    """Compressed, a room would carry half the messages and each line cost 105 KB more."""
    line = come_in(place, people, people.member(f"Ana {uuid4()}"), opened).line()
    answered = {name.lower() for name in line.socket.getheaders()}
    assert "sec-websocket-accept" in answered
    assert "sec-websocket-extensions" not in answered


@pytest.mark.holds("asvs:19")
def test_whoever_signs_out_is_hung_up_on(place: Place, people: Make, opened: ExitStack) -> None:
    ana = come_in(place, people, people.member(f"Ana {uuid4()}"), opened)
    line = ana.line()
    ana.post("/home", "/sign-out")
    assert line.next("41") == ""  # the server says goodbye
