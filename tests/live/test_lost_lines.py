"""Lines drop, people leave and servers start again: the floor waits. Pure."""

from datetime import timedelta

import pytest

from community.live.rules import reasons as rules
from community.live.rules.events import Back, Lost, Restarted
from community.live.rules.presses import (
    Finish,
    Leave,
    MoveOn,
    TakeBack,
)
from community.live.rules.questions import heard
from community.live.rules.room import (
    Holding,
    Mode,
    Offered,
    Presence,
    Status,
    Wish,
)
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    NOOR,
    SAM,
    a_round,
    ana_speaks,
    knock,
)


@pytest.mark.holds("circle:R2", "promise:1", "promise:7")
def test_the_floor_waits_for_somebody_whose_line_drops() -> None:
    circle = ana_speaks().happen(Lost(ANA)).wait(hours=2)
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN)
    assert heard(circle.room) == frozenset()
    assert heard(circle.happen(Back(ANA)).room) == {ANA}


@pytest.mark.holds("circle:R2")
def test_a_holder_who_was_away_is_owed_the_turn() -> None:
    circle = ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA)
    assert circle.statuses()["Ana"] is Status.OWED
    assert circle.room.floor == Offered(BEN)
    for person in (BEN, NOOR):
        circle.accept(person).press(Finish, person)
    assert circle.room.floor == Offered(ANA)


@pytest.mark.holds("circle:R3")
@pytest.mark.parametrize("away", [True, False])
def test_an_offer_that_is_moved_on_from_comes_later(away: bool) -> None:
    circle = a_round()
    if away:
        circle.happen(Lost(ANA))
    assert circle.press(MoveOn, HANA).statuses()["Ana"] is Status.LATER


def test_a_holder_who_was_here_has_had_their_turn() -> None:
    circle = ana_speaks().press(MoveOn, HANA)
    assert circle.statuses()["Ana"] is Status.DONE
    assert circle.refuses(TakeBack(ANA, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK


@pytest.mark.holds("circle:R8", "promise:7")
def test_a_restart_keeps_the_floor_and_gives_everybody_a_fresh_grace() -> None:
    circle = ana_speaks().happen(knock(SAM, confirmed=False), Leave(NOOR), Lost(BEN))
    floor = circle.room.floor
    circle.wait(minutes=5).happen(Restarted(frozenset({HANA, KENJI, ANA})))
    assert circle.room.floor == floor
    for person in (HANA, ANA, BEN):
        assert circle.presence(person) is Presence.RECONNECTING
        assert circle.room.person(person).away_since == circle.now
    assert circle.presence(SAM) is Presence.KNOCKING
    assert circle.presence(NOOR) is Presence.GONE
    assert heard(circle.happen(Back(ANA)).room) == {ANA}


@pytest.mark.holds("F:F31")
@pytest.mark.parametrize(("speaks", "status"), [(True, Status.OWED), (False, Status.LATER)])
def test_leaving_quietly_keeps_the_turn_and_lets_the_next_be_asked(
    speaks: bool, status: Status
) -> None:
    circle = (ana_speaks() if speaks else a_round()).happen(Leave(ANA))
    assert circle.statuses()["Ana"] is status
    assert circle.room.floor == Offered(BEN)
    assert circle.presence(ANA) is Presence.GONE


def test_away_is_measured_from_when_it_began() -> None:
    circle = a_round().happen(Lost(ANA))
    person = circle.room.person(ANA)
    assert person.is_away_past(timedelta(0), circle.now)
    assert not person.is_away_past(timedelta(seconds=1), circle.now)
