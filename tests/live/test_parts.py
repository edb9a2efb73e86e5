"""One part of the circle after the other, and nobody lost on the way. Pure."""

from collections.abc import Callable

import pytest

from community.core.verdict import STALE, Reason
from community.live.rules import reasons as rules
from community.live.rules.effects import Ended
from community.live.rules.events import Back, Lost
from community.live.rules.leading import (
    BeginClosingRound,
    BeginRound,
    Break,
    Hold,
    OpenFloor,
    ReadGuidelines,
    Release,
    SayGoodbye,
    SetOrder,
    SetPrompt,
    Skip,
    Start,
)
from community.live.rules.may import may
from community.live.rules.presses import (
    End,
    Finish,
    Later,
    Leave,
    ListenOnly,
    MicOn,
    MoveOn,
    Pass,
    RaiseHand,
    Say,
    SetSpot,
    StepAway,
    Sure,
    TakeBack,
)
from community.live.rules.questions import heard, least_heard
from community.live.rules.room import Entry, Idle, Offered, Order, Phase, Spot, Status
from community.live.rules.view import seen_by
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    NOOR,
    Circle,
    a_round,
    ana_speaks,
    everybody_has_shared,
    hands_are_up,
    knock,
    lobby,
    open_floor,
    opening,
)

STEPS = (ReadGuidelines, BeginRound, OpenFloor, BeginClosingRound, SayGoodbye)
SURE = (BeginRound, OpenFloor, BeginClosingRound, SayGoodbye)


def guidelines() -> Circle:
    return opening().press(ReadGuidelines, HANA)


def closing_round() -> Circle:
    return everybody_has_shared().press(BeginClosingRound, HANA)


def goodbye() -> Circle:
    return opening().press(SayGoodbye, HANA)


def surely(circle: Circle, step: type) -> Circle:
    return circle.happen(step(HANA, circle.room.version, sure=Sure.YES))


PARTS: dict[str, tuple[Callable[[], Circle], list[Reason | None]]] = {
    "lobby": (lobby, [rules.NOT_STARTED] * 5),
    "opening": (opening, [None, None, rules.NO_ROUND, None, None]),
    "guidelines": (guidelines, [rules.NOT_OPENING, None, rules.NO_ROUND, None, None]),
    "a turn": (a_round, [rules.NOT_OPENING, *[rules.TURN_IS_ON] * 4]),
    "round over": (everybody_has_shared, [rules.NOT_OPENING, None, None, None, None]),
    "open floor": (open_floor, [rules.NOT_OPENING, None, rules.ALREADY_OPEN, None, None]),
    "closing round": (
        closing_round,
        [
            rules.NOT_OPENING,
            rules.CLOSES,
            rules.CLOSES,
            rules.ALREADY_CLOSING,
            rules.TURN_IS_ON,
        ],
    ),
    "goodbye": (
        goodbye,
        [
            rules.NOT_OPENING,
            rules.CLOSES,
            rules.CLOSES,
            rules.SAID_GOODBYE,
            rules.SAID_GOODBYE,
        ],
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_which_part_may_follow_which(part: str) -> None:
    start, answers = PARTS[part]
    circle = start()
    found = [may(circle.room, step(HANA, circle.room.version), circle.now) for step in STEPS]
    assert [each.reason for each in found] == answers


@pytest.mark.parametrize("step", STEPS)
def test_members_lead_nothing(step: type) -> None:
    circle = opening()
    assert circle.refuses(step(ANA, circle.room.version)) == rules.FACILITATORS_ONLY


def test_a_whole_circle_in_its_parts() -> None:
    circle = lobby().happen(Start(HANA)).press(ReadGuidelines, KENJI).press(BeginRound, HANA)
    for number in (1, 2):
        assert (circle.room.phase, circle.room.round) == (Phase.ROUND, number)
        for person in (ANA, BEN, NOOR):
            assert circle.room.floor == Offered(person)
            circle.accept(person).press(Finish, person)
        if number == 1:
            circle.press(BeginRound, HANA)
    circle.press(OpenFloor, HANA).happen(RaiseHand(NOOR)).press(BeginClosingRound, HANA)
    assert (circle.room.phase, circle.room.round) == (Phase.CLOSING_ROUND, 3)
    for person in (ANA, BEN, NOOR):
        circle.press(Pass, person)
    assert circle.press(SayGoodbye, HANA).room.phase is Phase.GOODBYE
    assert circle.happen(End(HANA)).room.phase is Phase.ENDED


@pytest.mark.holds("circle:1", "circle:2", "circle:3")
def test_the_closing_round_has_the_rules_of_a_round() -> None:
    circle = closing_round().press(Later, ANA)
    assert circle.room.floor == Offered(BEN)
    circle.happen(Skip(HANA, NOOR)).press(Pass, BEN)
    assert circle.room.floor == Offered(ANA)
    circle.accept(ANA)
    assert heard(circle.room) == {ANA}
    circle.happen(Lost(ANA)).press(MoveOn, HANA)
    assert circle.statuses() == {
        "Ben": Status.PASSED,
        "Noor": Status.SKIPPED,
        "Ana": Status.OWED,
    }


@pytest.mark.holds("circle:8")
def test_in_the_closing_round_too_nothing_moves_without_a_facilitator() -> None:
    circle = closing_round().happen(Leave(HANA), Leave(KENJI)).wait(seconds=30).press(Pass, ANA)
    assert circle.room.floor == Idle()
    circle.happen(knock(HANA), Release(HANA))
    assert circle.room.floor == Offered(BEN)


@pytest.mark.parametrize("step", SURE)
def test_a_turn_that_has_begun_is_owed_when_a_facilitator_goes_on_all_the_same(step: type) -> None:
    circle = surely(ana_speaks(), step)
    assert circle.room.entry(ANA) == Entry(ANA, Status.OWED)
    assert not circle.room.person(ANA).mic
    assert heard(circle.room) == frozenset()
    assert circle.room.floor.person != ANA


@pytest.mark.parametrize("step", [BeginRound, BeginClosingRound])
@pytest.mark.holds("circle:3")
def test_what_is_owed_is_asked_again_after_everybody_due(step: type) -> None:
    circle = surely(ana_speaks(), step)
    assert circle.room.queue == (Entry(BEN), Entry(NOOR), Entry(ANA, Status.OWED))
    circle.press(Pass, BEN).press(Pass, NOOR)
    assert circle.room.floor == Offered(ANA)


@pytest.mark.parametrize("step", [BeginRound, BeginClosingRound])
def test_a_turn_that_was_only_offered_is_in_the_new_line_like_everybodys(step: type) -> None:
    circle = surely(a_round(), step)
    assert circle.room.queue == (Entry(ANA), Entry(BEN), Entry(NOOR))
    assert circle.room.floor == Offered(ANA)


@pytest.mark.holds("circle:3")
def test_whoever_said_later_and_left_comes_later_in_the_next_round_too() -> None:
    circle = a_round().press(Later, ANA).happen(Leave(ANA)).press(Pass, BEN).press(Pass, NOOR)
    circle.press(BeginRound, HANA)
    assert circle.room.queue == (Entry(BEN), Entry(NOOR), Entry(ANA, Status.LATER))
    circle.happen(knock(ANA)).press(Pass, BEN).press(Pass, NOOR)
    assert circle.room.floor == Offered(ANA)


def test_whoever_left_before_their_turn_finds_it_in_the_next_round() -> None:
    circle = a_round().happen(Leave(NOOR)).wait(minutes=2).press(Pass, ANA)
    circle.press(Pass, BEN).press(BeginRound, HANA)
    assert circle.room.entry(NOOR) == Entry(NOOR, Status.LATER)


def test_whoever_had_a_turn_or_passed_has_another_one_in_the_next_round() -> None:
    circle = a_round().press(Pass, ANA).happen(Skip(HANA, NOOR)).press(Pass, BEN)
    circle.press(BeginRound, HANA)
    assert circle.room.queue == (Entry(ANA), Entry(BEN), Entry(NOOR))


def test_whoever_still_waits_when_the_floor_opens_has_a_hand_up() -> None:
    circle = surely(ana_speaks().press(Later, NOOR), OpenFloor)
    assert circle.room.queue == (
        Entry(BEN),
        Entry(NOOR, Status.LATER),
        Entry(ANA, Status.OWED),
    )
    assert circle.room.floor == Idle()


@pytest.mark.holds("circle:3")
def test_whoever_is_here_and_had_no_turn_at_goodbye_can_write_it() -> None:
    circle = surely(ana_speaks().happen(Leave(NOOR)), SayGoodbye)
    assert circle.statuses() == {"Ana": Status.OWED, "Ben": Status.OWED, "Noor": Status.DUE}
    circle.happen(Say(BEN))
    assert circle.room.entry(BEN) == Entry(BEN, Status.WRITTEN)
    assert circle.refuses(Say(NOOR)) == rules.LEFT
    *_, ended = circle.happen(End(HANA)).effects
    assert isinstance(ended, Ended)
    assert ended.owed == {ANA}


def test_a_hand_that_is_up_at_goodbye_is_not_owed_a_turn() -> None:
    circle = hands_are_up().press(SayGoodbye, HANA)
    assert Status.OWED not in circle.statuses().values()


@pytest.mark.holds("circle:6")
def test_two_who_go_on_at_once_go_on_once() -> None:
    circle = everybody_has_shared()
    seen = circle.room.version
    circle.happen(BeginRound(HANA, seen, sure=Sure.YES))
    assert circle.refuses(BeginRound(KENJI, seen, sure=Sure.YES)) == STALE
    assert circle.refuses(OpenFloor(KENJI, seen, sure=Sure.YES)) == STALE


@pytest.mark.holds("promise:1")
@pytest.mark.parametrize("pause", [Hold, Break])
def test_no_round_begins_while_the_room_is_paused(pause: type) -> None:
    circle = everybody_has_shared().happen(pause(HANA))
    for step in (BeginRound, BeginClosingRound):
        event = step(HANA, circle.room.version, sure=Sure.YES)
        assert circle.refuses(event) == rules.ON_HOLD


def test_a_turn_of_the_last_round_is_not_taken_back_in_the_next() -> None:
    circle = everybody_has_shared().press(BeginRound, HANA)
    assert circle.refuses(TakeBack(NOOR, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK


def test_whoever_only_listened_may_change_their_mind_in_the_next_round() -> None:
    circle = a_round().press(ListenOnly, ANA).press(Pass, BEN).press(Pass, NOOR)
    circle.press(BeginRound, HANA)
    assert circle.room.entry(ANA) is None
    circle.press(TakeBack, ANA)
    assert circle.room.queue[-1] == Entry(ANA)


def test_a_prompt_is_set_between_turns_or_surely_and_stays_until_the_closing_round() -> None:
    circle = opening().happen(SetPrompt(HANA, " What helps you rest? "))
    circle.press(BeginRound, HANA)
    assert circle.room.prompt == "What helps you rest?"
    assert circle.refuses(SetPrompt(HANA, "Something else")) == rules.FLOOR_TAKEN
    asked, sure = circle.room.floor, SetPrompt(HANA, "Something else", sure=Sure.YES)
    assert circle.happen(sure).room.prompt == "Something else"
    assert circle.room.floor == asked
    for person in (ANA, BEN, NOOR):
        circle.press(Pass, person)
    circle.press(BeginRound, HANA, "A good moment")
    assert seen_by(circle.room, BEN, circle.now).prompt == "A good moment"
    circle = surely(circle, BeginClosingRound)
    assert circle.room.prompt == ""
    assert circle.refuses(SetPrompt(HANA, "Something else")) == rules.CLOSES
    assert circle.refuses(SetOrder(HANA, Order.RANDOM)) == rules.CLOSES
    assert circle.refuses(SetSpot(ANA, Spot.EARLY)) == rules.CLOSES


@pytest.mark.holds("promise:1")
def test_a_break_is_an_idea_again_after_twenty_five_minutes_in_every_round() -> None:
    circle = everybody_has_shared()
    for step in (BeginRound, OpenFloor, BeginClosingRound):
        circle.wait(minutes=24)
        assert not seen_by(circle.room, HANA, circle.now).break_is_due
        before = seen_by(surely(circle, step).room, ANA, circle.now)
        circle.wait(minutes=1)
        assert seen_by(circle.room, HANA, circle.now).break_is_due
        after = seen_by(circle.room, ANA, circle.now)
        assert not after.break_is_due
        assert (after.floor, after.order, after.heard) == (before.floor, before.order, before.heard)
        circle.happen(Break(HANA)).wait(minutes=5).happen(Release(HANA))


def test_turns_of_every_round_count_for_who_was_heard_least() -> None:
    circle = a_round().accept(ANA).press(Finish, ANA).press(Pass, BEN).accept(NOOR)
    circle.press(Finish, NOOR).press(BeginRound, HANA)
    circle.accept(ANA).press(Finish, ANA).press(Pass, BEN).press(Pass, NOOR)
    circle.press(OpenFloor, HANA).happen(RaiseHand(ANA), RaiseHand(NOOR))
    assert least_heard(circle.room, circle.now) == NOOR
    assert least_heard(circle.happen(RaiseHand(BEN)).room, circle.now) == BEN


def test_the_guidelines_wait_for_a_facilitator_like_the_opening() -> None:
    circle = guidelines().happen(Leave(HANA), Leave(KENJI)).wait(seconds=30)
    assert seen_by(circle.room, ANA, circle.now).hold == "no-facilitator"
    assert circle.refuses(MicOn(ANA)) == rules.MIC_WAITS


def test_whoever_rests_is_stepped_over_in_each_round_and_keeps_their_place() -> None:
    circle = a_round().press(StepAway, ANA).press(Pass, BEN).press(Pass, NOOR)
    circle.press(BeginRound, HANA)
    assert circle.room.queue[-1] == Entry(ANA, Status.LATER)
    assert circle.room.floor == Offered(BEN)


def test_a_line_that_drops_and_comes_back_keeps_its_place_in_the_next_round() -> None:
    circle = a_round().happen(Lost(NOOR)).press(Pass, ANA).press(Pass, BEN)
    surely(circle, BeginRound).happen(Back(NOOR))
    assert circle.room.queue == (Entry(ANA), Entry(BEN), Entry(NOOR))
