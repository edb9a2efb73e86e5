"""A facilitator takes days off, and gives them back."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from community.calls.models import DaysOff
from community.calls.rules.days_off import may_give_back, may_take_days_off
from community.core.actor import Actor
from community.core.db import db, locked


def take_days_off(actor: Actor, first: date, last: date, *, now: datetime) -> None:
    """From the first day to the last. Calls on those days stay; whoever schedules one is told."""
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    may_take_days_off(actor, first, last, today).require()
    db.session.add(DaysOff(account_id=actor.id, first=first, last=last))
    db.session.flush()


def give_back(actor: Actor, days_id: UUID) -> None:
    """They are days like others again."""
    days = locked(DaysOff, days_id)
    may_give_back(actor, days.account_id).require()
    db.session.delete(days)
