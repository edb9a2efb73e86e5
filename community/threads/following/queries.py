"""How somebody hears of threads. It is shown to nobody but them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, or_, select

from community.accounts.models import Account
from community.core.actor import Actor, Standing
from community.core.asking import Rows, made_once
from community.core.db import db
from community.threads.apart import First, meets_writer
from community.threads.following.models import Following, HeardMark
from community.threads.following.rules import Level
from community.threads.models import Post, ReadMark, Thread
from community.threads.mutes.models import Mute
from community.threads.mutes.queries import is_muted

_USUAL = literal(Level.PLACE, Following.level.type)


@dataclass(frozen=True, slots=True)
class Followed:
    """What somebody chose, for a thread or for a topic."""

    thread_id: UUID | None
    topic: str | None
    level: Level
    since: datetime


def followed_by(actor: Actor) -> Sequence[Followed]:
    """All that this person chose, the latest first."""
    rows = db.session.execute(
        select(Following.thread_id, Following.topic, Following.level, Following.since)
        .where(Following.account_id == actor.id)
        .order_by(Following.since.desc(), Following.id.desc())
    )
    return [Followed(*row) for row in rows]


def level_of_topic(actor: Actor, slug: str) -> Level:
    """How this person hears of the threads of a topic."""
    return _level_of_topic(actor, slug=slug).scalar() or Level.PLACE


@made_once
def _level_of_topic(actor: Actor) -> Rows:
    chosen = (Following.account_id == actor.id, Following.topic == bindparam("slug"))
    return select(Following.level).where(*chosen)


def level_of(actor: Actor) -> ColumnElement[Level]:
    """How this person hears of a thread, as a column of it."""
    return func.coalesce(_chosen(actor, Following.level), _USUAL)


def is_news(actor: Actor) -> ColumnElement[bool]:
    """Whether a thread belongs to what’s new for this person: they’d like to hear of it, and have
    not muted whoever began it in their name. A circle’s own is begun for all who were there."""
    by_muted = and_(Thread.circle_id.is_(None), is_muted(actor, First))
    return and_(level_of(actor) != Level.NONE, ~by_muted)


def has_news(actor: Actor, is_shown: ColumnElement[bool], *, untold: bool) -> ColumnElement[bool]:
    """Whether a thread of which they asked to hear by letter has words that they haven’t read; with
    `untold`, none that a letter has told them of."""
    fresh = [
        Post.thread_id == Thread.id,
        Post.number > func.coalesce(ReadMark.number, 0),
        Post.written_at > _chosen(actor, Following.since),
        Post.author_id.is_distinct_from(actor.id),
        is_shown,
        meets_writer(actor),
        ~is_muted(actor, Post),
    ]
    if untold:
        mark = (HeardMark.account_id == actor.id, HeardMark.thread_id == Thread.id)
        told = select(HeardMark.number).where(*mark).correlate(Thread).scalar_subquery()
        fresh.append(Post.number > func.coalesce(told, 0))
    any_fresh = exists().where(*fresh).correlate(Thread, ReadMark)
    return and_(level_of(actor) == Level.MAIL, any_fresh)


def rings(account_id: UUID, thread: Thread, writer_id: UUID | None, *, unnamed: bool) -> bool:
    """Whether a reply of this writer’s rings the bell of this person: not, if they’d rather not
    hear of the thread or, where they chose nothing for it, of its topic."""
    either = or_(Following.thread_id == thread.id, Following.topic == thread.topic)
    chosen = select(Following.level).where(Following.account_id == account_id, either)
    own_first = chosen.order_by(Following.thread_id.is_(None)).limit(1).scalar_subquery()
    unheard = func.coalesce(own_first, _USUAL) == Level.NONE
    by_muted = exists().where(Mute.account_id == account_id, Mute.member_id == writer_id)
    return not db.session.scalar(select(unheard if unnamed else or_(unheard, by_muted)))


def who_asked() -> Sequence[UUID]:
    """Whoever asked to hear of a thread or a topic by letter, and is here."""
    return db.session.scalars(
        select(Following.account_id)
        .join(Account, Account.id == Following.account_id)
        .where(Following.level == Level.MAIL, Account.standing == Standing.ACTIVE)
        .distinct()
        .order_by(Following.account_id)
    ).all()


def _chosen(actor: Actor, what: Any) -> Any:
    """What they chose for the thread or, if they chose nothing for it, for its topic."""
    either = or_(Following.thread_id == Thread.id, Following.topic == Thread.topic)
    query: Select[Any] = select(what).where(Following.account_id == actor.id, either)
    own_first = query.order_by(Following.thread_id.is_(None)).limit(1)
    return own_first.correlate(Thread).scalar_subquery()
