"""Throwing a draft away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import db
from community.threads.models import Draft
from community.threads.pictures import keeping


def throw_away(actor: Actor, stamp: UUID, *, now: datetime) -> bool:
    """The draft goes, with the pictures that wait beside it. False if it is gone already, or says
    something else by now: then it stays."""
    theirs = (Draft.account_id == actor.id, Draft.stamp == stamp)
    place = db.session.scalar(delete(Draft).where(*theirs).returning(Draft.place))
    if place is None:
        return False
    keeping.let_go_of_waiting(actor, place, now=now)
    return True
