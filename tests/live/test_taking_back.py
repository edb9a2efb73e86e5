"""What ended a turn, taken back: until when, and what of it. Pure."""

import pytest

from community.live.rules import reasons as rules
from community.live.rules.leading import (
    BeginRound,
)
from community.live.rules.presses import (
    Finish,
    Later,
    ListenOnly,
    MicOff,
    Pass,
    TakeBack,
)
from community.live.rules.questions import heard
from community.live.rules.room import (
    Entry,
    Holding,
    Mode,
    Offered,
    Status,
    Way,
    Wish,
)
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    a_round,
    ana_speaks,
    opening,
)


@pytest.mark.holds("circle:2", "F:F84")
@pytest.mark.parametrize("press", [Finish, Pass, Later, ListenOnly])
def test_what_ended_a_turn_can_be_taken_back_until_the_next_person_accepts(
    press: type[Pass],
) -> None:
    circle = ana_speaks()
    floor, queue = circle.room.floor, circle.room.queue
    circle.press(press, ANA).press(TakeBack, ANA)
    assert (circle.room.floor, circle.room.queue) == (floor, queue)
    assert circle.room.person(ANA).way is Way.VOICE
    assert heard(circle.room) == {ANA}
    assert circle.room.thanked is None


def test_a_microphone_that_was_off_stays_off_when_a_finish_is_taken_back() -> None:
    circle = ana_speaks().happen(MicOff(ANA)).press(Finish, ANA).press(TakeBack, ANA)
    assert not circle.room.person(ANA).mic


def test_a_finish_cannot_be_taken_back_once_the_next_person_has_the_floor() -> None:
    circle = ana_speaks().press(Finish, ANA).accept(BEN)
    assert circle.refuses(TakeBack(ANA, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK


@pytest.mark.holds("F:F84")
def test_a_pass_becomes_a_turn_again_even_then() -> None:
    circle = a_round().press(Pass, ANA).accept(BEN).press(TakeBack, ANA)
    assert circle.statuses()["Ana"] is Status.DUE
    assert circle.room.floor == Holding(BEN, Mode.VOICE, Wish.JUST_LISTEN)
    assert circle.press(Finish, BEN).room.floor == Offered(ANA)


def test_taking_back_leaves_what_others_chose_in_the_meantime() -> None:
    circle = ana_speaks().press(Finish, ANA).press(Pass, BEN).press(TakeBack, ANA)
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN)
    assert circle.statuses()["Ben"] is Status.PASSED
    assert circle.press(TakeBack, BEN).statuses()["Ben"] is Status.DUE
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN)


def test_an_offer_that_was_declined_can_be_taken_back_and_so_can_the_turn_before() -> None:
    circle = ana_speaks().press(Finish, ANA).press(Pass, BEN).press(TakeBack, BEN)
    assert circle.room.floor == Offered(BEN)
    assert circle.press(TakeBack, ANA).room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN)


def test_listening_only_can_be_taken_back_before_the_round_and_during_it() -> None:
    circle = opening().press(ListenOnly, ANA)
    assert circle.room.person(ANA).way is Way.LISTEN
    assert circle.press(TakeBack, ANA).room.person(ANA).way is Way.VOICE
    circle.press(ListenOnly, ANA).press(BeginRound, HANA).press(TakeBack, ANA)
    assert circle.room.queue[-1] == Entry(ANA)


def test_listening_only_after_a_turn_leaves_the_turn_as_it_was() -> None:
    circle = ana_speaks().press(Finish, ANA).press(ListenOnly, ANA)
    assert circle.statuses()["Ana"] is Status.DONE
