"""After the round: hands are raised, and a facilitator gives the floor. Pure."""

import pytest
from flask import Flask

from community.live.page.board import board_for
from community.live.queries import Texts
from community.live.rules import reasons as rules
from community.live.rules.events import Lost
from community.live.rules.leading import MoveUp, Offer, OpenFloor, SayGoodbye
from community.live.rules.presses import (
    Finish,
    Later,
    Leave,
    LowerHand,
    MoveOn,
    Pass,
    RaiseHand,
    StepAway,
    TakeBack,
)
from community.live.rules.questions import heard, least_heard
from community.live.rules.room import Entry, Idle, Mode, Offered, Phase, Status
from community.live.rules.view import seen_by
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    LEE,
    NOOR,
    NOW,
    Circle,
    a_round,
    ana_speaks,
    everybody_has_shared,
    hands_are_up,
    knock,
    open_floor,
)


def test_the_floor_is_opened_once_nobody_has_it_and_then_nobody_is_asked_by_itself() -> None:
    circle = ana_speaks()
    assert circle.refuses(OpenFloor(HANA, circle.room.version)) == rules.TURN_IS_ON
    circle = open_floor()
    assert (circle.room.phase, circle.room.floor, circle.room.queue) == (
        Phase.OPEN_FLOOR,
        Idle(),
        (),
    )
    assert circle.refuses(OpenFloor(HANA, circle.room.version)) == rules.ALREADY_OPEN


@pytest.mark.holds("circle:1", "promise:3")
def test_whoever_is_given_the_floor_is_asked_and_heard_only_after_their_own_press() -> None:
    circle = hands_are_up().press(Offer, HANA, NOOR)
    assert circle.room.floor == Offered(NOOR)
    assert heard(circle.room) == frozenset()
    circle.accept(NOOR)
    assert heard(circle.room) == {NOOR}
    circle.press(Finish, NOOR)
    assert circle.room.floor == Idle()
    assert heard(circle.room) == frozenset()


def test_only_a_raised_hand_can_be_given_the_floor() -> None:
    circle = hands_are_up()
    assert circle.refuses(Offer(HANA, circle.room.version, ANA)) == rules.NOT_OFFERABLE
    circle.happen(LowerHand(BEN))
    assert circle.refuses(Offer(HANA, circle.room.version, BEN)) == rules.NOT_OFFERABLE


def test_a_hand_is_raised_once_and_again_after_a_turn() -> None:
    circle = hands_are_up()
    assert circle.refuses(RaiseHand(BEN)) == rules.HAND_IS_UP
    assert circle.refuses(LowerHand(ANA)) == rules.NO_HAND
    circle.press(Offer, HANA, BEN).accept(BEN).press(Finish, BEN).happen(RaiseHand(BEN))
    assert circle.room.queue == (Entry(NOOR), Entry(BEN))


def test_the_least_heard_of_the_raised_hands_is_the_one_with_the_fewest_turns() -> None:
    circle = everybody_has_shared()
    circle.press(OpenFloor, HANA).happen(RaiseHand(ANA), RaiseHand(BEN))
    assert least_heard(circle.room, circle.now) == ANA
    circle.press(Offer, HANA, ANA).accept(ANA).press(Finish, ANA).happen(RaiseHand(ANA))
    assert least_heard(circle.room, circle.now) == BEN
    circle.happen(LowerHand(BEN))
    assert least_heard(circle.room, circle.now) == ANA


@pytest.mark.holds("circle:9")
def test_who_was_least_heard_is_for_facilitators_only() -> None:
    circle = hands_are_up()
    assert seen_by(circle.room, HANA, NOW).least_heard == BEN
    for viewer in (ANA, BEN, LEE):
        assert seen_by(circle.room, viewer, NOW).least_heard is None


def test_a_turn_that_goes_on_after_a_drop_is_one_turn() -> None:
    circle = ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA).press(Pass, BEN).press(Pass, NOOR)
    circle.press(MoveOn, HANA).press(Offer, HANA, ANA).accept(ANA, Mode.TYPED)
    assert circle.room.person(ANA).turns == 1


def test_how_often_somebody_was_heard_outlasts_their_leaving() -> None:
    circle = ana_speaks().press(Finish, ANA).happen(Leave(ANA), knock(ANA))
    assert circle.room.person(ANA).turns == 1


@pytest.mark.holds("circle:3")
def test_whoever_is_owed_a_turn_has_their_hand_up_already() -> None:
    circle = ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA).press(Pass, BEN).press(Pass, NOOR)
    circle.press(MoveOn, HANA)
    circle.press(OpenFloor, HANA).happen(RaiseHand(NOOR))
    assert circle.room.queue == (Entry(ANA, Status.OWED), Entry(NOOR))
    assert circle.refuses(LowerHand(ANA)) == rules.NO_HAND
    assert circle.refuses(RaiseHand(ANA)) == rules.HAND_IS_UP


@pytest.mark.parametrize(
    ("decline", "queue"),
    [
        (Pass, (Entry(BEN, Status.PASSED), Entry(NOOR))),
        (Later, (Entry(NOOR), Entry(BEN, Status.LATER))),
        (StepAway, (Entry(NOOR), Entry(BEN, Status.LATER))),
    ],
)
def test_the_floor_can_be_declined_as_in_a_round_and_taken_back(
    decline: type[Pass], queue: tuple[Entry, ...]
) -> None:
    circle = hands_are_up().press(Offer, HANA, BEN).press(decline, BEN)
    assert (circle.room.queue, circle.room.floor) == (queue, Idle())
    circle.press(TakeBack, BEN)
    assert (circle.room.queue, circle.room.floor) == ((Entry(BEN), Entry(NOOR)), Offered(BEN))


def later_on_the_open_floor() -> Circle:
    circle = a_round().press(Pass, ANA).press(Later, BEN).press(Pass, NOOR)
    return circle.press(MoveOn, HANA).press(OpenFloor, HANA)


def test_whose_turn_comes_later_has_raised_no_hand_and_may(application: Flask) -> None:
    circle = later_on_the_open_floor()
    assert circle.room.queue == (Entry(BEN, Status.LATER),)
    assert circle.refuses(LowerHand(BEN)) == rules.NO_HAND
    circle.happen(RaiseHand(NOOR))
    assert of_the_desk(application, circle) == (
        ["Noor has raised a hand."],
        {"Ben": "later", "Noor": "hand is up"},
        "First hand: Noor",
    )
    circle.happen(RaiseHand(BEN))
    assert circle.room.queue == (Entry(NOOR), Entry(BEN))
    assert of_the_desk(application, circle)[0] == [
        "Noor has raised a hand.",
        "Ben has raised a hand.",
    ]


def of_the_desk(application: Flask, circle: Circle) -> tuple[list[str], dict[str, str], str]:
    """Whose hand is told to be up, how the order says everybody is, and whose press is there."""
    with application.test_request_context():
        board = board_for(circle.room, Texts(), HANA, circle.now).fields
    statuses = {each["name"]: each["status"] for each in board["order"]}
    return board["tells"]["hands"].splitlines(), statuses, board["turn"][1]["text"]


def test_whoever_comes_late_listens_until_they_raise_a_hand() -> None:
    circle = hands_are_up().happen(Leave(ANA), knock(ANA))
    assert circle.room.entry(ANA) is None
    assert circle.happen(RaiseHand(ANA)).room.queue[-1] == Entry(ANA)


@pytest.mark.parametrize("person", [LEE, HANA])
def test_whoever_takes_no_turns_has_no_hand_to_raise(person: object) -> None:
    assert open_floor().refuses(RaiseHand(person)) == rules.NO_TURN


def test_hands_are_up_with_an_open_floor_only() -> None:
    assert a_round().refuses(RaiseHand(ANA)) == rules.NOT_OPEN


def test_hands_change_places_too() -> None:
    circle = hands_are_up().happen(MoveUp(HANA, NOOR))
    assert [each.person for each in circle.room.queue] == [NOOR, BEN]


def test_an_open_floor_leads_to_goodbye() -> None:
    circle = hands_are_up().press(Offer, HANA, BEN)
    assert circle.refuses(SayGoodbye(HANA, circle.room.version)) == rules.TURN_IS_ON
    assert circle.press(Pass, BEN).press(SayGoodbye, HANA).room.phase is Phase.GOODBYE


def test_everybody_sees_whose_hand_is_up_in_the_order_of_raising() -> None:
    seen = seen_by(hands_are_up().room, ANA, NOW)
    assert [(each.name, each.status) for each in seen.order] == [
        ("Ben", Status.DUE),
        ("Noor", Status.DUE),
    ]
    assert seen.next is None
    assert seen_by(Circle().happen(knock(HANA)).room, HANA, NOW).order == ()
