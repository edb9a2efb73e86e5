"""Saying that one is looking, and that one has gone."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import db
from community.moderation.duty.models import Duty
from community.moderation.duty.rules import may_look


def look(actor: Actor, begins_at: datetime, span: timedelta, *, now: datetime) -> None:
    """From then, for so long, in place of what they said before."""
    may_look(actor, begins_at, span, now).require()
    db.session.merge(Duty(account_id=actor.id, begins_at=begins_at, until=begins_at + span))


def go(actor: Actor) -> None:
    """They aren’t looking any more, or won’t be."""
    db.session.execute(delete(Duty).where(Duty.account_id == actor.id))
