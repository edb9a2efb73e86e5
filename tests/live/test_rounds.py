"""A round: who is asked, and after whom. Pure."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from community.live.page.board import board_for
from community.live.queries import Texts
from community.live.rules import reasons as rules
from community.live.rules.events import Back, Lost
from community.live.rules.leading import (
    BeginRound,
    Offer,
    Start,
)
from community.live.rules.presses import (
    ComeBack,
    Finish,
    Later,
    Leave,
    ListenOnly,
    Pass,
    StepAway,
)
from community.live.rules.questions import kept_for, round_is_over
from community.live.rules.room import (
    Idle,
    Offered,
    Status,
    Way,
)
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    LEE,
    NOOR,
    SAM,
    Circle,
    a_round,
    ana_speaks,
    knock,
    opening,
)


def test_the_order_is_the_order_of_signing_up_and_only_members_who_take_turns() -> None:
    circle = Circle().happen(
        *(knock(each) for each in (NOOR, HANA, LEE, ANA)), knock(BEN, Way.LISTEN), Start(HANA)
    )
    circle.press(BeginRound, HANA, "How was your week?")
    assert [each.person for each in circle.room.queue] == [ANA, NOOR]
    assert circle.room.prompt == "How was your week?"
    assert circle.room.floor == Offered(ANA)


def test_a_round_of_nobody_waits_for_whoever_comes() -> None:
    circle = Circle().happen(knock(HANA), Start(HANA)).press(BeginRound, HANA)
    assert circle.room.floor == Idle()
    assert round_is_over(circle.room, circle.now)
    circle.happen(knock(ANA))
    assert not round_is_over(circle.room, circle.now)
    assert circle.press(Offer, HANA, ANA).room.floor == Offered(ANA)


@pytest.mark.holds("circle:2")
def test_somebody_who_passed_beforehand_is_not_offered_the_floor() -> None:
    circle = a_round().press(Pass, BEN).accept(ANA).press(Finish, ANA)
    assert circle.room.floor == Offered(NOOR)


@pytest.mark.holds("circle:3")
def test_later_comes_after_everybody_due_and_is_asked_again() -> None:
    circle = a_round().press(Later, ANA)
    assert [each.person for each in circle.room.queue] == [BEN, NOOR, ANA]
    for person in (BEN, NOOR):
        circle.accept(person).press(Finish, person)
    assert circle.room.floor == Offered(ANA)


@pytest.mark.holds("circle:3")
def test_somebody_who_arrives_late_is_asked_before_those_who_said_later() -> None:
    circle = a_round().press(Later, ANA).happen(knock(SAM))
    for person in (BEN, NOOR):
        circle.accept(person).press(Finish, person)
    assert circle.room.floor == Offered(SAM)


def test_the_last_one_to_say_later_is_not_asked_again_at_once() -> None:
    circle = a_round().press(Pass, BEN).press(Pass, NOOR).press(Later, ANA)
    assert circle.room.floor == Idle()
    assert not round_is_over(circle.room, circle.now)
    assert circle.refuses(Later(ANA, circle.room.version)) == rules.ALREADY_LATER
    assert circle.press(Offer, HANA, ANA).room.floor == Offered(ANA)
    assert circle.press(Later, ANA).room.floor == Idle()


def test_later_may_be_said_again_for_as_long_as_anybody_likes() -> None:
    circle = a_round().press(Pass, NOOR).press(Later, ANA).press(Later, BEN)
    assert circle.room.floor == Offered(ANA)
    assert circle.press(Later, ANA).room.floor == Offered(BEN)


def test_listening_only_can_be_chosen_before_the_round() -> None:
    circle = opening().press(ListenOnly, BEN).press(BeginRound, HANA)
    assert circle.room.entry(BEN) is None


@pytest.mark.holds("circle:3")
def test_somebody_known_to_be_gone_is_stepped_over_and_comes_later() -> None:
    circle = ana_speaks().happen(Lost(BEN)).wait(seconds=60).press(Finish, ANA)
    assert circle.room.floor == Offered(NOOR)
    assert circle.statuses() == {
        "Ana": Status.DONE,
        "Noor": Status.DUE,
        "Ben": Status.LATER,
    }


@pytest.mark.holds("circle:8", "promise:7")
def test_somebody_whose_line_has_just_dropped_is_still_offered_their_turn() -> None:
    circle = ana_speaks().happen(Lost(BEN)).wait(seconds=59).press(Finish, ANA)
    assert circle.room.floor == Offered(BEN)


def test_a_round_whose_people_are_all_gone_is_over() -> None:
    circle = ana_speaks().happen(Leave(BEN), Leave(NOOR)).press(Finish, ANA)
    assert circle.statuses() == {"Ana": Status.DONE, "Ben": Status.LATER, "Noor": Status.LATER}
    assert round_is_over(circle.room, circle.now)


@pytest.mark.holds("circle:3")
def test_a_round_is_not_over_while_somebody_on_their_way_back_has_not_had_their_turn() -> None:
    circle = ana_speaks().happen(Lost(BEN), Leave(NOOR)).wait(seconds=60).press(Finish, ANA)
    assert circle.room.floor == Idle()
    assert not round_is_over(circle.room, circle.now)
    assert kept_for(circle.room, circle.now) == (BEN,)
    assert circle.happen(Back(BEN)).press(Offer, HANA, BEN).room.floor == Offered(BEN)
    assert kept_for(circle.room, circle.now) == ()


@pytest.mark.holds("circle:3")
def test_a_turn_that_waits_for_whoever_rests_is_said_to_everybody_and_to_them(
    application: Flask,
) -> None:
    circle = ana_speaks().press(StepAway, BEN).press(Finish, ANA).press(Pass, NOOR)
    with application.test_request_context():
        said = {
            viewer: [line["text"] for line in board_of(circle, viewer)["lines"]]
            for viewer in (ANA, BEN, HANA)
        }
        cue = board_of(circle, ANA)["cue"]
    kept = "The others have had their turn. One is kept for: Ben."
    assert cue == "A quiet moment"
    assert said[ANA][0] == kept
    assert said[HANA][:2] == [kept, "You can wait, or go on: no turn is lost."]
    assert said[BEN][1] == "Your turn is kept for when you’re back. There’s no hurry."
    assert round_is_over(circle.happen(ComeBack(BEN)).press(Pass, BEN).room, circle.now)


def board_of(circle: Circle, viewer: UUID) -> dict[str, Any]:
    return board_for(circle.room, Texts(), viewer, circle.now).fields


def test_whoever_types_reads_their_place_in_the_order_in_the_same_words_as_others(
    application: Flask,
) -> None:
    """To themselves, and to everybody else."""
    circle = Circle().happen(knock(HANA), *(knock(each) for each in (ANA, BEN, NOOR)))
    circle.happen(knock(SAM, Way.TEXT), Start(HANA)).press(BeginRound, HANA, "").accept(ANA)
    with application.test_request_context():
        before = {viewer: statuses_to(circle, viewer) for viewer in (NOOR, SAM)}
        circle.press(Finish, ANA).press(Pass, BEN)
        after = {viewer: statuses_to(circle, viewer) for viewer in (NOOR, SAM)}
    for viewer in (NOOR, SAM):
        assert before[viewer] == ["speaking", "up next", "to come", "to come, text only"]
        assert after[viewer][2:] == ["may start", "up next, text only"]


def statuses_to(circle: Circle, viewer: UUID) -> list[str]:
    return [row["status"] for row in board_of(circle, viewer)["order"]]


def test_a_facilitator_may_ask_somebody_else_who_is_due() -> None:
    circle = a_round().press(Offer, HANA, NOOR)
    assert circle.room.floor == Offered(NOOR)
    assert circle.accept(NOOR).press(Finish, NOOR).room.floor == Offered(ANA)
