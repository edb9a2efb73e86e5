"""What holds of a circle in every state that it comes to, and of what each person sees. Pure."""

from dataclasses import replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from community.core.ready import write
from community.live.rules.events import Empty
from community.live.rules.may import may, may_watch
from community.live.rules.questions import (
    has_voice,
    heard,
    may_be_chosen,
)
from community.live.rules.room import (
    ABSENT_AFTER,
    HERE,
    INSIDE,
    OPEN,
    OUT,
    TURNS,
    Holding,
    Idle,
    Mode,
    Part,
    Phase,
    Presence,
    Room,
    Status,
    Way,
)
from community.live.rules.signals import may_signal
from community.live.rules.step import step
from community.live.rules.stored import Kept, from_text, to_text
from community.live.rules.video import may_be_seen, visible
from community.live.rules.view import seen_by
from tests.live.pretend import (
    CALL,
    NAMES,
    OUTSIDER,
    knock,
)

PRIVATE = frozenset({Status.PASSED, Status.OWED, Status.SKIPPED, Status.WRITTEN})


class Always:
    """A circle at one moment."""

    room: Room
    now: datetime

    def always(self) -> None:
        self.the_floor_is_with_somebody_who_may_have_it()
        self.only_the_holder_with_an_interpreter_and_facilitators_are_heard()
        self.an_interpreter_speaks_for_somebody_here_and_has_no_turn()
        self.a_microphone_and_a_camera_are_only_on_where_they_may_be()
        self.everybody_is_in_line_once_and_takes_turns()
        self.only_what_nobody_has_built_on_is_taken_back()
        self.whoever_is_out_has_nothing_here()
        self.whoever_left_can_come_back()
        self.whoever_is_away_is_known_to_be()
        self.only_facilitators_lead()
        self.captions_are_typed_by_somebody_here_whom_the_holder_asked()
        self.words_are_hidden_once()
        self.whoever_is_without_sound_is_connected_to_nobody()
        self.the_row_keeps_it_whole()
        self.what_is_over_is_empty()

    def whoever_is_without_sound_is_connected_to_nobody(self) -> None:
        for person in self.room.people:
            if person.without_sound:
                assert not person.mic
                assert not person.camera
                assert person.id not in heard(self.room) | visible(self.room)
                for other in self.room.people:
                    assert not may_signal(self.room, person.id, other.id)
                    assert not may_signal(self.room, other.id, person.id)

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

    def an_interpreter_speaks_for_somebody_here_and_has_no_turn(self) -> None:
        for person in self.room.people:
            if person.interprets_for is not None:
                assert person.part is Part.INTERPRETER
                assert person.presence in INSIDE
                asked_by = self.room.person(person.interprets_for)
                assert asked_by.takes_turns
                assert asked_by.presence in INSIDE
            if person.part is Part.INTERPRETER:
                entry = self.room.entry(person.id)
                assert entry is None or entry.status not in OPEN
                assert self.room.floor.person != person.id

    def only_the_holder_with_an_interpreter_and_facilitators_are_heard(self) -> None:
        floor = self.room.floor
        for person in map(self.room.person, heard(self.room)):
            assert person.presence is Presence.CONNECTED
            if not person.facilitates:
                assert isinstance(floor, Holding)
                assert floor.person in (person.id, person.interprets_for)
                assert (floor.mode, floor.paused) == (Mode.VOICE, False)
                assert self.room.hold is None

    def a_microphone_and_a_camera_are_only_on_where_they_may_be(self) -> None:
        for person in self.room.people:
            assert not person.mic or has_voice(self.room, person)
            assert not person.camera or may_be_seen(self.room, person)

    def everybody_is_in_line_once_and_takes_turns(self) -> None:
        waiting = [each.person for each in self.room.queue]
        assert len(set(waiting)) == len(waiting)
        for entry in self.room.queue:
            person = self.room.person(entry.person)
            assert person.presence not in OUT | {Presence.KNOCKING}
            assert entry.status not in OPEN or person.takes_turns

    def only_what_nobody_has_built_on_is_taken_back(self) -> None:
        for undo in self.room.undos:
            assert undo.floor is None or not isinstance(self.room.floor, Holding)
        assert self.room.moved_on is None or not isinstance(self.room.floor, Holding)

    def whoever_is_out_has_nothing_here(self) -> None:
        out = {each.id for each in self.room.people if each.presence in OUT}
        for person in map(self.room.person, out):
            assert (person.mic, person.camera, person.page, person.card) == (
                False, False, None, None,
            )  # fmt: skip
            assert not may_watch(self.room, person.id)
            assert not may(self.room, knock(person.id), self.now)
        assert self.room.lead not in out
        assert self.room.floor.person not in out
        back = self.room.moved_on
        assert back is None or not out & {back.by, back.before.person}
        theirs = (*self.room.undos, *self.room.asks, *self.room.choices)
        assert not out & {each.person for each in theirs}
        assert not out & set(self.room.typists)
        assert self.room.find(OUTSIDER) is None
        assert self.room.phase is Phase.ENDED or not may_watch(self.room, OUTSIDER)

    def whoever_left_can_come_back(self) -> None:
        """R6: at any hour, and at once; whoever was sent out once is let in by a facilitator."""
        for person in self.room.people:
            if person.presence is Presence.GONE:
                back = step(self.room, knock(person.id, confirmed=False), self.now).room
                now = back.person(person.id).presence
                assert now is Presence.KNOCKING if person.must_knock else now in HERE

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
        if may_be_chosen(self.room, self.now):
            assert not here
            assert all(
                each.away_since is not None and self.now - each.away_since >= ABSENT_AFTER
                for each in self.room.people
                if each.facilitates
            )

    def captions_are_typed_by_somebody_here_whom_the_holder_asked(self) -> None:
        for each in self.room.typists:
            assert self.room.person(each).presence in INSIDE
        if isinstance(self.room.floor, Holding) and self.room.floor.typist is not None:
            assert self.room.floor.typist in self.room.typists
            assert self.room.floor.typist != self.room.floor.person

    def words_are_hidden_once(self) -> None:
        numbers = [each.number for each in self.room.hidden]
        assert len(set(numbers)) == len(numbers)
        assert all(each.since <= self.room.version for each in self.room.hidden)

    def the_row_keeps_it_whole(self) -> None:
        room, text = self.room, to_text(self.room)
        kept = Kept(text)
        assert from_text(text) == room == kept.room
        assert kept.call_id == room.call_id
        leading = [each.id for each in room.people if each.facilitates and each.presence in INSIDE]
        assert kept.leading == leading
        assert kept.is_anybody_here == any(each.presence in HERE for each in room.people)
        assert not (kept.is_anybody_here and may(room, Empty(), self.now))

    def what_is_over_is_empty(self) -> None:
        if self.room.phase is Phase.ENDED:
            bare = Room(CALL, phase=Phase.ENDED)
            assert replace(self.room, version=0, moved=0) == bare

    def _unnamed(self) -> set[UUID]:
        """Who only listens in a gathering, and is nowhere in the order."""
        if not self.room.gathers:
            return set()
        waits = {each.person for each in self.room.queue}
        return {
            each.id
            for each in self.room.people
            if each.part is Part.MEMBER
            and each.way is Way.LISTEN
            and not each.camera
            and each.id not in waits
        }

    def sees(self, viewer: UUID) -> None:
        """Each person sees their own, and nobody sees anything of anybody else’s."""
        seen = seen_by(self.room, viewer, self.now)
        me = self.room.find(viewer)
        leads = me is not None and me.facilitates and me.presence in INSIDE
        out = {each.id for each in self.room.people if each.presence in OUT}
        assert {each.id for each in seen.sent_out} == (out if leads else set())
        drawn = write(replace(seen, sent_out=())).decode()
        assert seen.version == self.room.version
        for person in out:
            assert NAMES[person] not in drawn
            assert str(person) not in drawn
        for entry in seen.order:
            assert entry.is_me or entry.status not in PRIVATE or leads
            assert entry.is_me or entry.status not in PRIVATE - {Status.SKIPPED}
        for other in self.room.people:
            if other.id != viewer:
                assert str(other.page) not in drawn
        assert leads or all(ask.person == viewer and ask.is_mine for ask in seen.asks)
        assert leads or not any(ask.can for ask in seen.asks)
        to_me = {each.number for each in self.room.echoes if each.to == viewer and each.arrives}
        assert {each.number for each in seen.echoes} <= to_me
        assert seen.after is None or seen.after.person != viewer
        by_me = {each.ack for each in self.room.echoes if each.by == viewer}
        assert seen.after is None or set(seen.after.said) <= by_me
        assert leads or (seen.least_heard, seen.break_is_due) == (None, False)
        assert seen.floor.person == viewer or not seen.floor.nudged
        if not leads:
            assert not seen.knocking
            others = {*chain(*(each.can for each in seen.people))}
            assert others <= {"ask-interpreter", "stop-interpreter"}
        if seen.people:
            assert set(seen.heard) == heard(self.room)
            inside = {each.id for each in self.room.people if each.presence in INSIDE}
            named, unnamed = {each.id for each in seen.people}, self._unnamed()
            assert (named, seen.listening) == (inside - unnamed, len(unnamed & inside))
            assert {*seen.heard, *seen.seen} <= named
            assert {each.id for each in seen.listeners} == (unnamed & inside if leads else set())
        assert (seen.floor.kind == "idle") is (
            self.room.floor == Idle() or me is None or me.presence is Presence.KNOCKING
        )
        for name, reason in seen.can.items():
            assert name
            assert reason is None or reason.text
