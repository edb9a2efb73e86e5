"""What somebody has in calls: seats, calls, series. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select, union

from community.calls.models import Call, HoldingAsk, Seat, Series, SeriesAsk
from community.calls.rules.call import UPCOMING, CallState
from community.calls.rules.seats import SeatState
from community.core.db import db

_ON = UPCOMING - {CallState.OPEN}


@dataclass(frozen=True, slots=True)
class HeldAlone:
    """A call to come that nobody else holds."""

    id: UUID
    title: str
    starts_at: datetime


def holds_alone(account_id: UUID, now: datetime) -> Sequence[HeldAlone]:
    """Calls to come that this person holds and nobody with them, in the order in which they are
    locked."""
    rows = db.session.execute(
        select(Call.id, Call.title, Call.starts_at)
        .where(
            Call.facilitator_id == account_id,
            Call.co_facilitator_id.is_(None),
            Call.state == CallState.OPEN,
            Call.starts_at > now,
        )
        .order_by(Call.id)
    )
    return [HeldAlone(*row) for row in rows]


def holds_a_circle(account_id: UUID) -> bool:
    """Whether the room of a call is open that this person leads."""
    leads = or_(Call.facilitator_id == account_id, Call.co_facilitator_id == account_id)
    return bool(db.session.scalar(select(exists().where(leads, Call.state.in_(_ON)))))


def keeps(account_id: UUID) -> Sequence[UUID]:
    """The series that they keep, in the order in which they are locked."""
    mine = select(Series.id).where(Series.facilitator_id == account_id, ~_is_draft())
    return db.session.scalars(mine.order_by(Series.id)).all()


def series_of_drafts(account_id: UUID) -> Select[UUID]:
    """The series that they keep and that nobody else knows of yet."""
    return select(Series.id).where(Series.facilitator_id == account_id, _is_draft())


def groups_with(account_id: UUID) -> Sequence[UUID]:
    """The groups in whose calls they have a seat, wait for one, lead or are asked to."""
    seated = (Seat.account_id == account_id, Seat.state != SeatState.RELEASED)
    leads = or_(Call.facilitator_id == account_id, Call.co_facilitator_id == account_id)
    group_ids = union(
        select(Call.group_id).join(Seat, Seat.call_id == Call.id).where(*seated),
        select(Call.group_id).where(leads),
        select(Call.group_id).join(HoldingAsk).where(HoldingAsk.account_id == account_id),
        select(Series.group_id).join(SeriesAsk).where(SeriesAsk.account_id == account_id),
    )
    return sorted(db.session.scalars(group_ids))


def _is_draft() -> ColumnElement[bool]:
    draft = (Call.series_id == Series.id, Call.state == CallState.DRAFT)
    return exists().where(*draft)
