"""Calls and seats."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from community.calls.actions import holding as calls_holding
from community.calls.actions import scheduling as calls_scheduling
from community.calls.actions import seating as calls_seating
from community.calls.models import Call
from community.calls.rules.call import Plan
from community.calls.rules.holding import Ask
from community.calls.rules.series import Every, rhythm_from
from community.core.actor import Actor
from community.core.db import db
from community.live.livekit import CEILINGS
from tests.making.base import Maker


class MakeCalls(Maker):
    def call(
        self,
        group_id: UUID,
        facilitator: Actor,
        *,
        title: str = "Neck circle",
        starts_in: timedelta = timedelta(days=4),
        seats: int = 8,
        seated: Sequence[Actor] = (),
        waiting: Sequence[Actor] = (),
        as_draft: bool = False,
        **plan: Any,
    ) -> UUID:
        """A call that these people signed up for. Whoever waits needs a call that is full."""
        now = self.clock.now()
        wish = Plan(title=title, starts_at=now + starts_in, seats=seats, **plan)
        call_id = self.done(
            lambda: calls_scheduling.schedule_call(
                facilitator, group_id, wish, as_draft=as_draft, ceilings=CEILINGS, now=now
            )
        )
        for person in (*seated, *waiting):
            self.signed_up(call_id, person)
        return call_id

    def series(
        self,
        group_id: UUID,
        facilitator: Actor,
        *,
        title: str = "Neck circle",
        seats: int = 8,
        every: Every = Every.WEEK,
        first: date = date(2026, 11, 24),
        hour: time = time(19),
    ) -> tuple[UUID, UUID]:
        """Calls that come again, on this person’s clocks: the first of them, and the series."""
        rhythm = rhythm_from(every, first, hour, facilitator.zone)
        wish = Plan(title=title, starts_at=rhythm.begins(first), seats=seats)
        call_id = self.done(
            lambda: calls_scheduling.schedule_call(
                facilitator, group_id, wish, rhythm, now=self.clock.now()
            )
        )
        with self.app.app_context():
            series_id = db.session.get_one(Call, call_id).series_id
        assert series_id is not None
        return call_id, series_id

    def signed_up(self, call_id: UUID, person: Actor) -> None:
        self.done(lambda: calls_seating.sign_up(person, call_id, now=self.clock.now()))

    def gave_up(self, call_id: UUID, person: Actor) -> None:
        """Their seat is held for the first person waiting."""
        self.done(lambda: calls_seating.give_up_seat(person, call_id, now=self.clock.now()))

    def held_together(self, call_id: UUID, facilitator: Actor, second: Actor) -> None:
        """A second facilitator is asked to hold the call too, and says yes."""
        now = self.clock.now()
        self.done(lambda: calls_holding.ask_to_hold(facilitator, call_id, second.id, now=now))
        self.done(lambda: calls_holding.accept(second, call_id, Ask.TOGETHER, now=now))
