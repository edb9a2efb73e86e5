"""Reminders that go off. Every select of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.calls.models import Reminder
from community.core.db import db


def calls_due(now: datetime) -> Sequence[UUID]:
    """The calls of which somebody may have to be reminded."""
    return db.session.scalars(
        select(Reminder.call_id).where(Reminder.due_at <= now).distinct().order_by(Reminder.call_id)
    ).all()


def due_of(call_id: UUID, now: datetime) -> Sequence[Reminder]:
    """The reminders of one call that go off, to be changed. Lock the call first."""
    return db.session.scalars(
        select(Reminder)
        .where(Reminder.call_id == call_id, Reminder.due_at <= now)
        .order_by(Reminder.due_at, Reminder.id)
        .execution_options(populate_existing=True)
    ).all()
