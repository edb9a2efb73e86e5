"""Whatever is pressed in a rehearsal, the machine's promises hold and nobody real is needed."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.verdict import Refused
from community.live.rules.events import Event
from community.live.rules.leading import (
    Admit,
    BeginClosingRound,
    BeginRound,
    Break,
    Hold,
    Lead,
    MoveDown,
    Offer,
    OpenFloor,
    ReadGuidelines,
    Refuse,
    Release,
    Remove,
    SayClosing,
    SayGoodbye,
    Skip,
    Start,
)
from community.live.rules.presses import (
    Accept,
    End,
    Finish,
    Help,
    Later,
    Leave,
    ListenOnly,
    LowerHand,
    MicOff,
    MicOn,
    MoveOn,
    Pass,
    Pause,
    RaiseHand,
    Resume,
    Say,
    SetMode,
    Slower,
    StepAway,
    Sure,
    TakeBack,
    Tell,
)
from community.live.rules.presses import ComeBack as IAmBack
from community.live.rules.questions import heard, is_led
from community.live.rules.rehearsal import (
    ANA,
    BEN,
    HANA,
    MEMBERS,
    NOOR,
    answered,
    begin,
    facilitator,
    member,
    next_press,
    pretend,
)
from community.live.rules.room import Holding, Idle, Mode, Phase, Room, Status, Way
from community.live.rules.step import step
from community.live.rules.stored import from_text, to_text
from tests.live.pretend import NOW

ME = UUID(int=99)
LONGEST = 40  # presses of the others’ from beginning to end, however the member declines

PARTS = (BeginRound, OpenFloor, BeginClosingRound, SayGoodbye)
PLAIN = (
    Leave,
    Pause,
    Resume,
    MicOn,
    MicOff,
    RaiseHand,
    LowerHand,
    IAmBack,
    Say,
    Tell,
    Help,
    Slower,
)
FLOOR = (Pass, Later, ListenOnly, Finish, TakeBack, StepAway)


def rehearsal(way: Way = Way.VOICE) -> Room:
    others = [pretend(person, "Pretend") for person in (HANA, ANA, BEN)]
    return begin(member(ME, "Ana", way), others, "A prompt.", NOW)


def leading_one() -> Room:
    others = [pretend(person, "Pretend") for person in sorted(MEMBERS)]
    return begin(facilitator(ME, "Hana"), others, "A prompt.", NOW)


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
    assert from_text(to_text(room)) == room
    assert room.phase is not Phase.ENDED
    assert {person.id for person in room.people} == {ME, HANA, ANA, BEN}
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


@pytest.mark.parametrize("ask", [Tell, Help, Slower])
def test_what_is_asked_of_the_facilitator_is_opened(ask: type[Event]) -> None:
    room = step(rehearsal(), ask(ME), NOW).room
    assert [each.opened for each in answered(room, ME, NOW).asks] == [True]


def others_go_on(room: Room, wrote: bool = True) -> Room:
    """Until they wait for whoever rehearses."""
    for _ in range(LONGEST):
        event = next_press(room, ME, wrote, NOW)
        if event is None:
            return room
        assert event.by in MEMBERS
        room = step(room, event, NOW).room
    raise AssertionError("the others never wait")


def press(room: Room, kind: type[Lead], *rest: object) -> Room:
    seen = () if kind in (Start, SayClosing, Admit) else (room.version,)
    return step(room, kind(ME, *seen, *rest), NOW).room


def test_a_facilitator_leads_a_whole_circle_by_their_own_presses() -> None:
    room = others_go_on(leading_one())
    assert room.phase is Phase.LOBBY
    room = press(press(room, Admit, NOOR), Start)
    room = press(others_go_on(press(room, ReadGuidelines)), BeginRound)
    room = others_go_on(room)
    assert {each.status for each in room.queue} == {Status.DONE, Status.PASSED}
    assert [ask.person for ask in room.asks] == [BEN]
    room = others_go_on(press(room, OpenFloor))
    assert [each.person for each in room.queue] == [ANA]
    room = others_go_on(press(room, Offer, ANA))
    room = others_go_on(press(press(room, SayClosing), BeginClosingRound))
    assert room.floor == Idle()
    room = others_go_on(press(room, SayGoodbye))
    assert step(room, End(ME), NOW).room.phase is Phase.ENDED


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_however_somebody_leads_the_others_press_only_what_they_may(presses: list[int]) -> None:
    room = leading_one()
    for number in presses:
        others = next_press(room, ME, True, NOW)
        ideas = led_by_me(room, MEMBERS)
        event = others if number % 2 and others is not None else ideas[number % len(ideas)]
        try:
            room = step(room, event, NOW).room
        except Refused:
            assert event is not others, "somebody pretend pressed what they may not"
        assert from_text(to_text(room)) == room
        assert room.lead == ME
        assert room.find(HANA) is None
    others_go_on(room)


def led_by_me(room: Room, people: frozenset[UUID]) -> list[Event]:
    seen = room.version
    about = (Admit, Refuse, MoveDown, Skip)
    return [
        Start(ME),
        Hold(ME),
        Release(ME),
        Break(ME),
        SayClosing(ME),
        ReadGuidelines(ME, seen),
        MoveOn(ME, seen),
        *(part(ME, seen, sure=sure) for part in PARTS for sure in Sure),
        *(kind(ME, person) for kind in about for person in sorted(people)),
        *(Offer(ME, seen, person) for person in sorted(people)),
        Remove(ME, NOOR, "Why."),
    ]


def test_the_member_comes_after_the_first_and_before_the_last() -> None:
    assert [person.id for person in rehearsal().people] == [HANA, ANA, ME, BEN]
