"""What somebody can put back. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.threads.models import Post, Thread, ThreadTag
from community.threads.rules.posts import PostState
from community.threads.taken_back.models import TakenBack
from community.threads.tried.card import drawn

IS_KEPT: ColumnElement[bool] = exists().where(TakenBack.post_id == Post.id)
"""Whether the words of a post can still come back: asked with the post itself."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What somebody took back, for them alone."""

    post_id: UUID
    thread_id: UUID
    title: str  # of a thread that it began
    html: str
    state: PostState  # it would have otherwise
    taken_at: datetime
    erase_at: datetime


def own(actor: Actor, post_id: UUID, now: datetime) -> OwnWords:
    """What this person took back there. Raises `Refused(NOT_FOUND)` once it is erased."""
    found = _own(actor, now, TakenBack.post_id == post_id)
    if not found:
        raise Refused(NOT_FOUND)
    return found[0]


def all_own(actor: Actor, now: datetime) -> Sequence[OwnWords]:
    """All that this person can put back, the latest first."""
    return _own(actor, now, Thread.group_id.in_(actor.groups))


def tags_of(thread_id: UUID) -> dict[str, bool]:
    """The tags of a thread, and whether each is its writer’s alone."""
    rows = db.session.execute(
        select(ThreadTag.tag, ThreadTag.is_private).where(ThreadTag.thread_id == thread_id)
    )
    return {row.tag: row.is_private for row in rows}


def _own(actor: Actor, now: datetime, *which: ColumnElement[bool]) -> list[OwnWords]:
    rows = db.session.execute(
        select(TakenBack, Post.thread_id)
        .join(Post, Post.id == TakenBack.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(TakenBack.account_id == actor.id, TakenBack.erase_at > now, *which)
        .order_by(TakenBack.taken_at.desc(), TakenBack.post_id)
    )
    return [
        OwnWords(
            post_id=row.TakenBack.post_id,
            thread_id=row.thread_id,
            title=row.TakenBack.title,
            html=drawn(row.TakenBack.text),
            state=row.TakenBack.state,
            taken_at=row.TakenBack.taken_at,
            erase_at=row.TakenBack.erase_at,
        )
        for row in rows
    ]
