"""How somebody hears of threads. It is shown to nobody but them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from community.accounts.models import Account
from community.core.actor import Actor, Standing
from community.core.asking import Rows, made_once
from community.core.db import db
from community.dystonia.topics import TOPICS
from community.threads.apart import First, meets_writer
from community.threads.following.models import Following, HeardMark
from community.threads.following.rules import Level
from community.threads.models import Post, ReadMark, Thread
from community.threads.mutes.models import Mute
from community.threads.mutes.queries import is_muted

_USUAL = literal(Level.PLACE, Following.level.type)
_LARGER = {one.slug: one.under for one in TOPICS if one.under}
_ITS_LARGER = case(_LARGER, value=Thread.topic)


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
    """How this person hears of the threads of a topic: as they chose for it or, if they chose
    nothing for it, for the larger one in which its threads are listed as well."""
    found = _level_of_topic(actor, slug=slug, larger=_LARGER.get(slug, ""))
    return found.scalar() or Level.PLACE


@made_once
def _level_of_topic(actor: Actor) -> Rows:
    slug, larger = (bindparam(name, type_=Following.topic.type) for name in ("slug", "larger"))
    either = Following.topic.in_([slug, larger])
    chosen = select(Following.level).where(Following.account_id == actor.id, either)
    return chosen.order_by(Following.topic != slug).limit(1)


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
    larger = _LARGER.get(thread.topic, "")
    level = _nearest(Following.level, account_id, thread.id, thread.topic, larger)
    unheard = func.coalesce(level, _USUAL) == Level.NONE
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
    """What they chose for the thread or, if they chose nothing for it, for its topic; or else for
    the larger one in which it is listed as well."""
    return _nearest(what, actor.id, Thread.id, Thread.topic, _ITS_LARGER)


def _nearest(what: Any, account_id: UUID, thread_id: Any, topic: Any, larger: Any) -> Any:
    places = (Following.thread_id == thread_id, Following.topic == topic, Following.topic == larger)
    chosen = (select(what).where(Following.account_id == account_id, each) for each in places)
    return func.coalesce(*(each.correlate(Thread).scalar_subquery() for each in chosen))
