"""Calls that nobody came to: no lobby was opened, so no circle ends them. They are over when they
would have been. Nothing is written to anybody, and nobody is noted as missing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.calls.actions.scheduling import move_to
from community.calls.models import Call
from community.calls.rules.call import CallState, EndReason
from community.calls.rules.times import NOBODY_OPENED, is_past
from community.core.db import db, locked


def calls_due(now: datetime) -> list[UUID]:
    """In the order they are locked."""
    rows = db.session.execute(
        select(Call.id, Call.starts_at, Call.minutes)
        .where(Call.state == CallState.OPEN, Call.starts_at <= now - NOBODY_OPENED)
        .order_by(Call.id)
    )
    return [call_id for call_id, starts_at, minutes in rows if is_past(starts_at, minutes, now)]


def end(call_id: UUID) -> None:
    """Unless somebody has come just now."""
    if locked(Call, call_id).state is CallState.OPEN:
        move_to(call_id, CallState.ENDED, EndReason.EMPTY)
