"""What the circle does by the clock: it ends when nobody is there, and that is known."""

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from community.calls.actions import scheduling as calls_scheduling
from community.calls.models import Call
from community.calls.rules.call import CallState
from community.core.actor import Actor
from community.core.db import db, transaction
from community.core.jobs import run
from community.core.sockets import socketio
from community.live import actions
from community.live.jobs import JOBS, after_restart, end_empty_circles
from community.live.models import ERASED, LiveRoom, PreparedShare, PrivateLine, RoomEvent, RoomText
from community.live.rules.presses import End
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.live.circle import Circle
from tests.live.lines import Line, with_lines
from tests.make import Make

WORDS = "I watched a heron at the weir, and my neck was quiet."


def minutes_pass(app: Flask, circle: Circle, minutes: int) -> None:
    """The job looks every minute."""
    for _ in range(minutes):
        now = circle.clock.pass_by(minutes=1)
        with app.app_context():
            end_empty_circles(now)


def a_minute_passes(circle: Circle) -> None:
    """With all that it brings."""
    circle.clock.pass_by(minutes=1)
    for job in JOBS:
        run(circle.make.app, job)


def is_on(app: Flask, circle: Circle) -> bool:
    with app.app_context():
        state = db.session.get_one(Call, circle.call_id).state
        there = db.session.get(LiveRoom, circle.call_id) is not None
    assert there is (state is not CallState.ENDED)
    return there


def test_a_circle_ends_when_everybody_has_been_away_for_thirty_minutes(
    app: Flask, circle: Circle
) -> None:
    lines = with_lines(app, circle, "Hana", "Ana")
    lines["Hana"].press("start")
    lines["Hana"].socket.disconnect()
    minutes_pass(app, circle, 10)
    lines["Ana"].socket.disconnect()
    minutes_pass(app, circle, 29)
    assert is_on(app, circle)
    minutes_pass(app, circle, 1)
    assert not is_on(app, circle)


@pytest.mark.holds("promise:1")
def test_a_circle_never_ends_while_anybody_is_in_it(app: Flask, circle: Circle) -> None:
    lines = with_lines(app, circle, "Hana", "Ana")
    lines["Hana"].press("start")
    lines["Hana"].socket.disconnect()
    minutes_pass(app, circle, 90)
    assert is_on(app, circle)
    assert circle.board("Ana")["is_in"]


@pytest.mark.holds("promise:7", "circle:8", "circle:11", "circle:R8")
def test_a_restart_of_the_server_is_not_absence(app: Flask, circle: Circle) -> None:
    lines = with_lines(app, circle, "Hana", "Ana")
    lines["Hana"].press("start")
    for line in lines.values():
        line.socket.disconnect()
    minutes_pass(app, circle, 29)
    circle.make.done(lambda: actions.after_restart(now=circle.clock.now()))
    minutes_pass(app, circle, 29)
    assert is_on(app, circle)
    assert Line(app, circle, "Ana").ask("enter-circle")["ok"]
    minutes_pass(app, circle, 60)
    assert is_on(app, circle)


@pytest.mark.holds("circle:8")
def test_nobody_who_takes_part_by_plain_http_is_taken_for_gone(app: Flask, circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana", "text")
    circle.press("Hana", "start")
    circle.make.done(lambda: actions.after_restart(now=circle.clock.now()))
    minutes_pass(app, circle, 20)
    assert circle.board("Ana")["is_in"]  # her page asks from time to time
    minutes_pass(app, circle, 120)
    assert is_on(app, circle)


def test_whoever_left_is_known_to_be_gone(app: Flask, circle: Circle) -> None:
    lines = with_lines(app, circle, "Hana", "Ana")
    lines["Hana"].press("start")
    for name in ("Hana", "Ana"):
        lines[name].press("leave")
    minutes_pass(app, circle, 30)
    assert not is_on(app, circle)


def test_two_pages_of_one_person_that_go_at_once_leave_nobody_behind(
    app: Flask, circle: Circle
) -> None:
    """A laptop closes: the server hears of both lines before it has seen to either."""
    lines = with_lines(app, circle, "Hana")
    second = Line(app, circle, "Hana")
    assert second.ask("enter-circle")["ok"]
    manager = socketio.server.manager
    manager.pre_disconnect(manager.sid_from_eio_sid(second.socket.eio_sid, "/"), "/")
    lines["Hana"].socket.disconnect()
    minutes_pass(app, circle, 40)  # half an hour after the start
    assert not is_on(app, circle)


def test_pages_that_come_back_learn_that_it_is_over(app: Flask, circle: Circle) -> None:
    lines = with_lines(app, circle, "Hana")
    lines["Hana"].socket.disconnect()
    minutes_pass(app, circle, 40)
    answer = Line(app, circle, "Hana").ask("enter-circle")
    assert answer["reason"]["code"] == "ended"


# Nothing is left, down to the file


@pytest.fixture
def filed(store: Store) -> Iterator[Circle]:
    """A circle on a database of its own, where what is kept is kept."""
    with own_app(store.url) as app:
        clock = app.extensions["ports"].clock
        assert isinstance(clock, FrozenClock)
        make = Make(app, clock)

        def client_for(person: Actor) -> FlaskClient:
            browser = app.test_client()
            make.sign_in(person, browser)
            return browser

        yield Circle(make, client_for, clock)


def shared(circle: Circle, pieces: int) -> list[str]:
    """Ana’s typed turn, in pieces long and short, and a line of hers to the facilitators."""
    circle.begin("Hana", Ana="text")
    circle.press_as_seen("Ana", "accept", mode="typed")
    said = []
    for number in range(pieces):
        circle.clock.pass_by(seconds=1)
        said.append(f"{WORDS} {uuid4()} " * (1 + 7 * (number % 3)))
        assert circle.press("Ana", "say", words=said[-1]).status_code == 200
    said.append(marked())
    assert circle.press("Ana", "tell", words=said[-1]).status_code == 200
    return said


def marked() -> str:
    """Words with a mark that nobody else has ever written; twice, as one of them may lie across
    two pages of a log."""
    mark = uuid4()
    return f"{WORDS} {mark} {mark}"


def marks_of(said: list[str]) -> set[bytes]:
    """Their marks."""
    return {words.split()[-1].encode() for words in said}


def marks_in(store: Store) -> set[bytes]:
    """Everything in its files that looks like such a mark."""
    return set(re.findall(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", store.on_disk()))


def by_hand(circle: Circle) -> None:
    assert circle.press("Hana", "end").status_code == 200


def by_the_clock(circle: Circle) -> None:
    circle.make.done(lambda: actions.after_restart(now=circle.clock.now()))
    circle.clock.pass_by(minutes=30)
    a_minute_passes(circle)


@pytest.mark.holds("circle:13", "promise:10")
@pytest.mark.parametrize("end", [by_hand, by_the_clock])
def test_after_the_end_no_word_of_it_is_in_the_files(
    filed: Circle, store: Store, end: Callable[[Circle], None]
) -> None:
    said = shared(filed, 60)
    assert marks_of(said) & marks_in(store)
    assert marks_of(said[-1:]) <= marks_in(store)
    end(filed)
    assert not marks_of(said) & marks_in(store)
    with filed.make.app.app_context():
        for table in (LiveRoom, PrivateLine, RoomEvent, RoomText):
            assert db.session.query(table).count() == 0


def prepared_and_answered(circle: Circle) -> list[str]:
    """What Ana wrote before and sent, what Ben wrote and kept to himself, and his line to her."""
    words = [marked() for _ in range(3)]
    circle.post("Ben", f"/calls/{circle.call_id}/sign-up", {})
    for name, mine in (("Ana", words[0]), ("Ben", words[1])):
        kept = {"words": mine, "how": "aloud"}
        assert circle.post(name, f"/calls/{circle.call_id}/share", kept).status_code == 302
        assert mine.split()[-1] in circle.browsers[name].get(f"/calls/{circle.call_id}/share").text
    circle.begin("Hana", "Ana", "Ben")
    press = circle.board("Ana")["written"]["send"]
    wish = {"wish": "reflection"}
    assert circle.press("Ana", press["event"], **press["fields"], **wish).status_code == 200
    circle.press_as_seen("Ana", "finish")
    line = {"person": str(circle.ana.id), "words": words[2]}
    assert circle.press("Ben", "reply", **line).status_code == 200
    assert words[2] in str(circle.board("Ana"))
    return words


@pytest.mark.holds("circle:13", "promise:10")
@pytest.mark.parametrize("end", [by_hand, by_the_clock])
def test_after_the_end_nothing_that_was_prepared_or_said_to_one_person_is_in_the_files(
    filed: Circle, store: Store, end: Callable[[Circle], None]
) -> None:
    words = prepared_and_answered(filed)
    assert marks_of(words) <= marks_in(store)
    end(filed)
    assert not marks_of(words) & marks_in(store)
    with filed.make.app.app_context():
        for table in (PreparedShare, RoomText):
            assert db.session.query(table).count() == 0


@pytest.mark.holds("circle:13", "promise:10")
def test_what_was_written_for_a_call_that_was_cancelled_leaves_the_files_a_minute_later(
    filed: Circle, store: Store
) -> None:
    words = marked()
    filed.post("Ana", f"/calls/{filed.call_id}/share", {"words": words, "how": "show"})
    now = filed.clock.now()
    filed.make.done(lambda: calls_scheduling.cancel_call(filed.hana, filed.call_id, now=now))
    assert marks_of([words]) <= marks_in(store)
    a_minute_passes(filed)
    assert not marks_of([words]) & marks_in(store)


@pytest.mark.holds("circle:13")
@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_no_sample_of_what_is_typed_is_kept_for_planning_queries(filed: Circle) -> None:
    """The trap: samples stay when the table is empty."""
    shared(filed, 3)
    with filed.make.app.app_context(), transaction():
        db.session.execute(text("ANALYZE room_text"))
        samples = text("SELECT attname FROM pg_stats WHERE tablename = 'room_text'")
        sampled = set(db.session.scalars(samples))
    assert "number" in sampled
    assert "words" not in sampled


@pytest.mark.holds("circle:13")
def test_if_somebody_reads_at_the_end_the_words_leave_the_files_a_minute_later(
    filed: Circle, store: Store
) -> None:
    said = shared(filed, 3)
    with filed.make.app.app_context(), db.engine.connect() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM room_text").scalar() == 3
        by_hand(filed)
        assert marks_of(said) & marks_in(store)
    a_minute_passes(filed)
    assert not marks_of(said) & marks_in(store)


def begins_anew(circle: Circle) -> None:
    with circle.make.app.app_context():
        after_restart(circle.clock.now())


@pytest.mark.holds("circle:13")
@pytest.mark.parametrize("looks_again", [a_minute_passes, begins_anew])
def test_a_process_that_ends_before_the_words_left_the_files_leaves_that_to_the_next_look(
    filed: Circle, store: Store, looks_again: Callable[[Circle], None]
) -> None:
    said = shared(filed, 3)
    over, now = End(filed.hana.id), filed.clock.now()
    filed.make.done(lambda: actions.happen(filed.hana, filed.call_id, over, uuid4(), now=now))
    assert marks_of(said) & marks_in(store)
    looks_again(filed)
    assert not marks_of(said) & marks_in(store)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_nobody_in_a_circle_waits_each_minute_for_files_to_be_written_anew(filed: Circle) -> None:
    shared(filed, 3)

    def files() -> list[str]:
        with filed.make.app.app_context():
            paths = [f"pg_relation_filepath('{each.__tablename__}')" for each in ERASED]
            return list(db.session.execute(text(f"SELECT {', '.join(paths)}")).one())

    before = files()
    a_minute_passes(filed)
    assert files() == before
