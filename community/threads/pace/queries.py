"""What is in force in a thread. Every select of paces."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from community.core.actor import Actor
from community.core.db import db
from community.groups.guidelines.queries import named
from community.groups.guidelines.rules import OwnRule
from community.threads.models import Post, Thread
from community.threads.pace.models import ThreadPace
from community.threads.pace.rules import Pace, PaceKind, Paces

IS_PACED = exists().where(ThreadPace.thread_id == Thread.id, ThreadPace.ended_at.is_(None))
"""Whether a thread has anything that may be in force: asked with the thread itself."""


def paces_of(actor: Actor, thread_id: UUID, now: datetime) -> Paces:
    """What this person meets in a thread that they may read."""
    found = in_force_in(thread_id, now)
    return replace(found, last_at=_last_at(actor, thread_id)) if found.slow else found


def in_force_in(thread_id: UUID, now: datetime) -> Paces:
    """What is in force in a thread, for nobody in particular."""
    rows = db.session.scalars(
        select(ThreadPace).where(
            ThreadPace.thread_id == thread_id,
            ThreadPace.ended_at.is_(None),
            or_(ThreadPace.until.is_(None), ThreadPace.until > now),
        )
    )
    there = rows.all()
    own = named(row.rule_id for row in there)
    found = {row.kind: _pace(row, own.get(row.rule_id)) for row in there}
    pause, slow = found.get(PaceKind.PAUSE), found.get(PaceKind.SLOW)
    return Paces(pause, slow, lock=found.get(PaceKind.LOCK))


def first_of(thread_id: UUID) -> UUID:
    """The post that a thread began with."""
    first = select(Post.id).where(Post.thread_id == thread_id, Post.number == 1)
    return db.session.scalars(first).one()


def thread_of(post_id: UUID) -> UUID:
    """The thread that a post is in."""
    return db.session.scalars(select(Post.thread_id).where(Post.id == post_id)).one()


def unended(thread_id: UUID) -> Sequence[ThreadPace]:
    """What nobody has ended, over by the clock or not: one of each kind at most."""
    return db.session.scalars(
        select(ThreadPace).where(ThreadPace.thread_id == thread_id, ThreadPace.ended_at.is_(None))
    ).all()


def _pace(row: ThreadPace, own: OwnRule | None) -> Pace:
    what = (row.id, row.kind, row.gap, row.rule_id, row.why, row.until)
    days = (row.until - row.set_at).days if row.until else None
    return Pace(*what, set_by=row.set_by, days=days, own=own)


def _last_at(actor: Actor, thread_id: UUID) -> datetime | None:
    """When they wrote in it last, also what others don’t see yet and what they took back."""
    mine = (Post.thread_id == thread_id, Post.author_id == actor.id)
    return db.session.scalar(select(func.max(Post.written_at)).where(*mine))
