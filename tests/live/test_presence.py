"""Who is known to be there: leases of processes, and people who only ask now and then."""

from uuid import uuid4

import pytest
from flask import Flask

from community.core.db import db
from community.core.sockets import socketio
from community.live import actions
from community.live.jobs import (
    OF_EACH_PROCESS,
    end_empty_circles,
    keep_the_lease,
    notice_lost_lines,
    notice_who_is_gone,
)
from community.live.models import LiveLine, LiveRoom
from community.live.rules.room import LEASE
from tests.live.circle import JSON, Circle
from tests.live.lines import Line


def ten_seconds_pass(circle: Circle, *, times: int = 1, alive: bool = True) -> None:
    """A process that is dead does nothing for itself."""
    for _ in range(times):
        now = circle.clock.pass_by(seconds=10)
        with circle.make.app.app_context():
            if alive:
                keep_the_lease(now)
            notice_who_is_gone(now)


def minutes_pass(circle: Circle, minutes: int) -> None:
    now = circle.clock.pass_by(minutes=minutes)
    with circle.make.app.app_context():
        notice_who_is_gone(now)
        end_empty_circles(now)


def is_waited_for(circle: Circle) -> bool:
    return "connecting again" in str(circle.board("Hana")["desk"])


@pytest.mark.holds("circle:R11")
def test_a_lease_is_renewed_in_time_though_two_renewals_fail() -> None:
    [renews] = [job for job in OF_EACH_PROCESS if job.run is keep_the_lease]
    assert renews.every * 3 <= LEASE


@pytest.fixture
def line(app: Flask, circle: Circle) -> Line:
    """Hana by plain HTTP and Ana by a line, in a circle that has started."""
    circle.join("Hana")
    circle.join("Ana")
    ana = Line(app, circle, "Ana")
    assert ana.ask("enter-circle")["ok"]
    circle.press("Hana", "start")
    return ana


@pytest.mark.holds("circle:R11", "circle:8")
def test_whoever_is_held_by_a_process_that_answers_is_there_for_hours(
    circle: Circle, line: Line
) -> None:
    for _ in range(3):
        ten_seconds_pass(circle, times=12)
        circle.board("Hana")
    assert not is_waited_for(circle)


@pytest.mark.holds("circle:R11", "circle:R8", "promise:7")
def test_whoever_was_held_by_a_process_that_died_is_waited_for_when_its_lease_ends_not_before(
    circle: Circle, line: Line
) -> None:
    ten_seconds_pass(circle, times=2, alive=False)
    assert not is_waited_for(circle)
    ten_seconds_pass(circle, alive=False)
    assert is_waited_for(circle)
    assert line.ask("enter-circle")["ok"]
    assert not is_waited_for(circle)


@pytest.mark.holds("circle:R11", "circle:R8")
def test_whoever_came_back_to_another_process_is_not_waited_for(
    app: Flask, circle: Circle, line: Line
) -> None:
    mine = app.extensions["process"]
    app.extensions["process"] = uuid4()
    again = Line(app, circle, "Ana")
    again.page = line.page
    assert again.ask("enter-circle")["ok"]
    ten_seconds_pass(circle, times=4)
    assert not is_waited_for(circle)
    app.extensions["process"] = mine
    line.socket.disconnect()  # seen by a process that holds nothing of hers any more
    assert not is_waited_for(circle)


@pytest.mark.holds("circle:R11", "promise:7")
def test_a_line_whose_end_nobody_took_note_of_is_missed_by_the_next_look(
    app: Flask, circle: Circle, line: Line
) -> None:
    with app.app_context():
        notice_lost_lines(circle.clock.now())
    assert not is_waited_for(circle)
    lines = socketio.server.manager
    lines.disconnect(lines.sid_from_eio_sid(line.socket.eio_sid, "/"), "/")  # and no word of it
    assert not is_waited_for(circle)
    with app.app_context():
        notice_lost_lines(circle.clock.now())
    assert is_waited_for(circle)


@pytest.mark.holds("circle:R8")
def test_a_process_that_begins_beside_another_changes_nothing(circle: Circle, line: Line) -> None:
    before = circle.board("Hana")["version"]
    circle.make.done(lambda: actions.after_restart(now=circle.clock.now()))
    assert circle.board("Hana")["version"] == before


@pytest.mark.holds("circle:R11", "circle:8", "circle:11")
def test_whoever_asks_no_more_is_waited_for_and_then_the_circle_is_empty(
    app: Flask, circle: Circle
) -> None:
    circle.begin("Hana", Ana="text")
    for _ in range(4):
        minutes_pass(circle, 10)
        circle.board("Ana")
    assert circle.board("Hana")["cue"] == "It’s Ana’s turn, when they’re ready"
    minutes_pass(circle, 15)
    assert circle.board("Hana")["cue"] == "We’re waiting for Ana"
    circle.board("Ana")
    assert circle.board("Hana")["cue"] == "It’s Ana’s turn, when they’re ready"
    minutes_pass(circle, 15)
    minutes_pass(circle, 29)
    assert circle.board("Hana")["is_in"]
    minutes_pass(circle, 15)
    minutes_pass(circle, 30)
    with app.app_context():
        assert db.session.get(LiveRoom, circle.call_id) is None


@pytest.mark.holds("circle:R5", "circle:R11")
def test_a_page_with_a_script_and_no_line_is_missed_sooner(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana")
    circle.press("Hana", "start")
    browser, page = circle.browsers["Ana"], uuid4()
    state = f"/circles/{circle.call_id}/state?page={page}"
    assert browser.get(state, headers=JSON).get_json()["board"]["page"] == str(page)
    for _ in range(3):
        ten_seconds_pass(circle, times=6)
        browser.get(state, headers=JSON)
    assert not is_waited_for(circle)
    ten_seconds_pass(circle, times=10)
    assert is_waited_for(circle)


def test_a_page_that_asks_often_is_written_down_now_and_then(app: Flask, circle: Circle) -> None:
    circle.join("Hana")
    circle.board("Hana")
    with app.app_context():
        first = db.session.get_one(LiveLine, (circle.call_id, circle.hana.id)).until
    circle.clock.pass_by(minutes=5)
    circle.board("Hana")
    with app.app_context():
        assert db.session.get_one(LiveLine, (circle.call_id, circle.hana.id)).until == first
    circle.clock.pass_by(minutes=5)
    circle.board("Hana")
    with app.app_context():
        assert db.session.get_one(LiveLine, (circle.call_id, circle.hana.id)).until > first


@pytest.mark.holds("circle:13")
def test_nothing_of_anybodys_line_is_left_after_the_end(
    app: Flask, circle: Circle, line: Line
) -> None:
    circle.press("Hana", "end")
    ten_seconds_pass(circle, times=4, alive=False)
    with app.app_context():
        assert db.session.query(LiveLine).count() == 0


@pytest.mark.parametrize("page", ["x", "1", "", "%7B%7D"])
def test_a_page_that_is_no_page_is_refused(circle: Circle, page: str) -> None:
    circle.join("Hana")
    state = f"/circles/{circle.call_id}/state?page={page}"
    assert circle.browsers["Hana"].get(state, headers=JSON).status_code == 422
