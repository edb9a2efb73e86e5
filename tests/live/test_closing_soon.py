"""“We close in about five minutes”: said by a facilitator’s press, and by nothing else."""

from datetime import timedelta

import pytest

from community.live.rules.leading import BeginClosingRound, BeginRound, SayClosing, SayGoodbye
from community.live.rules.room import CLOSES_WITHIN, CLOSING
from community.live.rules.view import seen_by
from tests.live.circle import Circle
from tests.live.pretend import ANA, HANA, SAM, ana_speaks, everybody_has_shared, knock, lobby

TOLD = "We close in about five minutes."
SHOWN = {"kind": "quiet", "text": "We close soon. No turn is hurried for it."}


@pytest.mark.holds("circle:1")
def test_saying_it_moves_nothing_and_makes_no_press_stale() -> None:
    circle = ana_speaks()
    before = circle.room
    circle.happen(SayClosing(HANA))
    assert (circle.room.floor, circle.room.queue, circle.room.phase, circle.room.moved) == (
        before.floor, before.queue, before.phase, before.moved,
    )  # fmt: skip
    assert circle.room.closes_soon


def test_another_round_means_that_we_do_not_close_soon_after_all() -> None:
    circle = everybody_has_shared().happen(SayClosing(HANA)).press(BeginRound, HANA)
    assert not circle.room.closes_soon
    circle.happen(SayClosing(HANA))


@pytest.mark.parametrize("part", [BeginClosingRound, SayGoodbye])
def test_with_the_last_parts_everybody_knows(part: type) -> None:
    circle = everybody_has_shared().press(part, HANA)
    assert circle.room.phase in CLOSING
    assert circle.room.closes_soon


def test_near_the_planned_end_it_is_an_idea_for_facilitators_and_nothing_happens() -> None:
    circle = ana_speaks()
    assert circle.room.ends_at is not None
    near = circle.room.ends_at - CLOSES_WITHIN
    hana = seen_by(circle.room, HANA, near - timedelta(seconds=1))
    assert (hana.closing_is_due, hana.ask_again_at) == (False, near)
    hana = seen_by(circle.room, HANA, near)
    assert (hana.closing_is_due, hana.closes_soon) == (True, False)
    assert not seen_by(circle.room, ANA, near).closing_is_due
    circle.happen(SayClosing(HANA))
    assert not seen_by(circle.room, HANA, near).closing_is_due


def test_in_the_lobby_nobody_thinks_of_the_end() -> None:
    circle = lobby().wait(hours=2)
    assert not seen_by(circle.room, HANA, circle.now).closing_is_due


def test_whoever_comes_late_sees_it() -> None:
    circle = ana_speaks().happen(SayClosing(HANA), knock(SAM))
    assert seen_by(circle.room, SAM, circle.now).closes_soon


def test_the_desk_proposes_it_and_everybody_is_told_once(circle: Circle) -> None:
    circle.begin("Hana", "Ana")
    assert not _say(circle.board("Hana"))["main"]
    circle.clock.pass_by(minutes=50)  # ten to the start, and forty of forty-five
    desk = circle.board("Hana")
    assert _say(desk)["main"]
    assert "planned end is near" in desk["lines"][-1]["text"]
    assert SHOWN not in circle.board("Ana")["lines"]
    assert circle.press("Hana", "say-closing").status_code == 200
    for name in ("Hana", "Ana"):
        board = circle.board(name)
        assert board["tells"]["closing"] == TOLD
        assert board["tells"]["where"].endswith(SHOWN["text"])
        assert SHOWN in board["lines"]
    assert "say-closing" not in {each["event"] for each in circle.board("Hana")["rest"]}
    assert SHOWN["text"] in circle.page("Ana")
    circle.press("Hana", "begin-closing-round", seen=desk["version"] + 1, sure="yes")
    last = circle.board("Ana")
    assert last["tells"]["closing"] == TOLD  # the same words, so that nobody is told again
    assert SHOWN not in last["lines"]


def _say(board: dict) -> dict:
    return next(each for each in board["rest"] if each["event"] == "say-closing")
