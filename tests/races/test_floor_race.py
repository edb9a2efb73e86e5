"""Everybody presses at the same moment: real threads, real commits, one floor."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from random import Random
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask import Flask

from community.core.actor import Actor
from community.core.db import db, transaction
from community.core.media import MESH
from community.core.verdict import Refused
from community.live import actions, queries
from community.live.models import LiveLine, LiveRoom, RoomEvent, RoomText
from community.live.rules.entry import Chosen
from community.live.rules.events import Wire
from community.live.rules.leading import (
    AddAgain,
    Admit,
    BeginRound,
    Break,
    Hold,
    MoveUp,
    Nudge,
    Offer,
    Release,
    Remove,
    Skip,
    Start,
)
from community.live.rules.presses import (
    Accept,
    ComeBack,
    End,
    Finish,
    Help,
    Later,
    Leave,
    MicOff,
    MicOn,
    MoveOn,
    Pass,
    Say,
    SetMode,
    StepAway,
    TakeBack,
    TakeDevice,
)
from community.live.rules.questions import heard
from community.live.rules.room import Holding, Mode, Offered, Presence, Room, Way
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.make import Make

MEMBERS = 7
Press = Callable[[], Room]


class Circle:
    """A circle whose round has begun, on a database of its own."""

    def __init__(self, app: Flask, make: Make) -> None:
        self.app, self.make, self.clock = app, make, make.clock
        hana = make.member("Hana")
        self.members = [make.member(f"Member {number}") for number in range(MEMBERS)]
        group = make.group("Neck", owner=hana, facilitators=[hana], members=self.members)
        self.hana = make.actor(hana)
        self.members = [make.actor(one) for one in self.members]
        self.call_id = make.call(
            group, self.hana, starts_in=timedelta(minutes=5), seats=MEMBERS, seated=self.members
        )
        for person in (self.hana, *self.members):
            self.enter(person)
        self.press(self.hana, Start(self.hana.id))
        self.press(self.hana, BeginRound(self.hana.id, self.room().version))

    def enter(self, person: Actor) -> Room:
        now = self.clock.now()
        act = self.make.done
        chosen = Chosen(Way.VOICE)
        return act(lambda: actions.enter(person, self.call_id, chosen, MESH, now=now)).room

    def press(self, person: Actor, event: Wire, event_id: UUID | None = None) -> Room:
        with self.app.app_context(), transaction():
            now = self.clock.now()
            return actions.happen(person, self.call_id, event, event_id or uuid4(), now=now).room

    def room(self) -> Room:
        with self.app.app_context():
            return queries.room_for(self.hana, self.call_id)

    def holds(self, person: Actor, mode: Mode = Mode.VOICE) -> None:
        self.press(person, Accept(person.id, self.room().version, mode))


@pytest.fixture
def circle(store: Store) -> Iterator[Circle]:
    with own_app(store.url) as app:
        clock = app.extensions["ports"].clock
        assert isinstance(clock, FrozenClock)
        yield Circle(app, Make(app, clock))


def at_once(presses: Sequence[Press]) -> list[Room | str]:
    """Each in a thread of its own, let go at the same moment: the room it made, or why not."""
    start = Barrier(len(presses))

    def go(press: Press) -> Room | str:
        start.wait()
        try:
            return press()
        except Refused as refused:
            return refused.reason.code

    with ThreadPoolExecutor(len(presses)) as everybody:
        return list(everybody.map(go, presses))


def versions(outcomes: Sequence[Room | str]) -> list[int]:
    return sorted(room.version for room in outcomes if isinstance(room, Room))


def reasons(outcomes: Sequence[Room | str]) -> Counter[str]:
    return Counter(reason for reason in outcomes if isinstance(reason, str))


@pytest.mark.holds("circle:1", "circle:6")
def test_of_all_who_accept_at_once_only_the_one_who_was_asked_holds_the_floor(
    circle: Circle,
) -> None:
    seen = circle.room().version
    outcomes = at_once(
        [partial(circle.press, one, Accept(one.id, seen, Mode.VOICE)) for one in circle.members]
    )
    assert versions(outcomes) == [seen + 1]
    assert set(reasons(outcomes)) <= {"not-your-turn", "stale"}
    room = circle.room()
    assert room.floor == Holding(circle.members[0].id, Mode.VOICE, room.floor.wish)
    assert heard(room) == {circle.members[0].id}


@pytest.mark.holds("circle:1", "circle:6")
def test_finishing_and_moving_on_at_once_pass_over_nobody(circle: Circle) -> None:
    """The holder has finished just as the facilitator moves on: one step, not two."""
    first, second = circle.members[:2]
    for _ in range(5):
        circle.holds(first)
        seen = circle.room().version
        outcomes = at_once(
            [
                partial(circle.press, first, Finish(first.id, seen)),
                partial(circle.press, circle.hana, MoveOn(circle.hana.id, seen)),
            ]
        )
        assert versions(outcomes) == [seen + 1]
        assert sum(reasons(outcomes).values()) == 1
        assert circle.room().floor == Offered(second.id)
        first, second = second, circle.members[circle.members.index(second) + 1]


@pytest.mark.holds("circle:1", "circle:6")
def test_accepting_and_passing_at_once_by_two_hands_of_one_person_pass_over_nobody(
    circle: Circle,
) -> None:
    ana, seen = circle.members[0], circle.room().version
    events = [Accept(ana.id, seen, Mode.VOICE), Pass(ana.id, seen), Later(ana.id, seen)] * 3
    outcomes = at_once([partial(circle.press, ana, event) for event in events])
    made = versions(outcomes)
    assert made
    assert made == list(range(seen + 1, seen + 1 + len(made)))
    assert circle.room().version == seen + len(made)
    assert circle.room().floor in (
        Offered(circle.members[1].id),
        Holding(ana.id, Mode.VOICE, Accept(ana.id, seen, Mode.VOICE).wish),
    )


@pytest.mark.holds("circle:6")
def test_one_press_that_arrives_sixteen_times_at_once_counts_once(circle: Circle) -> None:
    ana = circle.members[0]
    once, seen = uuid4(), circle.room().version
    press = partial(circle.press, ana, Accept(ana.id, seen, Mode.TYPED), once)
    outcomes = at_once([press] * 16)
    assert versions(outcomes) == [seen + 1] * 16
    with circle.app.app_context():
        assert db.session.query(RoomEvent).filter_by(event_id=once).count() == 1


@pytest.mark.holds("circle:6")
def test_words_that_arrive_eight_times_at_once_are_said_once(circle: Circle) -> None:
    ana = circle.members[0]
    circle.holds(ana, Mode.TYPED)
    before, once, now = circle.room().version, uuid4(), circle.clock.now()

    def say() -> Room:
        with circle.app.app_context(), transaction():
            return actions.write(ana, circle.call_id, Say(ana.id), "Only once.", once, now=now).room

    def say_more() -> Room:
        with circle.app.app_context(), transaction():
            return actions.write(
                ana, circle.call_id, Say(ana.id), "And more.", uuid4(), now=now
            ).room

    outcomes = at_once([say] * 8 + [say_more] * 4)
    assert reasons(outcomes) == {}
    assert circle.room().version == before + 5
    with circle.app.app_context():
        rows = db.session.query(RoomText).order_by(RoomText.number).all()
        assert Counter(row.words for row in rows) == {"Only once.": 1, "And more.": 4}
        assert [row.number for row in rows] == list(range(before + 1, before + 6))


@pytest.mark.holds("circle:6")
def test_everybody_who_comes_at_once_is_in(circle: Circle) -> None:
    for person in circle.members:
        circle.press(person, Leave(person.id))
    before = circle.room().version
    outcomes = at_once([partial(circle.enter, one) for one in circle.members])
    assert versions(outcomes) == list(range(before + 1, before + 1 + MEMBERS))
    room = circle.room()
    assert {room.person(one.id).presence for one in circle.members} == {Presence.CONNECTED}


@pytest.mark.holds("circle:R7", "circle:6")
def test_of_many_pages_that_come_at_once_one_is_active_and_the_others_are_not(
    circle: Circle,
) -> None:
    ana, process, now = circle.members[0], uuid4(), circle.clock.now()
    pages, before = [uuid4() for _ in range(8)], circle.room().version

    def come(page: UUID) -> Room:
        with circle.app.app_context(), transaction():
            return actions.came_back(ana, circle.call_id, page, process, now=now).room

    at_once([partial(come, page) for page in pages])
    active = circle.room().person(ana.id).page
    assert active in pages
    assert circle.room().version == before + 1
    with circle.app.app_context():
        line = db.session.query(LiveLine).filter_by(account_id=ana.id).one()
        assert (line.page, line.process) == (active, process)
    outcomes = at_once([partial(circle.press, ana, TakeDevice(ana.id, page)) for page in pages])
    made = versions(outcomes)
    assert made == list(range(before + 2, before + 2 + len(made)))


@pytest.mark.holds("circle:13")
def test_an_end_and_a_late_press_at_once_leave_nothing_behind(circle: Circle) -> None:
    ana = circle.members[0]
    circle.holds(ana, Mode.TYPED)
    now = circle.clock.now()

    def say() -> Room:
        with circle.app.app_context(), transaction():
            return actions.write(
                ana, circle.call_id, Say(ana.id), "Just a moment.", uuid4(), now=now
            ).room

    outcomes = at_once([say, partial(circle.press, circle.hana, End(circle.hana.id)), say, say])
    assert set(reasons(outcomes)) <= {"ended"}
    with circle.app.app_context():
        for table in (LiveRoom, RoomEvent, RoomText):
            assert db.session.query(table).count() == 0


@pytest.mark.holds("circle:1", "circle:6", "promise:3")
@pytest.mark.parametrize("seed", range(3))
def test_whatever_everybody_presses_at_once_there_is_one_floor_and_no_version_is_lost(
    circle: Circle, seed: int
) -> None:
    """Each press is by somebody who looked a moment ago. What was accepted makes versions without
    a gap; at each of them at most one member is heard, and it is the one who holds the floor."""
    before = circle.room().version

    def press_for_a_while(person: Actor, chance: Random) -> Callable[[], list[Room]]:
        def go() -> list[Room]:
            made = []
            for _ in range(30):
                seen = circle.room()
                event = chance.choice(presses_of(person, seen, chance))
                with suppress(Refused):
                    made.append(circle.press(person, event))
            return made

        return go

    people = [circle.hana, *circle.members]
    start = Barrier(len(people))

    def begin(go: Callable[[], list[Room]]) -> list[Room]:
        start.wait()
        return go()

    goes = [press_for_a_while(one, Random(f"{seed} {n}")) for n, one in enumerate(people)]
    with ThreadPoolExecutor(len(people)) as everybody:
        made = [room for rooms in everybody.map(begin, goes) for room in rooms]
    assert len(made) > 10
    assert sorted(room.version for room in made) == list(range(before + 1, before + 1 + len(made)))
    assert circle.room() == max(made, key=lambda room: room.version)
    for room in made:
        members = heard(room) - {circle.hana.id}
        assert members <= {room.floor.person}
        assert len([each for each in room.queue if each.person == room.floor.person]) <= 1


def presses_of(person: Actor, room: Room, chance: Random) -> list[Wire]:
    me, seen = person.id, room.version
    anybody = chance.choice(room.people).id
    if room.person(me).facilitates:
        takes_away = [Remove(me, anybody, "A test of the door.")] if chance.random() < 0.1 else []
        return [
            MoveOn(me, seen), MoveOn(me, seen), Offer(me, seen, anybody), Hold(me), Release(me),
            Release(me), Admit(me, anybody), MicOn(me), MicOff(me), *takes_away, Break(me),
            MoveUp(me, anybody), Skip(me, anybody), AddAgain(me, anybody), Nudge(me, anybody),
        ]  # fmt: skip
    return [
        Accept(me, seen, Mode.VOICE), Accept(me, seen, Mode.TYPED), Finish(me, seen),
        Pass(me, seen), Later(me, seen), TakeBack(me, seen), SetMode(me, Mode.VOICE), MicOn(me),
        StepAway(me, seen), ComeBack(me), ComeBack(me), Help(me), TakeDevice(me, uuid4()),
    ]  # fmt: skip
