"""Whom to ask how a call landed. Every select of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.calls.models import Attendance, Call
from community.calls.rules.call import UPCOMING
from community.core.db import db


def calls_due(now: datetime) -> Sequence[UUID]:
    """The calls after which it is time to ask somebody."""
    return db.session.scalars(
        select(Attendance.call_id)
        .where(Attendance.follow_up_at <= now)
        .distinct()
        .order_by(Attendance.call_id)
    ).all()


def due_of(call_id: UUID, now: datetime) -> Sequence[Attendance]:
    """Who is to be asked now, to be changed. Lock the call first."""
    return db.session.scalars(
        select(Attendance)
        .where(Attendance.call_id == call_id, Attendance.follow_up_at <= now)
        .order_by(Attendance.account_id)
        .execution_options(populate_existing=True)
    ).all()


def next_in_series(call: Call, now: datetime) -> datetime | None:
    """When the next call of the same series is, if there is one."""
    if call.series_id is None:
        return None
    return db.session.scalar(
        select(Call.starts_at)
        .where(Call.series_id == call.series_id, Call.state.in_(UPCOMING), Call.starts_at > now)
        .order_by(Call.starts_at)
        .limit(1)
    )
