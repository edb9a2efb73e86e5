"""Whatever is pressed in a rehearsal, the machine's promises hold and nobody real is needed."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.verdict import Refused
from community.live.rules.events import Event
from community.live.rules.presses import (
    Accept,
    Finish,
    Help,
    Later,
    Leave,
    ListenOnly,
    LowerHand,
    MicOff,
    MicOn,
    Pass,
    Pause,
    RaiseHand,
    Resume,
    Say,
    SetMode,
    StepAway,
    TakeBack,
    Tell,
)
from community.live.rules.presses import ComeBack as IAmBack
from community.live.rules.questions import heard, is_led
from community.live.rules.rehearsal import (
    ANA,
    BEN,
    HANA,
    PRETEND,
    answered,
    begin,
    member,
    next_press,
    pretend,
)
from community.live.rules.room import Holding, Idle, Mode, Phase, Room, Way
from community.live.rules.step import step
from community.live.rules.stored import from_json, to_json
from tests.live.pretend import NOW

ME = UUID(int=99)
LONGEST = 40  # presses of the others’ from beginning to end, however the member declines

PLAIN = (Leave, Pause, Resume, MicOn, MicOff, RaiseHand, LowerHand, IAmBack, Say, Tell, Help)
FLOOR = (Pass, Later, ListenOnly, Finish, TakeBack, StepAway)


def rehearsal(way: Way = Way.VOICE) -> Room:
    others = tuple(pretend(person, "Pretend") for person in PRETEND)
    return begin(member(ME, "Ana", way), others, "A prompt.", NOW)


def mine(room: Room) -> list[Event]:
    """Everything that the member could press, whether it may happen or not."""
    seen = room.version
    return [
        *(kind(ME) for kind in PLAIN if kind is not Leave),
        *(kind(ME, seen) for kind in FLOOR),
        *(Accept(ME, seen, mode) for mode in (Mode.VOICE, Mode.TYPED, Mode.SILENCE)),
        *(SetMode(ME, mode) for mode in (Mode.VOICE, Mode.TYPED, Mode.SILENCE)),
    ]


@given(st.lists(st.integers(0, 200), max_size=40), st.sampled_from(Way))
def test_any_presses_in_any_order_keep_the_promises(presses: list[int], way: Way) -> None:
    room, now, wrote = rehearsal(way), NOW, False
    for number in presses:
        now += timedelta(seconds=number)
        room = answered(room, ME, now)
        others = next_press(room, ME, wrote, now)
        ideas = mine(room)
        event = ideas[number % len(ideas)] if number % 2 or others is None else others
        wrote = wrote or event == Say(BEN)
        try:
            after = step(room, event, now).room
        except Refused:
            assert event is not others, "somebody pretend pressed what they may not"
            continue
        assert after.version == room.version + 1
        room = after
        _holds(room)


def _holds(room: Room) -> None:
    assert from_json(json.loads(json.dumps(to_json(room)))) == room
    assert room.phase is not Phase.ENDED
    assert {person.id for person in room.people} == {ME, *PRETEND}
    assert is_led(room, NOW)
    for person in heard(room) - {HANA}:
        assert isinstance(room.floor, Holding)
        assert room.floor.person == person
    assert len(room.queue) == len({entry.person for entry in room.queue})


@given(st.lists(st.sampled_from([Pass, Later, StepAway, ListenOnly, Finish]), max_size=8))
def test_however_the_member_declines_it_comes_to_its_end(chosen: list[type]) -> None:
    room, wrote = rehearsal(), False
    for _ in range(LONGEST):
        if room.floor.person == ME:
            kind = chosen.pop() if chosen else Pass
            if kind is Finish:
                room = step(room, Accept(ME, room.version, Mode.SILENCE), NOW).room
            room = step(room, kind(ME, room.version), NOW).room
            continue
        event = next_press(room, ME, wrote, NOW)
        if event is None:
            break
        wrote = wrote or event == Say(BEN)
        room = step(room, event, NOW).room
    assert room.phase is Phase.GOODBYE
    assert room.floor == Idle()


def test_nobody_pretend_does_anything_while_the_member_has_the_floor() -> None:
    room = rehearsal()
    while room.floor.person != ME:
        event = next_press(room, ME, False, NOW)
        assert event is not None
        room = step(room, event, NOW).room
    assert next_press(room, ME, False, NOW + timedelta(hours=3)) is None
    room = step(room, Accept(ME, room.version, Mode.VOICE), NOW).room
    assert next_press(room, ME, False, NOW + timedelta(hours=3)) is None


@pytest.mark.parametrize("ask", [Tell, Help])
def test_what_is_asked_of_the_facilitator_is_opened(ask: type[Event]) -> None:
    room = step(rehearsal(), ask(ME), NOW).room
    assert [each.opened for each in answered(room, ME, NOW).asks] == [True]


def test_the_member_comes_after_the_first_and_before_the_last() -> None:
    assert [person.id for person in rehearsal().people] == [HANA, ANA, ME, BEN]
