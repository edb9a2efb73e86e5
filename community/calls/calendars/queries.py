"""Calls as a calendar needs them, and whose calendar an address leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from community.calls.listed import led_by
from community.calls.models import CalendarFeed, Call, Seat
from community.calls.rules import calendars as calendar_rules
from community.calls.rules.call import CallState
from community.calls.rules.seats import SeatState
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused


@dataclass(frozen=True, slots=True)
class Timed:
    """When a call is, and which telling of it this is."""

    id: UUID
    starts_at: datetime
    minutes: int
    zone: str
    sequence: int
    timed_at: datetime
    state: CallState


def timed(call_id: UUID) -> Timed:
    """One call. Whoever asks has asked before whether they may see it."""
    return _read(_times().where(Call.id == call_id))[0]


def calendar_of(actor: Actor, *, now: datetime) -> Sequence[Timed]:
    """The calls in which this person has a seat, and those they hold."""
    return _read(
        _times()
        .outerjoin(
            Seat,
            and_(
                Seat.call_id == Call.id,
                Seat.account_id == actor.id,
                Seat.state == SeatState.CONFIRMED,
            ),
        )
        .where(
            Call.group_id.in_(actor.groups),
            Call.state != CallState.DRAFT,
            Call.starts_at > calendar_rules.since(now),
            or_(Seat.id.is_not(None), led_by(actor)),
        )
        .order_by(Call.starts_at, Call.id)
    )


def feed_of(actor: Actor) -> UUID | None:
    """What the address of this person’s calendar is made of, if they have one."""
    return db.session.scalar(select(CalendarFeed.id).where(CalendarFeed.account_id == actor.id))


def owner_of(feed_id: UUID) -> UUID:
    """Whose calendar this is. `Refused(NOT_FOUND)` once it was stopped or has a new address."""
    owner = db.session.scalar(select(CalendarFeed.account_id).where(CalendarFeed.id == feed_id))
    if owner is None:
        raise Refused(NOT_FOUND)
    return owner


def _times() -> Select[*tuple[Any, ...]]:
    return select(
        Call.id,
        Call.starts_at,
        Call.minutes,
        Call.zone,
        Call.sequence,
        Call.timed_at,
        Call.state,
    )


def _read(query: Select[*tuple[Any, ...]]) -> Sequence[Timed]:
    return [Timed(**row._mapping) for row in db.session.execute(query)]
