"""What a facilitator changes in the order, and tells whoever has the floor. Pure."""

import pytest

from community.live.rules import reasons as rules
from community.live.rules.events import Lost
from community.live.rules.leading import AddAgain, HandOver, MoveDown, MoveUp, Nudge, Skip, TakeOver
from community.live.rules.presses import Finish, Later, Leave, Pass, SetMode, TakeBack
from community.live.rules.room import Mode, Offered, Part, Status
from community.live.rules.view import seen_by
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    NOOR,
    NOW,
    SAM,
    STRANGER,
    Circle,
    a_round,
    ana_speaks,
    knock,
    lobby,
    opening,
)


def order(circle: Circle) -> list[object]:
    return [each.person for each in circle.room.queue]


def test_somebody_who_waits_moves_one_place_at_a_time() -> None:
    circle = a_round().happen(knock(SAM), MoveUp(HANA, SAM))
    assert order(circle) == [ANA, BEN, SAM, NOOR]
    assert order(circle.happen(MoveUp(KENJI, SAM))) == [ANA, SAM, BEN, NOOR]
    assert circle.refuses(MoveUp(HANA, SAM)) == rules.FIRST_IN_LINE
    circle.happen(MoveDown(HANA, SAM), MoveDown(HANA, SAM))
    assert circle.refuses(MoveDown(HANA, SAM)) == rules.LAST_IN_LINE
    assert circle.press(Pass, ANA).room.floor == Offered(BEN)


def test_whoever_has_the_floor_or_has_had_it_does_not_move() -> None:
    circle = ana_speaks()
    for person in (ANA, LEE, STRANGER):
        assert circle.refuses(MoveUp(HANA, person)) == rules.NOT_WAITING
    circle.press(Finish, ANA)
    assert circle.refuses(MoveDown(HANA, ANA)) == rules.NOT_WAITING


@pytest.mark.holds("circle:3")
def test_whoever_is_due_stays_before_whoever_comes_later() -> None:
    circle = a_round().press(Later, BEN).happen(knock(SAM), Later(SAM, 9), MoveUp(HANA, SAM))
    assert order(circle) == [ANA, NOOR, SAM, BEN]
    assert circle.refuses(MoveUp(HANA, SAM)) == rules.FIRST_IN_LINE
    assert circle.refuses(MoveDown(HANA, NOOR)) == rules.LAST_IN_LINE


@pytest.mark.holds("circle:2")
def test_whoever_is_left_out_is_not_asked_until_a_facilitator_adds_them_again() -> None:
    circle = ana_speaks().happen(Skip(HANA, BEN))
    assert circle.press(Finish, ANA).room.floor == Offered(NOOR)
    assert circle.refuses(TakeBack(BEN, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK
    circle.happen(AddAgain(HANA, BEN))
    assert circle.press(Pass, NOOR).room.floor == Offered(BEN)


def test_whoever_has_the_floor_is_moved_on_from_not_left_out() -> None:
    assert a_round().refuses(Skip(HANA, ANA)) == rules.NOT_WAITING


@pytest.mark.holds("circle:2")
def test_somebody_who_passed_has_a_turn_when_a_facilitator_adds_them() -> None:
    circle = a_round().press(Pass, BEN).happen(AddAgain(HANA, BEN))
    assert order(circle) == [ANA, NOOR, BEN]
    assert circle.refuses(AddAgain(HANA, BEN)) == rules.HAS_TURN
    assert circle.refuses(AddAgain(HANA, LEE)) == rules.TAKES_NO_TURN
    assert circle.happen(Leave(NOOR)).refuses(AddAgain(HANA, NOOR)) == rules.NOT_HERE


@pytest.mark.holds("circle:9")
def test_only_they_and_the_facilitators_see_that_somebody_was_left_out() -> None:
    circle = a_round().happen(Skip(HANA, BEN))
    shown = {
        viewer: next(each.status for each in seen_by(circle.room, viewer, NOW).order[1:2])
        for viewer in (ANA, BEN, HANA, KENJI)
    }
    assert shown == {
        ANA: Status.DONE,
        BEN: Status.SKIPPED,
        HANA: Status.SKIPPED,
        KENJI: Status.SKIPPED,
    }


@pytest.mark.holds("circle:9", "promise:1")
def test_a_nudge_is_seen_by_whoever_has_the_floor_and_by_nobody_else_and_moves_nothing() -> None:
    circle = ana_speaks()
    before = circle.room
    circle.happen(Nudge(HANA, ANA))
    assert circle.room.queue == before.queue
    assert circle.room.moved == before.moved
    assert {
        viewer: seen_by(circle.room, viewer, NOW).floor.nudged for viewer in (ANA, BEN, HANA)
    } == {ANA: True, BEN: False, HANA: False}
    assert circle.refuses(Nudge(KENJI, ANA)) == rules.NUDGED
    assert circle.refuses(Nudge(HANA, BEN)) == rules.NOT_HOLDING
    assert circle.happen(SetMode(ANA, Mode.TYPED)).room.floor.nudged
    assert not circle.press(Finish, ANA).accept(BEN).room.floor.nudged


def test_whoever_starts_leads_and_hands_over_to_another_facilitator_who_is_here() -> None:
    assert lobby().room.lead == HANA
    circle = opening()
    assert circle.refuses(HandOver(KENJI, HANA)) == rules.NOT_THE_LEAD
    for person in (HANA, ANA, STRANGER):
        assert circle.refuses(HandOver(HANA, person)) == rules.NOT_A_FACILITATOR
    assert circle.happen(HandOver(HANA, KENJI)).room.lead == KENJI
    assert circle.happen(Lost(HANA)).refuses(HandOver(KENJI, HANA)) == rules.NOT_A_FACILITATOR


@pytest.mark.holds("circle:R4", "circle:R1")
def test_a_co_facilitator_takes_over_when_whoever_leads_has_been_away_for_twenty_seconds() -> None:
    circle = ana_speaks()
    assert circle.refuses(TakeOver(HANA)) == rules.LEADS_ALREADY
    assert circle.refuses(TakeOver(KENJI)) == rules.LEAD_IS_HERE
    circle.happen(Lost(HANA)).wait(seconds=19)
    assert circle.refuses(TakeOver(KENJI)) == rules.LEAD_IS_HERE
    assert circle.wait(seconds=1).happen(TakeOver(KENJI)).room.lead == KENJI
    assert circle.press(Finish, ANA).room.floor == Offered(BEN)  # and nobody has had to wait


def test_whoever_leads_and_leaves_hands_the_lead_on_and_comes_back_beside_it() -> None:
    circle = opening().happen(Leave(KENJI), Leave(HANA))
    assert circle.room.lead == HANA
    circle.happen(knock(KENJI), TakeOver(KENJI))
    assert circle.room.lead == KENJI
    circle = opening().happen(Leave(HANA))
    assert circle.room.lead == KENJI
    assert circle.refuses(TakeOver(KENJI)) == rules.LEADS_ALREADY
    circle.happen(knock(HANA))
    assert circle.room.lead == KENJI
    assert circle.happen(Leave(HANA)).room.lead == KENJI


@pytest.mark.holds("circle:R4")
def test_a_line_that_drops_hands_nothing_on() -> None:
    assert opening().happen(Lost(HANA)).wait(hours=1).room.lead == HANA


@pytest.mark.holds("circle:R4")
def test_the_lead_goes_to_a_facilitator_who_is_here_before_one_on_the_way_back() -> None:
    circle = opening().happen(knock(SAM, part=Part.FACILITATOR), Lost(KENJI), Leave(HANA))
    assert circle.room.lead == SAM
    assert circle.happen(Leave(SAM)).room.lead == KENJI


def test_nobody_is_left_out_or_added_outside_of_a_round() -> None:
    circle = opening()
    for event in (Skip(HANA, BEN), AddAgain(HANA, BEN)):
        assert circle.refuses(event) == rules.NO_ROUND
    assert circle.room.entry(BEN) is None
