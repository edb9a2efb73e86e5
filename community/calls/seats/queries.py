"""What has to be known to hold a seat for somebody: their night, when it ends, what else they have.

Selects of seats that decide; what pages show is in `queries`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Row, and_, or_, select

from community.calls.models import Call, Seat
from community.calls.queries import CallCard
from community.calls.rules.call import UPCOMING, CallState
from community.calls.rules.offers import Offer, held_until
from community.calls.rules.seats import TAKEN, SeatState, may_have_another, may_sign_up
from community.calls.rules.times import week_of
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import Verdict
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


def sign_ups(actor: Actor, calls: Collection[CallCard], now: datetime) -> Mapping[UUID, Verdict]:
    """Whether this person may sign up for each of these calls. Where a group has a limit, what
    else they have that week is asked too."""
    limited = [call for call in calls if call.weekly_seats is not None]
    places = _places_of(actor, limited)
    return {
        call.id: may_sign_up(actor, call, call.mine, now)
        and may_have_another(_beside(call, places, actor), call.weekly_seats)
        for call in calls
    }


def places_in_week_of(actor: Actor, call: Timed) -> int:
    """In how many other calls of the group this person has a seat, or waits for one, in the week
    of this call. Weeks are theirs: it is what their pages say."""
    return _beside(call, _places_of(actor, [call]), actor)


def _beside(call: Timed, places: Collection[Row[UUID, UUID, datetime]], actor: Actor) -> int:
    begins, ends = week_of(call.starts_at, actor.zone)
    return sum(
        place.id != call.id and place.group_id == call.group_id and begins <= place.starts_at < ends
        for place in places
    )


def _places_of(actor: Actor, calls: Collection[Timed]) -> Sequence[Row[UUID, UUID, datetime]]:
    """The calls that this person has a seat in or waits for, in the groups and weeks of these."""
    if not calls:
        return ()
    weeks = [week_of(call.starts_at, actor.zone) for call in calls]
    waits = and_(Seat.state == SeatState.WAITING, Call.state.in_(UPCOMING))
    return db.session.execute(
        select(Call.id, Call.group_id, Call.starts_at)
        .join(Seat, Seat.call_id == Call.id)
        .where(
            Seat.account_id == actor.id,
            or_(Seat.state.in_(TAKEN), waits),
            Call.group_id.in_({call.group_id for call in calls}),
            Call.state != CallState.CANCELLED,
            Call.starts_at >= min(begins for begins, _ in weeks),
            Call.starts_at < max(ends for _, ends in weeks),
        )
    ).all()
