"""Several processes are one site: what happens at one is seen at the others, whatever ends."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from websocket import (
    WebSocketBadStatusException,
    WebSocketConnectionClosedException,
    WebSocketException,
)

from community.core.actor import Staff
from community.core.duty import DUE
from community.live.rules.room import LEASE
from tests.core.store import EmptyDatabase
from tests.server.place import come_in
from tests.server.queue import REDIS
from tests.server.several import Circle, Page, Several, circle_in, several
from tools import programs

pytestmark = pytest.mark.skipif(REDIS is None, reason=programs.REDIS.advice())


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, empty_database: EmptyDatabase
) -> Iterator[Several]:
    """Two processes that all tests share."""
    with several(tmp_path_factory.mktemp("several"), empty_database) as started:
        yield started


@pytest.fixture
def own(tmp_path: Path, empty_database: EmptyDatabase) -> Iterator[Several]:
    """Two processes of one test’s own, which may end what it likes."""
    with several(tmp_path, empty_database) as started:
        yield started


@pytest.fixture
def circle(both: Several, opened: ExitStack) -> Circle:
    return circle_in(both, opened)


def on_duty(both: Several) -> int:
    """How many processes do what is due."""
    with psycopg.connect(both.one.database_url) as connection:
        held = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [DUE],
        ).fetchone()
    assert held
    return int(held[0])


def comes_true(so: Callable[[], bool], within: float = 60) -> bool:
    until = time.monotonic() + within
    while not so() and time.monotonic() < until:
        time.sleep(0.2)
    return so()


def takes_a_turn(circle: Circle) -> int:
    """Ana’s, by voice; and how far the circle is then."""
    seen = circle.ana.board()["version"]
    return int(circle.ana.press("accept", seen=seen, mode="voice")["version"])


def test_two_that_begin_at_once_on_an_empty_store_are_one_site_and_one_does_what_is_due(
    both: Several,
) -> None:
    assert comes_true(lambda: on_duty(both) == 1)
    for place in (both.one, both.other):
        assert "job failed" not in place.said()
        assert comes_true(lambda said=place.said: "other processes are heard" in said())


@pytest.mark.holds("promise:3")
def test_a_press_is_seen_by_everybody_at_once_wherever_they_are(circle: Circle) -> None:
    version = takes_a_turn(circle)
    for page in (circle.hana, circle.ben):
        assert "Ana" in page.sees(version)["cue"]
    version = circle.hana.press("hold")["version"]
    assert circle.ana.sees(version)["version"] >= version


def test_browsers_find_each_other_and_captions_arrive(circle: Circle) -> None:
    takes_a_turn(circle)
    greeting = {"end": str(uuid4()), "far": None}
    assert circle.ana.ask("signals", signals=[{"to": circle.who("Hana"), **greeting}])["ok"]
    assert circle.hana.line.hears("signal")["from"] == circle.who("Ana")
    assert circle.hana.ask("watch-captions", page=circle.hana.page, lines=True)["ok"]
    assert circle.ana.ask("caption", number=1, words="I took my time.", how="typed")["ok"]
    assert circle.hana.line.hears("caption")["words"] == "I took my time."


@pytest.mark.holds("promise:8")
def test_whoever_is_removed_is_gone_from_every_page(circle: Circle) -> None:
    removed = circle.hana.press("remove", person=circle.who("Ana"), why="It was too much.")
    assert circle.ana.line.hears("removed")["cue"]
    assert circle.who("Ana") not in str(circle.ben.sees(removed["version"]))


@pytest.mark.holds("moderation:15", "asvs:19")
def test_whoever_is_suspended_at_one_process_is_hung_up_on_at_the_other(
    circle: Circle, opened: ExitStack
) -> None:
    make, people = circle.several.make, circle.people
    pat = make.staff(f"Pat {uuid4()}", Staff.PLATFORM_MODERATOR)
    reply = make.reply(make.thread(circle.group_id, people["Ben"]), people["Ana"])
    about = f"/moderation/{make.report(reply, people['Ben'], 'stop_treatment')}/person"
    moderating = come_in(circle.several.one, make, pat, opened)
    choice = {"step": "suspend-7", "rule": "medicine", "why": "It came again.", "version": "1"}
    moderating.post(about, about, **choice)
    assert circle.ana.line.next("41") == ""
    with pytest.raises(AssertionError, match="refused"):
        circle.ana.enter()
    assert circle.ben.ask("watch-captions", page=circle.ben.page)["ok"]


def test_the_end_is_told_everywhere(circle: Circle) -> None:
    assert circle.hana.ask("end", event_id=str(uuid4()))["ok"]
    for page in (circle.ana, circle.ben):
        assert page.line.hears("ended") == {"call_id": str(circle.call_id)}


@pytest.mark.thorough
@pytest.mark.holds("promise:7")
def test_a_page_that_moves_to_the_other_process_is_not_taken_for_lost(circle: Circle) -> None:
    """Its first line ends after its second has begun; and the first process goes on looking."""
    first = circle.ana.line
    circle.ana.enter(circle.several.one)
    first.socket.close()
    version = circle.hana.press("hold")["version"]
    circle.ana.sees(version)
    time.sleep(12)  # longer than from one look for lost lines to the next
    assert not is_away(circle, "Ana")


def is_away(circle: Circle, name: str) -> bool:
    """As Hana’s page shows it."""
    return away_on(circle.hana.board(), circle.who(name))


def away_on(board: dict[str, Any], person: str) -> bool:
    return any(each["away"] for each in board["here"] if each["id"] == person)


@pytest.mark.thorough
@pytest.mark.holds("circle:R11", "promise:7")
def test_whoever_a_lost_process_held_is_waited_for_and_the_others_go_on(
    own: Several, opened: ExitStack
) -> None:
    circle = circle_in(own, opened)
    takes_a_turn(circle)
    assert comes_true(lambda: on_duty(own) == 1)
    began = time.monotonic()
    own.other.kill()
    assert not is_away(circle, "Ana")
    while not away_on(circle.hana.line.hears("board"), circle.who("Ana")):
        pass
    assert time.monotonic() - began > LEASE.total_seconds() / 2
    assert circle.hana.line.works()
    assert comes_true(lambda: on_duty(own) == 1)
    circle.ana.enter(own.one)
    assert not is_away(circle, "Ana")
    assert circle.ana.press("finish", seen=circle.ana.board()["version"])["version"]


def lines_end(*pages: Page) -> None:
    for page in pages:
        with pytest.raises((WebSocketConnectionClosedException, ConnectionError)):
            page.line.next("9")


def is_refused(page: Page) -> bool:
    try:
        page.enter()
    except WebSocketBadStatusException as refused:
        return refused.status_code == 503
    return False


def hear_each_other(circle: Circle) -> bool:
    """Or else their pages come back, as browsers do by themselves."""
    greeting = {"end": str(uuid4()), "far": None}
    try:
        assert circle.ana.ask("signals", signals=[{"to": circle.who("Hana"), **greeting}])["ok"]
        return bool(circle.hana.line.hears("signal"))
    except (WebSocketException, OSError, AssertionError):
        for page in (circle.hana, circle.ana):
            with suppress(WebSocketException, OSError, AssertionError):
                page.enter()
        return False


@pytest.mark.thorough
@pytest.mark.holds("promise:7")
@pytest.mark.parametrize("how", ["gone", "silent"])
def test_without_a_queue_pages_go_on_presses_are_kept_and_lines_come_back(
    own: Several, opened: ExitStack, how: str
) -> None:
    circle = circle_in(own, opened)
    if how == "gone":
        own.queue.kill()
    else:
        own.queue.stand_still()
    lines_end(circle.hana, circle.ana, circle.ben)
    assert is_refused(circle.ana)
    seen = circle.ana.board()["version"]
    circle.ana.press_without_line("accept", seen=seen, mode="voice")
    assert circle.hana.board()["version"] > seen
    assert "Ana" in circle.hana.board()["cue"]
    for place in (own.one, own.other):
        assert "no other process is heard" in place.said()
    if how == "gone":
        own.queue.start()
    else:
        own.queue.stand_still(for_now=False)
    assert comes_true(lambda: hear_each_other(circle), within=120)
