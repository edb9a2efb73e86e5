"""Anything by anybody at any time: what holds in a circle after every step. Pure."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from community.core.verdict import STALE, Refused
from community.live.rules.effects import Heard
from community.live.rules.events import Back, Empty, Event, Knock, Lost, NobodyCame, Restarted
from community.live.rules.leading import (
    AddAgain,
    Admit,
    BeginRound,
    Break,
    HandOver,
    Hold,
    MoveDown,
    MoveUp,
    Mute,
    Nudge,
    Offer,
    Opened,
    OpenFloor,
    Refuse,
    Release,
    Remove,
    SayGoodbye,
    Skip,
    Start,
    TakeOver,
)
from community.live.rules.may import may, may_watch
from community.live.rules.presses import (
    Accept,
    ComeBack,
    End,
    Finish,
    FloorPress,
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
    StepAway,
    TakeBack,
    TakeDevice,
    Tell,
    WaitMore,
)
from community.live.rules.questions import has_voice, heard, is_reachable, may_be_chosen
from community.live.rules.room import (
    HERE,
    INSIDE,
    OPEN,
    TURNS,
    Holding,
    Idle,
    Mode,
    Offered,
    Phase,
    Presence,
    Room,
    Status,
    Way,
)
from community.live.rules.step import step
from community.live.rules.stored import from_json, plain, to_json
from community.live.rules.view import seen_by
from tests.live.pretend import (
    ANA,
    CALL,
    HANA,
    KENJI,
    LEE,
    NAMES,
    NOW,
    SAM,
    STRANGER,
    Circle,
    a_round,
    ana_speaks,
    hands_are_up,
    knock,
    lobby,
    with_sam_removed,
)

people = st.sampled_from(sorted(NAMES))
PLAIN = (Leave, Start, Pause, Resume, MicOn, MicOff, Hold, Break, Release, RaiseHand, LowerHand,
         ComeBack, Tell, Help, TakeOver, WaitMore)  # fmt: skip
FLOOR = (BeginRound, OpenFloor, SayGoodbye, Pass, Later, ListenOnly, Finish, TakeBack, MoveOn,
         StepAway)  # fmt: skip
ABOUT = (Admit, Refuse, Mute, Nudge, MoveUp, MoveDown, Skip, AddAgain, HandOver)
TURN = (Accept, Finish, Later, TakeBack, Pause, Resume, SetMode, Say, MicOn, Release, Offer,
        RaiseHand, ComeBack)  # fmt: skip
# Without the last words: a circle that says goodbye has little left to test.
OTHER = (*PLAIN, BeginRound, OpenFloor, Pass, ListenOnly, MoveOn, StepAway, *ABOUT, Remove, Opened,
         TakeDevice, Knock, Lost, Lost, Back, Back, Restarted, Empty, NobodyCame)  # fmt: skip


def page_of(person: UUID, number: int) -> UUID:
    """One of the pages that somebody has open."""
    return UUID(int=person.int * 1_000_000 + number)


def everybodys(kind: type[Event], room: Room, seen: int) -> list[Event]:
    """Every event of this kind that anybody could send, or the system could report."""
    if kind is Empty:
        return [Empty()]
    if kind is NobodyCame:
        return [NobodyCame(NOW), NobodyCame(NOW - timedelta(hours=3))]
    if kind is Restarted:
        held = [frozenset(NAMES), frozenset({HANA, ANA, STRANGER}), frozenset[UUID]()]
        return [Restarted(people) for people in held]
    if kind in (Lost, Back):
        pages = [(by, page_of(by, number)) for by in NAMES for number in (1, 2)]
        return [kind(by, page) for by, page in [*pages, *((by, None) for by in NAMES)]]
    if kind is TakeDevice:
        return [TakeDevice(by, page_of(by, number)) for by in NAMES for number in (1, 2)]
    if kind is Opened:
        return [Opened(by, ask.number) for by in NAMES for ask in room.asks] or [Opened(HANA, 1)]
    if kind in FLOOR:
        return [kind(by, seen) for by in NAMES]
    if kind in ABOUT:
        return [kind(by, person) for by in NAMES for person in NAMES]
    if kind is Remove:
        return [Remove(by, person, "Why.") for by in NAMES for person in (LEE, HANA, STRANGER)]
    if kind is Offer:
        return [Offer(by, seen, person) for by in NAMES for person in NAMES]
    if kind is Accept:
        return [Accept(by, seen, mode) for by in NAMES for mode in Mode]
    if kind is SetMode:
        return [SetMode(by, mode) for by in NAMES for mode in Mode]
    if kind is Say:
        return [Say(by) for by in NAMES]
    if kind is Knock:
        return [knock(by, way, confirmed=by != STRANGER) for by in NAMES for way in Way]
    return [kind(by) for by in NAMES]


class Watched:
    """A circle in which everything that is promised is checked after every step.

    Three members, a listener, two facilitators, somebody removed, and a stranger who knocks.
    """

    def __init__(self, circle: Circle) -> None:
        self.room, self.now = with_sam_removed(circle).room, circle.now
        self.last: Event | None = None

    def go_on(self, chance: Random, steps: int) -> None:
        """A stretch of what may happen; mostly about turns, or somebody soon ends it."""
        for _ in range(steps):
            kind = chance.choice(TURN if chance.random() < 0.8 else OTHER)
            sent = everybodys(kind, self.room, self.room.version)
            allowed = [each for each in sent if may(self.room, each, self.now)]
            if allowed:
                self.happen(chance.choice(allowed))
            self.wait(chance.choice((1, 5, 25)))

    def wait(self, seconds: int) -> None:
        before, sounding = self.room, heard(self.room)
        self.now += timedelta(seconds=seconds)
        assert (self.room, heard(self.room)) == (before, sounding)

    def happen(self, event: Event) -> None:
        before, answer, self.last = self.room, may(self.room, event, self.now), event
        try:
            after = step(before, event, self.now)
        except Refused as refused:
            refused_with = refused.reason
        else:
            refused_with = None
            self.room = after.room
            self.follows(before, event)
            self.always()
            told = [each.people for each in after.effects if isinstance(each, Heard)]
            assert told == ([heard(self.room)] if heard(self.room) != heard(before) else [])
        assert refused_with == answer.reason

    def follows(self, before: Room, event: Event) -> None:
        """What holds of every step that was allowed."""
        after = self.room
        assert after.version == before.version + 1
        self.only_presses_move_the_floor(before, event)
        self.nobody_opens_anothers_microphone(before, event)
        self.due_is_asked_first(before, event)
        self.it_ends_by_hand_or_because_it_is_known_that_nobody_leads(before, event)
        self.what_is_owed_stays_owed(before, event)
        self.a_new_order_is_of_the_same_people(before, event)
        if isinstance(event, FloorPress):
            assert before.moved <= event.seen <= before.version
            # And the same press again, having seen what it saw, would be stale or still calm.
            if after.moved == after.version and after.phase is not Phase.ENDED:
                again = may(after, event, self.now).reason
                assert again is not None
                assert again == STALE or after.find(event.by) is not None

    def only_presses_move_the_floor(self, before: Room, event: Event) -> None:
        if not isinstance(event, MOVES):
            was, now = before.floor, self.room.floor
            assert (type(was), was.person) == (type(now), now.person)

    def it_ends_by_hand_or_because_it_is_known_that_nobody_leads(
        self, before: Room, event: Event
    ) -> None:
        if self.room.phase is not Phase.ENDED:
            return
        if isinstance(event, End):
            assert before.person(event.by).facilitates or may_be_chosen(before, self.now)
        else:
            assert isinstance(event, Empty | NobodyCame)

    def what_is_owed_stays_owed(self, before: Room, event: Event) -> None:
        """Until they have had it, gave it up themselves, or a facilitator said otherwise."""
        gave_up = isinstance(event, Pass | ListenOnly | Knock | Leave | Say | TakeBack)
        said_so = isinstance(event, Skip | AddAgain | Remove | MoveOn | BeginRound | End | Empty)
        had_it = isinstance(event, Finish)
        if gave_up or said_so or had_it:
            return
        owed = {each.person for each in before.queue if each.status is Status.OWED}
        assert owed <= {each.person for each in self.room.queue if each.status is Status.OWED}

    def a_new_order_is_of_the_same_people(self, before: Room, event: Event) -> None:
        if isinstance(event, MoveUp | MoveDown):
            assert sorted(before.queue, key=str) == sorted(self.room.queue, key=str)
            asked = [each.status is Status.DUE for each in before.queue]
            assert asked == [each.status is Status.DUE for each in self.room.queue]

    def nobody_opens_anothers_microphone(self, before: Room, event: Event) -> None:
        opened = {
            each.id
            for each in self.room.people
            if each.mic and not ((was := before.find(each.id)) and was.mic)
        }
        assert opened <= {event.by}
        returned = {event.person} if isinstance(event, Back) else set()
        assert heard(self.room) - heard(before) <= {event.by} | returned

    def due_is_asked_first(self, before: Room, event: Event) -> None:
        floor = self.room.floor
        if not isinstance(floor, Offered) or floor == before.floor:
            return
        entry = self.room.entry(floor.person)
        assert entry is not None
        assert entry.status in OPEN
        if isinstance(event, TakeBack):
            return
        assert not self.room.person(floor.person).resting
        if self.room.phase is Phase.OPEN_FLOOR:
            assert isinstance(event, Offer)
            return
        assert floor.person != before.floor.person
        if entry.status is not Status.DUE:
            assert not [
                each
                for each in self.room.queue
                if each.status is Status.DUE
                and each.person != before.floor.person
                and is_reachable(self.room.person(each.person), self.now)
            ]

    def always(self) -> None:
        self.the_floor_is_with_somebody_who_may_have_it()
        self.only_the_holder_and_facilitators_are_heard()
        self.a_microphone_is_only_on_where_it_may_be_heard()
        self.everybody_is_in_line_once_and_takes_turns()
        self.only_what_nobody_has_built_on_is_taken_back()
        self.whoever_was_removed_stays_out()
        self.whoever_is_away_is_known_to_be()
        self.only_facilitators_lead()
        self.the_row_keeps_it_whole()
        self.what_is_over_is_empty()

    def the_floor_is_with_somebody_who_may_have_it(self) -> None:
        if self.room.floor.person is None:
            return
        person = self.room.person(self.room.floor.person)
        assert person.presence in INSIDE
        assert person.takes_turns
        assert self.room.phase in TURNS
        assert not person.resting
        entry = self.room.entry(person.id)
        assert entry is not None
        assert entry.status in OPEN

    def only_the_holder_and_facilitators_are_heard(self) -> None:
        floor = self.room.floor
        for person in map(self.room.person, heard(self.room)):
            assert person.presence is Presence.CONNECTED
            if not person.facilitates:
                assert isinstance(floor, Holding)
                assert (floor.person, floor.mode, floor.paused) == (person.id, Mode.VOICE, False)
                assert self.room.hold is None

    def a_microphone_is_only_on_where_it_may_be_heard(self) -> None:
        for person in self.room.people:
            assert not person.mic or has_voice(self.room, person)

    def everybody_is_in_line_once_and_takes_turns(self) -> None:
        waiting = [each.person for each in self.room.queue]
        assert len(set(waiting)) == len(waiting)
        for entry in self.room.queue:
            person = self.room.person(entry.person)
            assert person.presence not in {Presence.REMOVED, Presence.KNOCKING}
            assert entry.status not in OPEN or person.takes_turns

    def only_what_nobody_has_built_on_is_taken_back(self) -> None:
        for undo in self.room.undos:
            assert undo.floor is None or not isinstance(self.room.floor, Holding)

    def whoever_was_removed_stays_out(self) -> None:
        sam = self.room.find(SAM)
        assert self.room.phase is Phase.ENDED or (sam and sam.presence is Presence.REMOVED)

    def whoever_is_away_is_known_to_be(self) -> None:
        for person in self.room.people:
            if person.presence is Presence.RECONNECTING:
                assert person.away_since is not None
            elif person.presence in INSIDE:
                assert person.away_since is None

    def only_facilitators_lead(self) -> None:
        lead = self.room.find(self.room.lead)
        assert lead is None or lead.facilitates
        here = [each for each in self.room.people if each.presence in HERE and each.facilitates]
        assert not (here and self.room.choices)

    def the_row_keeps_it_whole(self) -> None:
        assert from_json(json.loads(json.dumps(to_json(self.room)))) == self.room

    def sees(self, viewer: UUID) -> None:
        """Each person sees their own, and nobody sees anything of anybody else’s."""
        seen = seen_by(self.room, viewer, self.now)
        drawn = json.dumps(plain(seen))
        assert seen.version == self.room.version
        assert "Sam" not in drawn
        assert str(SAM) not in drawn
        me = self.room.find(viewer)
        for entry in seen.order:
            assert entry.is_me or entry.status not in PRIVATE or me.facilitates
            assert entry.is_me or entry.status not in PRIVATE - {Status.SKIPPED}
        for other in self.room.people:
            if other.id != viewer:
                assert str(other.page) not in drawn
        leads = me is not None and me.facilitates
        assert leads or all(ask.person == viewer and ask.is_mine for ask in seen.asks)
        assert leads or not any(ask.can for ask in seen.asks)
        assert leads or (seen.least_heard, seen.break_is_due) == (None, False)
        assert seen.floor.person == viewer or not seen.floor.nudged
        if me is None or not me.facilitates:
            assert not seen.knocking
            assert not any(each.can for each in seen.people)
        if seen.people:
            assert set(seen.heard) == heard(self.room)
        assert (seen.floor.kind == "idle") is (
            self.room.floor == Idle() or me is None or me.presence is Presence.KNOCKING
        )
        for name, reason in seen.can.items():
            assert name
            assert reason is None or reason.text

    def what_is_over_is_empty(self) -> None:
        if self.room.phase is Phase.ENDED:
            bare = Room(CALL, phase=Phase.ENDED)
            assert replace(self.room, version=0, moved=0) == bare


class LiveCircle(RuleBasedStateMachine):
    """Anything by anybody, whether it may happen or not."""

    @initialize(start=st.sampled_from([lobby, a_round, ana_speaks, hands_are_up]))
    def begin(self, start: Callable[[], Circle]) -> None:
        self.circle = Watched(start())

    @rule(chance=st.integers(0, 2**32).map(Random), steps=st.integers(1, 20))
    def the_circle_goes_on(self, chance: Random, steps: int) -> None:
        self.circle.go_on(chance, steps)

    @rule(
        data=st.data(), kind=st.sampled_from((*TURN, *OTHER, SayGoodbye)), missed=st.integers(0, 4)
    )
    def anything_by_anybody(self, data: st.DataObject, kind: type[Event], missed: int) -> None:
        """Mostly refused, some of it by somebody who missed what happened since."""
        sent = everybodys(kind, self.circle.room, max(0, self.circle.room.version - missed))
        self.circle.happen(data.draw(st.sampled_from(sent)))

    @rule(by=people)
    def somebody_would_like_to_end_it(self, by: UUID) -> None:
        """Rarely done: a circle that is over is soon tested."""
        if self.circle.room.version % 10 == 0 or by not in (HANA, KENJI):
            self.circle.happen(End(by))

    @rule()
    def the_last_press_is_repeated(self) -> None:
        if self.circle.last is not None:
            self.circle.happen(self.circle.last)

    @rule(viewer=people)
    def somebody_looks(self, viewer: UUID) -> None:
        if may_watch(self.circle.room, viewer):
            self.circle.sees(viewer)

    @rule(seconds=st.sampled_from([5, 25, 65, 95, 1900]))
    def time_passes(self, seconds: int) -> None:
        self.circle.wait(seconds)


MOVES = (
    BeginRound, Offer, Accept, Pass, Later, ListenOnly, Finish, TakeBack, MoveOn, StepAway,
    SetMode, Leave, Remove, Release, End, Empty, NobodyCame,
)  # fmt: skip
"""All that may move the floor. Nothing of it but what is said to be over is the system’s."""

PRIVATE = frozenset({Status.PASSED, Status.OWED, Status.SKIPPED, Status.WRITTEN})

HOLDS = pytest.mark.holds(
    "promise:1",
    "promise:3",
    "promise:7",
    "circle:1",
    "circle:2",
    "circle:3",
    "circle:5",
    "circle:6",
    "circle:7",
    "circle:8",
    "circle:9",
    "circle:10",
    "circle:12",
    "circle:11",
    "circle:13",
    "circle:R4",
    "circle:R7",
)


@HOLDS
class TestLiveCircle(LiveCircle.TestCase):
    """Promises 1, 3 and 7 and every invariant of the circle that needs no store."""

    settings = settings(max_examples=100, stateful_step_count=25, deadline=None)


@HOLDS
@pytest.mark.parametrize("evening", range(10))
@pytest.mark.parametrize("start", [a_round, hands_are_up])
def test_a_long_evening_keeps_every_promise(start: Callable[[], Circle], evening: int) -> None:
    circle, chance = Watched(start()), Random(evening)
    for _ in range(10):
        circle.go_on(chance, 20)
        for viewer in NAMES:
            if may_watch(circle.room, viewer):
                circle.sees(viewer)
