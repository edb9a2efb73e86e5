"""A call that is cancelled while its lobby is open: nobody waits there, and nothing of it stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from community.calls.models import Attendance, Call
from community.calls.rules.call import CallState
from community.core.db import db
from community.live import over
from community.live.jobs import call_off, end_empty_circles
from community.live.models import LiveRoom
from community.live.rules.effects import Ended
from community.live.rules.events import CalledOff
from community.live.rules.reasons import ALREADY_STARTED
from community.live.rules.room import Phase
from tests.live.circle import JSON, Circle
from tests.live.lines import Line, with_lines
from tests.live.pretend import lobby, opening


def cancel(circle: Circle) -> None:
    assert circle.post("Hana", f"/calls/{circle.call_id}/cancel", {}).status_code == 302


@pytest.fixture
def waiting(app: Flask, circle: Circle) -> dict[str, Line]:
    """Hana and Ana are in the lobby; then she cancels."""
    lines = with_lines(app, circle, "Hana", "Ana")
    cancel(circle)
    return lines


def test_only_a_lobby_is_called_off() -> None:
    circle = lobby().happen(CalledOff())
    assert circle.room.phase is Phase.ENDED
    assert isinstance(circle.effects[-1], Ended)
    assert opening().refuses(CalledOff()) == ALREADY_STARTED


def test_no_press_counts_there_any_more_and_its_page_is_the_calls(
    circle: Circle, waiting: dict[str, Line]
) -> None:
    for press in ("start", "tell"):
        fields = {"words": "Hello."} if press == "tell" else {}
        assert waiting["Hana"].press(press, **fields)["reason"]["code"] == "call-cancelled"
    answer = circle.browsers["Ana"].get(f"/circles/{circle.call_id}/state", headers=JSON)
    assert answer.get_json()["reason"]["code"] == "ended"  # with which a page leaves
    page = circle.browsers["Ana"].get(f"/circles/{circle.call_id}")
    assert page.location == f"/calls/{circle.call_id}"


@pytest.mark.holds("circle:13")
def test_whoever_waits_is_led_to_the_call_and_nothing_is_kept(
    app: Flask,
    circle: Circle,
    waiting: dict[str, Line],
    letters: Callable[[], list[tuple[str, str]]],
) -> None:
    with app.app_context():
        call_off(circle.clock.now())
    assert waiting["Ana"].received("ended")
    assert waiting["Hana"].received("ended")
    thanks = circle.browsers["Ana"].get(f"/calls/{circle.call_id}/thanks", follow_redirects=True)
    assert "This call was cancelled." in thanks.text
    with app.app_context():
        assert db.session.get(LiveRoom, circle.call_id) is None
        assert db.session.get_one(Call, circle.call_id).state is CallState.CANCELLED
        assert db.session.query(Attendance).count() == 0
        assert not over.called_off()
    assert letters()[-1] == ("Ana", "call_cancelled")


def test_called_off_from_inside_it_is_cancelled_for_whoever_was_still_to_come_too(
    app: Flask, circle: Circle, letters: Callable[[], list[tuple[str, str]]]
) -> None:
    cleo = circle.make.member("Cleo")
    circle.make.joined(circle.group, cleo, circle.hana)
    circle.make.signed_up(circle.call_id, circle.make.actor(cleo))
    circle.join("Hana")
    circle.join("Ana")
    before = letters()
    answer = circle.press("Hana", "end", why="cancelled-live")
    goes_to = answer.get_json()["board"]["goes_to"]
    assert (
        "This call was cancelled."
        in circle.browsers["Ana"].get(goes_to, follow_redirects=True).text
    )
    with app.app_context():
        assert db.session.get(LiveRoom, circle.call_id) is None
        assert db.session.get_one(Call, circle.call_id).state is CallState.CANCELLED
    told = [each for each in letters() if each not in before]
    assert sorted(told) == [("Ana", "call_cancelled"), ("Cleo", "call_cancelled")]


def test_other_circles_end_as_ever_meanwhile(app: Flask, circle: Circle) -> None:
    lines = with_lines(app, circle, "Hana", "Ana")
    circle.clock.pass_by(minutes=15)
    cancel(circle)
    for line in lines.values():
        line.socket.disconnect()
    cancelled, circle.call_id = (
        circle.call_id,
        circle.make.call(
            circle.group, circle.hana, starts_in=timedelta(minutes=10), seated=[circle.ana]
        ),
    )
    circle.join("Hana")
    circle.press("Hana", "leave")
    now = circle.clock.pass_by(minutes=40)
    with app.app_context():
        end_empty_circles(now)
        assert db.session.get_one(Call, circle.call_id).state is CallState.ENDED
        assert db.session.get_one(Call, cancelled).state is CallState.CANCELLED
        assert db.session.query(LiveRoom).count() == 0
