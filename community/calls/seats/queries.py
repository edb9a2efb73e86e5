"""What has to be known to hold a seat for somebody: their night, when it ends, what else they have.

Selects of seats that decide; what pages show is in `queries`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from community.calls.models import Call, Seat
from community.calls.rules.call import UPCOMING, CallState
from community.calls.rules.offers import Offer, held_until
from community.calls.rules.seats import TAKEN, SeatState
from community.calls.rules.times import week_of
from community.core.actor import Actor
from community.core.db import db
from community.notifications.queries import clocks_of


class Timed(Protocol):
    """A call, as far as its time goes."""

    @property
    def id(self) -> UUID: ...
    @property
    def group_id(self) -> UUID: ...
    @property
    def starts_at(self) -> datetime: ...


def offer_of(account_id: UUID, call: Timed) -> Offer | None:
    """The seat that is held for somebody in a call, if one is."""
    row = db.session.execute(
        select(Seat.changed_at, Seat.offered_until, Seat.kept_longer).where(
            Seat.call_id == call.id, Seat.account_id == account_id
        )
    ).one_or_none()
    if row is None or row.offered_until is None:
        return None
    night = clocks_of([account_id])[account_id]
    longer = held_until(row.changed_at, call.starts_at, night.zone, night.quiet, kept_longer=True)
    return Offer(row.offered_until, row.offered_until if row.kept_longer else longer)


def offers_over(call_id: UUID, now: datetime) -> Sequence[UUID]:
    """For whom a seat of this call was held until now, in the order of the line."""
    return db.session.scalars(
        select(Seat.account_id)
        .where(Seat.call_id == call_id, Seat.offered_until <= now)
        .order_by(Seat.place)
    ).all()


def calls_with_offers_over(now: datetime) -> Sequence[UUID]:
    """Calls to come, or on, in which a seat was held for somebody until now."""
    return db.session.scalars(
        select(Call.id)
        .where(
            Call.state.in_(UPCOMING),
            Call.id.in_(select(Seat.call_id).where(Seat.offered_until <= now)),
        )
        .order_by(Call.id)
    ).all()


def places_in_week_of(actor: Actor, call: Timed) -> int:
    """In how many other calls of the group this person has a seat, or waits for one, in the week
    of this call. Weeks are theirs: it is what their pages say."""
    begins, ends = week_of(call.starts_at, actor.zone)
    waits = and_(Seat.state == SeatState.WAITING, Call.state.in_(UPCOMING))
    query = (
        select(func.count())
        .select_from(Seat)
        .join(Call, Call.id == Seat.call_id)
        .where(
            Seat.account_id == actor.id,
            or_(Seat.state.in_(TAKEN), waits),
            Call.group_id == call.group_id,
            Call.id != call.id,
            Call.state != CallState.CANCELLED,
            Call.starts_at >= begins,
            Call.starts_at < ends,
        )
    )
    return db.session.scalar(query) or 0
