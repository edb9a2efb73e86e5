"""Throwing a draft away, putting it back, and erasing what is over."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db, locked
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.models import Draft
from community.threads.pictures import keeping as pictures
from community.threads.pictures.rules import KEPT_FOR
from community.threads.rules.drafts import Place
from community.threads.thrown_away import keeping, queries
from community.threads.thrown_away.models import ThrownAway


def throw_away(actor: Actor, stamp: UUID, *, now: datetime) -> bool:
    """The draft goes out of sight, with the pictures that wait beside it. They can put it back for
    thirty days. False if it is gone already, or says something else by now: then it stays."""
    locked(Account, actor.id)  # two of one person come one after the other, so none is one too many
    theirs = (Draft.account_id == actor.id, Draft.stamp == stamp)
    gone = delete(Draft).where(*theirs).returning(*Draft.__table__.columns)
    row = db.session.execute(gone).one_or_none()
    kept = threads_queries.kept(row) if row else None
    if row is None or kept is None:
        return False
    place = Place(row.thread_id, row.post_id)
    keeping.set_aside(actor, place, kept, now=now)
    keeping.set_pictures_aside(actor, place, stamp, now=now)
    return True


def put_back(actor: Actor, stamp: UUID, *, now: datetime) -> bool:
    """Where it was, with its pictures, and beside what they are writing there by now. False if it
    is back already, or erased."""
    locked(Account, actor.id)  # nothing is thrown away there meanwhile
    found = queries.thrown(actor, stamp, now)
    theirs = (ThrownAway.account_id == actor.id, ThrownAway.stamp == stamp)
    once = delete(ThrownAway).where(*theirs).returning(ThrownAway.stamp)
    if found is None or db.session.scalar(once) is None:
        return False
    threads_actions.put_draft_back(actor, found.place, found.kept, now=now)
    pictures.carry(actor, Place(thrown=stamp), found.place, until=now + KEPT_FOR)
    return True


def forget(*, now: datetime) -> bool:
    """Erase what nobody can put back any more. True if there was any."""
    over = db.session.execute(delete(ThrownAway).where(ThrownAway.erase_at <= now))
    return cast("CursorResult[Any]", over).rowcount > 0
