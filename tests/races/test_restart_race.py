"""Several processes begin at the same moment, and people come back to whichever is there first."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from itertools import cycle, repeat
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from community.core.actor import Actor
from community.core.db import db, transaction
from community.core.media import MESH
from community.live import actions, queries
from community.live.models import LiveLine
from community.live.rules.entry import Chosen
from community.live.rules.room import LEASE, Presence, Way
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.make import Make

PEOPLE, PROCESSES, NIGHTS = 4, 3, 5


class Circle:
    """Everybody is in its lobby, each with one page."""

    def __init__(self, app: Flask, make: Make, clock: FrozenClock) -> None:
        self.app, self.make, self.clock = app, make, clock
        made = [make.member(f"Member {number}") for number in range(PEOPLE)]
        group = make.group("Neck", owner=made[0], facilitators=made[:1], members=made[1:])
        hana, *members = self.people = [make.actor(each) for each in made]
        soon = timedelta(minutes=10)
        self.call_id = make.call(group, hana, starts_in=soon, seated=members)
        self.pages = {each.id: uuid4() for each in self.people}
        for each in self.people:
            make.done(partial(self.enter, each))

    def enter(self, person: Actor) -> None:
        chosen, now = Chosen(Way.VOICE), self.clock.now()
        actions.enter(person, self.call_id, chosen, MESH, now=now)

    def begin(self) -> None:
        actions.after_restart(now=self.clock.now())

    def come_back(self, person: Actor, process: UUID) -> None:
        page, now = self.pages[person.id], self.clock.now()
        actions.came_back(person, self.call_id, page, process, now=now)


def at_once(app: Flask, acts: Sequence[Callable[[], None]]) -> None:
    start = Barrier(len(acts))

    def go(act: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            with transaction():
                act()

    with ThreadPoolExecutor(len(acts)) as everybody:
        list(everybody.map(go, acts))


@pytest.mark.holds("promise:7", "circle:R8", "circle:R11")
def test_nobody_who_is_back_is_taken_for_gone_by_a_process_that_begins_later(store: Store) -> None:
    with own_app(store.url) as app:
        clock = app.extensions["ports"].clock
        assert isinstance(clock, FrozenClock)
        circle = Circle(app, Make(app, clock), clock)
        for _ in range(NIGHTS):  # in which every process has ended
            clock.pass_by(seconds=2 * LEASE.total_seconds())
            processes = [uuid4() for _ in range(PROCESSES)]
            back = map(partial, repeat(circle.come_back), circle.people, cycle(processes))
            at_once(app, [*[circle.begin] * PROCESSES, *back])
            with app.app_context():
                room = queries.room_for(circle.people[0], circle.call_id)
                assert {each.presence for each in room.people} == {Presence.IN_LOBBY}
                lines = db.session.scalars(select(LiveLine)).all()
                assert {line.account_id for line in lines} == {each.id for each in circle.people}
                assert {line.process for line in lines} <= set(processes)
