"""A circle in which everything that is promised is checked after every step. Pure."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from community.core.verdict import STALE, Refused
from community.live.rules.effects import DeviceLeft, Effect, Heard, OutOfGroup, Removed
from community.live.rules.events import (
    Back,
    Became,
    Empty,
    Event,
    Knock,
    Lost,
    NobodyCame,
    Restarted,
    Restored,
)
from community.live.rules.guards import is_empty
from community.live.rules.leading import (
    AddAgain,
    Admit,
    Ban,
    BeginClosingRound,
    BeginRound,
    GoBack,
    HandOver,
    HideWords,
    MoveDown,
    MoveUp,
    Offer,
    OpenFloor,
    Release,
    Remove,
    SayGoodbye,
    ShowWords,
    Skip,
    Start,
    TakeOver,
    Unban,
)
from community.live.rules.may import may
from community.live.rules.presses import (
    Accept,
    CameraOn,
    ClaimStandby,
    End,
    Finish,
    FloorPress,
    Later,
    Leave,
    ListenOnly,
    MoveOn,
    Pass,
    RaiseHand,
    Say,
    SendPrepared,
    SetMode,
    SoundOff,
    SoundOn,
    StepAway,
    TakeBack,
    TakeDevice,
    TakeTurns,
)
from community.live.rules.questions import (
    chosen_to_end,
    heard,
    is_led,
    is_reachable,
    may_be_chosen,
)
from community.live.rules.room import (
    HOLDER_GRACE,
    INSIDE,
    OFFERED_GRACE,
    OPEN,
    OUT,
    Entry,
    Holding,
    Offered,
    Phase,
    Presence,
    Room,
    Status,
)
from community.live.rules.step import step
from tests.live.always import Always
from tests.live.anything import OTHER, TURN, everybodys
from tests.live.pretend import (
    Circle,
    with_sam_removed,
    with_tom_banned,
)

MOVES = (
    BeginRound, BeginClosingRound, OpenFloor, SayGoodbye, Offer, Accept, Pass, Later, ListenOnly,
    Finish, TakeBack, MoveOn, GoBack, StepAway, SetMode, SendPrepared, Leave, Remove, Ban, Release,
    End, Empty, NobodyCame, Became,
)  # fmt: skip
"""All that may move the floor. Of the system’s, only what says that it is over, or that somebody
has left the group."""

FAULTS = Lost | Restarted


class Watched(Always):
    """Three members, an interpreter, two facilitators, somebody removed, somebody banned, a
    stranger who knocks, and an outsider who never came."""

    def __init__(self, circle: Circle) -> None:
        circle = with_tom_banned(with_sam_removed(circle))
        self.room, self.now = circle.room, circle.now
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
        self.now += timedelta(seconds=seconds)

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
            self.is_told(before, event, after.effects)
            self.always()
        assert refused_with == answer.reason

    def follows(self, before: Room, event: Event) -> None:
        """What holds of every step that was allowed."""
        after = self.room
        assert after.version == before.version + 1
        self.only_whoever_is_in_presses(before, event)
        self.only_presses_move_the_floor(before, event)
        self.faults_take_nothing_away(before, event)
        self.nobody_opens_anothers_microphone_or_camera(before, event)
        self.due_is_asked_first(before, event)
        self.a_pass_is_kept(before, event)
        self.moving_on_waits_for_whoever_is_away(before, event)
        self.it_ends_by_hand_or_because_it_is_known_that_nobody_leads(before, event)
        self.what_is_owed_stays_owed(before, event)
        self.a_new_order_is_of_the_same_people(before, event)
        self.whoever_was_sent_out_comes_back_by_a_facilitators_hand(before, event)
        self.the_lead_goes_to_somebody_who_is_here(before, event)
        self.words_are_hidden_by_facilitators_and_nothing_else_is_changed(before, event)
        if isinstance(event, FloorPress):
            assert before.moved <= event.seen <= before.version
            # And the same press again, having seen what it saw, would be stale or still calm.
            if after.moved == after.version and after.phase is not Phase.ENDED:
                again = may(after, event, self.now).reason
                assert again is not None
                assert again == STALE or after.find(event.by) is not None

    def is_told(self, before: Room, event: Event, effects: tuple[Effect, ...]) -> None:
        told = [each.people for each in effects if isinstance(each, Heard)]
        assert told == ([heard(self.room)] if heard(self.room) != heard(before) else [])
        out = [each.person for each in effects if isinstance(each, Removed | OutOfGroup)]
        gone = isinstance(event, Became) and event.part is None
        was_in = isinstance(event, Remove | Ban) and before.person(event.person).presence not in OUT
        assert out == ([event.person] if gone or was_in else [])
        left = [each.page for each in effects if isinstance(each, DeviceLeft)]
        if isinstance(event, TakeDevice):
            me = self.room.person(event.by)
            page = before.person(event.by).page
            assert (left, me.page, me.mic) == ([page] if page else [], event.page, False)
        else:
            assert left == []

    def only_whoever_is_in_presses(self, before: Room, event: Event) -> None:
        if event.by is None or isinstance(event, Knock):
            return
        me = before.person(event.by)  # whoever never came is not found
        waits = isinstance(event, Leave | TakeDevice | ClaimStandby | SoundOff | SoundOn)
        assert me.presence in INSIDE or (waits and me.presence is Presence.KNOCKING)

    def only_presses_move_the_floor(self, before: Room, event: Event) -> None:
        was, now = before.floor, self.room.floor
        if isinstance(event, Became) and event.part is not None:
            assert was == now
        if not isinstance(event, MOVES):
            assert (type(was), was.person) == (type(now), now.person)

    def faults_take_nothing_away(self, before: Room, event: Event) -> None:
        """R1, R2, R8, and that unknown is not absent: the floor and the order as they were."""
        if not isinstance(event, FAULTS):
            return
        assert (self.room.queue, self.room.phase) == (before.queue, before.phase)
        assert (self.room.hold, self.room.undos) == (before.hold, before.undos)
        assert self.room.moved_on == before.moved_on
        for person in before.people:
            now = self.room.person(person.id)
            assert (now.mic, now.part, now.way, now.page) == (
                person.mic, person.part, person.way, person.page,
            )  # fmt: skip
            if now != person:
                assert now.away_since == self.now
                assert now.presence in {Presence.RECONNECTING, Presence.KNOCKING}

    def it_ends_by_hand_or_because_it_is_known_that_nobody_leads(
        self, before: Room, event: Event
    ) -> None:
        if self.room.phase is not Phase.ENDED:
            return
        match event:
            case End() if before.person(event.by).facilitates:
                return
            case End():
                assert may_be_chosen(before, self.now)
                assert not is_led(before, self.now)
                others = tuple(each for each in before.choices if each.person != event.by)
                assert not chosen_to_end(replace(before, choices=others))
            case Empty():
                assert is_empty(before, self.now)
                inside = [each for each in before.people if each.presence in INSIDE]
                assert all(each.away_since is not None for each in inside)
            case _:
                assert isinstance(event, NobodyCame)
                assert before.phase is Phase.LOBBY
                away = [each.away_since for each in before.people if each.facilitates]
                assert all(since is not None and since < event.starts_at for since in away)

    def what_is_owed_stays_owed(self, before: Room, event: Event) -> None:
        """Until they have had it, gave it up themselves, or a facilitator said otherwise."""
        gave_up = isinstance(event, Pass | ListenOnly | Knock | Leave | TakeBack)
        wrote_it = isinstance(event, Say | SendPrepared)
        said_so = isinstance(event, Skip | AddAgain | Remove | Ban | MoveOn | GoBack | End | Empty)
        had_it = isinstance(event, Finish)
        leads = isinstance(event, Became)  # and takes no turn from now on
        if gave_up or wrote_it or said_so or had_it or leads:
            return
        owed = {each.person for each in before.queue if each.status is Status.OWED}
        assert owed <= {each.person for each in self.room.queue if each.status is Status.OWED}

    def a_new_order_is_of_the_same_people(self, before: Room, event: Event) -> None:
        if isinstance(event, MoveUp | MoveDown):
            assert sorted(before.queue, key=str) == sorted(self.room.queue, key=str)
            asked = [each.status is Status.DUE for each in before.queue]
            assert asked == [each.status is Status.DUE for each in self.room.queue]

    def words_are_hidden_by_facilitators_and_nothing_else_is_changed(
        self, before: Room, event: Event
    ) -> None:
        if isinstance(event, HideWords | ShowWords):
            known = self.room.hidden_words(event.number)
            assert known is not None
            assert known.shown is isinstance(event, ShowWords)
            assert before.person(event.by).facilitates
            assert event.by != known.writer
            assert event.seen <= before.version
            bare = replace(self.room, hidden=before.hidden, version=before.version)
            assert replace(bare, moved=before.moved) == before
            assert self.room.moved == before.moved
        elif self.room.phase is not Phase.ENDED:
            assert self.room.hidden == before.hidden

    def nobody_opens_anothers_microphone_or_camera(self, before: Room, event: Event) -> None:
        for each in self.room.people:
            was = before.find(each.id)
            if each.mic and not (was and was.mic):
                assert each.id == event.by
            if each.camera and not (was and was.camera):
                assert each.id == event.by
                assert isinstance(event, CameraOn)
        returned = {event.person} if isinstance(event, Back) else set()
        assert heard(self.room) - heard(before) <= {event.by} | returned

    def due_is_asked_first(self, before: Room, event: Event) -> None:
        floor = self.room.floor
        if not isinstance(floor, Offered) or floor == before.floor:
            return
        entry = self.room.entry(floor.person)
        assert entry is not None
        assert entry.status in OPEN
        if isinstance(event, TakeBack | GoBack):
            return
        assert not self.room.person(floor.person).resting
        if self.room.phase is Phase.OPEN_FLOOR:
            assert isinstance(event, Offer)
            return
        begins = isinstance(event, BeginRound | BeginClosingRound)
        assert begins or floor.person != before.floor.person
        if entry.status is not Status.DUE:
            assert not [
                each
                for each in self.room.queue
                if each.status is Status.DUE
                and each.person != before.floor.person
                and is_reachable(self.room.person(each.person), self.now)
            ]

    def a_pass_is_kept(self, before: Room, event: Event) -> None:
        """Invariant 2: nobody waits again after a pass but by their own press, a facilitator’s
        hand, or in another part of the circle."""
        if (before.phase, before.round) != (self.room.phase, self.room.round):
            return
        passed = {each.person for each in before.queue if each.status is Status.PASSED}
        waits = {each.person for each in self.room.queue if each.status in OPEN}
        for person in passed & waits:
            own = isinstance(event, TakeBack | TakeTurns | RaiseHand) and event.by == person
            assert own or (isinstance(event, AddAgain) and event.person == person)

    def moving_on_waits_for_whoever_is_away(self, before: Room, event: Event) -> None:
        """R2, R3: nobody loses a turn to their network, and no member hurries anybody."""
        if not isinstance(event, MoveOn):
            return
        assert before.floor.person is not None
        person = before.person(before.floor.person)
        if person.presence is Presence.RECONNECTING:
            entry = self.room.entry(person.id)
            was_owed = before.entry(person.id) == Entry(person.id, Status.OWED)
            is_owed = isinstance(before.floor, Holding) or was_owed
            assert entry == Entry(person.id, Status.OWED if is_owed else Status.LATER)
        if not before.person(event.by).facilitates:
            grace = HOLDER_GRACE if isinstance(before.floor, Holding) else OFFERED_GRACE
            assert person.is_away_past(grace, self.now)
            assert not is_led(before, self.now)

    def whoever_was_sent_out_comes_back_by_a_facilitators_hand(
        self, before: Room, event: Event
    ) -> None:
        """Or because somebody else looked again; then of that one person."""
        if self.room.phase is Phase.ENDED:
            return
        if isinstance(event, Restored):
            assert not self.room.person(event.person).must_knock
            others = [each for each in before.people if each.id != event.person]
            assert others == [each for each in self.room.people if each.id != event.person]
            return
        for was in before.people:
            now = self.room.find(was.id)
            if was.presence in OUT and (now is None or now.presence not in OUT):
                assert isinstance(event, Unban)
                assert before.person(event.by).facilitates
                assert now is not None
                assert (now.presence, now.must_knock) == (Presence.GONE, True)
            elif was.must_knock and (now is None or not now.must_knock):
                assert isinstance(event, Admit)
                assert before.person(event.by).facilitates

    def the_lead_goes_to_somebody_who_is_here(self, before: Room, event: Event) -> None:
        if self.room.lead == before.lead or self.room.phase is Phase.ENDED:
            return
        given = isinstance(event, Start | HandOver | TakeOver | Became)
        comes_back = isinstance(event, Knock) and before.lead == event.by
        leaves = isinstance(event, Leave) and before.lead == event.by
        first = before.lead is None and isinstance(event, Knock | Admit)
        assert given or comes_back or leaves or first
        lead = self.room.find(self.room.lead)
        if lead is None:
            assert comes_back or isinstance(event, Became)
            here = [each for each in self.room.people if each.presence in INSIDE]
            assert not any(each.facilitates for each in here)
        else:
            assert lead.facilitates
            assert lead.presence in INSIDE
