"""Ways to take a turn: each is one press, equal to the others, and can change. Pure."""

from dataclasses import replace

import pytest

from community.live.rules import reasons as rules
from community.live.rules.events import Back, Lost
from community.live.rules.leading import Hold, SayGoodbye, Start
from community.live.rules.presses import (
    Accept,
    Finish,
    HideCard,
    Later,
    ListenOnly,
    MoveOn,
    Pass,
    Say,
    SendPrepared,
    SetMode,
    SetWish,
    ShowCard,
    TakeBack,
)
from community.live.rules.questions import heard
from community.live.rules.room import Holding, Mode, Offered, Status, Wish
from community.live.rules.view import seen_by
from tests.live.pretend import ANA, BEN, HANA, NOOR, NOW, Circle, a_round, ana_speaks, knock


def floor_of(circle: Circle) -> Holding:
    assert isinstance(circle.room.floor, Holding)
    return circle.room.floor


@pytest.mark.holds("promise:2")
@pytest.mark.parametrize("first", Mode)
@pytest.mark.parametrize("then", Mode)
def test_a_turn_goes_on_in_any_other_way(first: Mode, then: Mode) -> None:
    circle = a_round().accept(ANA, first).happen(SetMode(ANA, then))
    assert floor_of(circle) == Holding(ANA, then, Wish.JUST_LISTEN)
    assert (ANA in heard(circle.room)) is (then is Mode.VOICE)


@pytest.mark.holds("promise:2", "seed:14")
@pytest.mark.parametrize(
    ("decline", "status"),
    [(Pass, Status.PASSED), (Later, Status.LATER), (ListenOnly, Status.PASSED)],
)
@pytest.mark.parametrize("speaks", [False, True])
def test_declining_is_one_press_with_the_same_thanks(
    decline: type[Pass], status: Status, speaks: bool
) -> None:
    circle = ana_speaks() if speaks else a_round()
    circle.press(decline, ANA)
    assert circle.statuses()["Ana"] is status
    assert circle.room.floor == Offered(BEN)
    assert circle.room.thanked == ANA
    assert not circle.room.person(ANA).mic


@pytest.mark.holds("promise:2")
@pytest.mark.parametrize("mode", Mode)
def test_every_way_ends_with_the_same_thanks_and_the_next_is_asked(mode: Mode) -> None:
    circle = a_round().accept(ANA, mode).press(Finish, ANA)
    assert circle.room.thanked == ANA
    assert circle.room.floor == Offered(BEN)
    assert circle.statuses()["Ana"] is Status.DONE


@pytest.mark.parametrize("mode", [Mode.TYPED, Mode.ALOUD])
def test_words_are_sent_in_the_ways_that_have_words_and_leave_no_trace_in_the_room(
    mode: Mode,
) -> None:
    circle = a_round().accept(ANA, mode)
    before = circle.room
    circle.happen(Say(ANA))
    assert circle.room == replace(before, version=before.version + 1)


@pytest.mark.parametrize("mode", [Mode.VOICE, Mode.SILENCE])
def test_words_wait_until_a_way_with_words_was_chosen(mode: Mode) -> None:
    assert a_round().accept(ANA, mode).refuses(Say(ANA)) == rules.NOT_TYPING


@pytest.mark.holds("seed:3")
def test_what_the_speaker_would_like_can_change_in_the_middle_and_everybody_sees_it() -> None:
    circle = ana_speaks().happen(SetWish(ANA, Wish.IDEAS))
    assert seen_by(circle.room, BEN, NOW).floor.wish is Wish.IDEAS
    assert circle.refuses(SetWish(BEN, Wish.IDEAS)) == rules.NOT_YOUR_TURN
    assert circle.press(Finish, ANA).room.after is not None
    assert circle.room.after.wish is Wish.IDEAS


@pytest.mark.holds("promise:2", "F:F62")
def test_what_was_written_before_is_a_whole_turn_in_one_press() -> None:
    circle = a_round()
    circle.happen(SendPrepared(ANA, circle.room.version, Mode.ALOUD, Wish.REFLECTION))
    assert floor_of(circle) == Holding(ANA, Mode.ALOUD, Wish.REFLECTION)
    assert not heard(circle.room)


def test_in_the_middle_of_a_spoken_turn_it_closes_the_microphone() -> None:
    circle = ana_speaks().happen(SetWish(ANA, Wish.IDEAS))
    circle.happen(SendPrepared(ANA, circle.room.version, Mode.TYPED))
    assert floor_of(circle) == Holding(ANA, Mode.TYPED, Wish.IDEAS)
    assert not heard(circle.room)


def test_what_was_written_before_waits_for_its_own_turn() -> None:
    circle = a_round()
    seen = circle.room.version
    assert circle.refuses(SendPrepared(BEN, seen)) == rules.NOT_YOUR_TURN
    assert circle.refuses(SendPrepared(ANA, seen, Mode.VOICE)) == rules.NOT_WRITTEN
    circle.happen(Hold(HANA))
    assert circle.refuses(SendPrepared(ANA, circle.room.version)) == rules.ON_HOLD


def test_an_owed_turn_can_be_what_was_written_before() -> None:
    circle = ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA)
    circle.press(Pass, BEN).press(Pass, NOOR).happen(Back(ANA)).press(MoveOn, HANA)
    circle.press(SayGoodbye, HANA)
    circle.happen(SendPrepared(ANA, circle.room.version))
    assert circle.statuses()["Ana"] is Status.WRITTEN
    assert circle.refuses(SendPrepared(BEN, circle.room.version)) == rules.NO_TURN


@pytest.mark.holds("promise:2")
@pytest.mark.parametrize(
    ("decline", "left"),
    [(Pass, Status.PASSED), (Later, Status.LATER), (ListenOnly, Status.PASSED)],
)
@pytest.mark.parametrize("mode", Mode)
def test_a_turn_can_be_given_up_in_the_middle_and_taken_back(
    decline: type[Pass], left: Status, mode: Mode
) -> None:
    circle = a_round().accept(ANA, mode)
    before = circle.room.floor
    circle.press(decline, ANA)
    assert circle.statuses()["Ana"] is left
    assert (circle.room.thanked, circle.room.floor) == (ANA, Offered(BEN))
    assert not heard(circle.room)
    circle.press(TakeBack, ANA)
    assert circle.room.floor == before
    assert (ANA in heard(circle.room)) is (mode is Mode.VOICE)


@pytest.mark.holds("seed:7")
def test_a_card_is_shown_or_hidden_by_its_owner_at_any_time() -> None:
    circle = Circle().happen(knock(HANA), knock(ANA, card="Please wait for me."), knock(BEN))
    circle.happen(Start(HANA))
    cards = lambda: [each.card for each in seen_by(circle.room, BEN, NOW).order]  # noqa: E731
    assert cards() == ["Please wait for me.", None]
    circle.happen(HideCard(ANA))
    assert cards() == [None, None]
    assert circle.refuses(HideCard(ANA)) == rules.CARD_IS_SO
    assert seen_by(circle.room, ANA, NOW).me.card == "Please wait for me."
    circle.happen(ShowCard(ANA))
    assert cards() == ["Please wait for me.", None]
    assert circle.refuses(ShowCard(BEN)) == rules.NO_CARD


def test_whoever_presses_what_has_moved_on_is_told_so() -> None:
    circle = a_round()
    seen = circle.room.version
    circle.press(Pass, ANA)
    assert circle.refuses(SendPrepared(ANA, seen)).code == "stale"
    assert circle.refuses(Accept(ANA, seen, Mode.ALOUD)).code == "stale"
