"""What puts somebody out and ends a circle, what is left of it, and what never ends it. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from flask import Flask

from community.calls.rules.call import EndReason
from community.live.page.board import board_for
from community.live.queries import Texts
from community.live.rules import reasons as rules
from community.live.rules.effects import Cut, Ended, Heard, OtherPeople, Removed
from community.live.rules.events import Empty, Lost, Restarted
from community.live.rules.leading import (
    Remove,
    SayGoodbye,
)
from community.live.rules.may import may, may_watch
from community.live.rules.presses import (
    End,
    Finish,
    Leave,
    MicOn,
    MoveOn,
    Pass,
    TakeBack,
)
from community.live.rules.room import (
    Offered,
    Phase,
    Presence,
    Room,
)
from community.live.rules.view import seen_by
from tests.live.anything import OTHER, TURN, an_evening
from tests.live.pretend import (
    ANA,
    BEN,
    CALL,
    HANA,
    KENJI,
    LEE,
    NAMES,
    NOOR,
    Circle,
    a_round,
    ana_speaks,
    knock,
    lobby,
    opening,
    with_sam_removed,
)


@pytest.mark.holds("circle:1")
def test_a_removed_person_is_out_at_once_and_the_next_is_asked() -> None:
    circle = ana_speaks()
    before = circle.room.media_id
    circle.happen(Remove(HANA, ANA, "It was not safe for the others."))
    assert circle.effects == (
        Heard(frozenset()),
        OtherPeople(),
        Cut(before, ANA),
        Removed(ANA, "It was not safe for the others."),
    )
    assert circle.room.floor == Offered(BEN)
    assert circle.room.entry(ANA) is None
    assert circle.presence(ANA) is Presence.REMOVED


def test_removing_somebody_who_has_just_shared_leaves_no_trace_of_them() -> None:
    circle = ana_speaks().press(Finish, ANA).happen(Remove(HANA, ANA, "Why."))
    assert circle.room.thanked is None
    assert circle.room.undos == ()
    assert circle.room.floor == Offered(BEN)


@pytest.mark.holds("circle:13", "raur:14b")
def test_after_the_end_nothing_is_left_but_that_it_is_over() -> None:
    circle = with_sam_removed(ana_speaks()).happen(Lost(ANA)).press(MoveOn, HANA)
    circle.happen(MicOn(HANA), Leave(NOOR))
    before = circle.room.media_id
    circle.happen(End(HANA))
    assert circle.effects == (
        Heard(frozenset()),
        Cut(before),
        Ended(frozenset({HANA, KENJI, ANA, BEN, NOOR, LEE}), EndReason.FINISHED, frozenset({ANA})),
    )
    version = circle.room.version
    ended = Room(CALL, phase=Phase.ENDED, version=version)
    assert replace(circle.room, moved=0) == ended
    assert circle.refuses(knock(ANA)) == rules.ENDED
    assert circle.refuses(Restarted(frozenset())) == rules.ENDED


@pytest.mark.holds("seed:15", "promise:1")
@pytest.mark.parametrize("evening", range(4))
def test_whatever_has_happened_leaving_is_one_press(application: Flask, evening: int) -> None:
    circle = ana_speaks()
    with application.test_request_context():
        for _ in an_evening(circle, Random(evening), (*TURN, *OTHER)):
            there = [each for each in NAMES if may_watch(circle.room, each)]
            for viewer in there if circle.room.phase is not Phase.ENDED else ():
                assert may(circle.room, Leave(viewer), circle.now)
                shown = board_for(circle.room, Texts([], {}), viewer, circle.now)
                assert shown.fields["leave"]["text"] == "Leave quietly"


def test_goodbye_comes_once_nobody_has_the_floor() -> None:
    circle = a_round()
    assert circle.refuses(SayGoodbye(HANA, circle.room.version)) == rules.TURN_IS_ON
    for person in (ANA, BEN, NOOR):
        circle.press(Pass, person)
    assert circle.press(SayGoodbye, HANA).room.phase is Phase.GOODBYE
    assert circle.refuses(SayGoodbye(HANA, circle.room.version)) == rules.SAID_GOODBYE
    assert circle.refuses(TakeBack(ANA, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK


@pytest.mark.holds("circle:8", "circle:11")
def test_a_circle_is_empty_only_after_thirty_known_minutes_without_anybody() -> None:
    circle = ana_speaks().happen(Leave(BEN), Leave(NOOR), Leave(LEE), Leave(KENJI))
    assert circle.wait(hours=1).refuses(Empty()) == rules.SOMEBODY_IS_HERE
    circle.happen(Leave(ANA), Lost(HANA)).wait(minutes=29)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE
    circle.happen(Restarted(frozenset())).wait(minutes=29)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE
    circle.wait(minutes=1).happen(Empty())
    assert circle.room.phase is Phase.ENDED


def test_a_room_that_nobody_has_come_to_is_not_empty_it_is_unknown() -> None:
    assert Circle().wait(hours=3).refuses(Empty()) == rules.SOMEBODY_IS_HERE


@pytest.mark.holds("promise:1")
@pytest.mark.parametrize("start", [lobby, opening, a_round, ana_speaks])
def test_thirty_minutes_of_silence_change_nothing(start: Callable[[], Circle]) -> None:
    circle = start()
    later = circle.now + timedelta(minutes=30)
    for viewer in (HANA, ANA, BEN, LEE):
        before, after = (seen_by(circle.room, viewer, at) for at in (circle.now, later))
        assert (after.phase, after.hold, after.can) == (before.phase, before.hold, before.can)
        assert (after.floor, after.order, after.heard) == (before.floor, before.order, before.heard)
    circle.wait(minutes=30)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE
