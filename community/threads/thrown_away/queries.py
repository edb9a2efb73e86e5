"""Which draft it is, and what was thrown away. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.threads import queries as threads_queries
from community.threads.models import Thread
from community.threads.rules.drafts import Kept, Place
from community.threads.rules.rows import DraftRow
from community.threads.shown import may_read
from community.threads.thrown_away.models import NEWEST_FIRST, ThrownAway


@dataclass(frozen=True, slots=True)
class Thrown:
    """What somebody threw away, for them alone, and until when they can put it back."""

    kept: Kept
    place: Place
    thrown_at: datetime
    erase_at: datetime


def own(actor: Actor, stamp: UUID) -> DraftRow:
    """This person’s draft, as long as it says what it said. Raises `Refused(NOT_FOUND)`."""
    drafts = threads_queries.drafts(actor)
    found = next((each for each in drafts if each.kept.stamp == stamp), None)
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def thrown(actor: Actor, stamp: UUID, now: datetime) -> Thrown | None:
    """What this person threw away, as long as they can put it back."""
    return next(iter(_thrown(actor, now, ThrownAway.stamp == stamp)), None)


def all_thrown(actor: Actor, now: datetime) -> Sequence[Thrown]:
    """All that this person can put back, the latest first."""
    return _thrown(actor, now)


def _thrown(actor: Actor, now: datetime, *which: ColumnElement[bool]) -> list[Thrown]:
    """Of threads, only what they may still read: as with drafts."""
    is_read = and_(Thread.group_id.in_(actor.groups), may_read(actor))
    rows = db.session.execute(
        select(*ThrownAway.__table__.columns)
        .outerjoin(Thread, Thread.id == ThrownAway.thread_id)
        .where(ThrownAway.account_id == actor.id, ThrownAway.erase_at > now, *which)
        .where(or_(ThrownAway.thread_id.is_(None), is_read))
        .order_by(*NEWEST_FIRST)
    )
    return [
        Thrown(
            kept=kept,
            place=Place(row.thread_id, row.post_id),
            thrown_at=row.thrown_at,
            erase_at=row.erase_at,
        )
        for row in rows
        if (kept := threads_queries.kept(row))
    ]
