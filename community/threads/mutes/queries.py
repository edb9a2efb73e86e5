"""What somebody has muted. It is shown to nobody but them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.threads.apart import First
from community.threads.models import Thread
from community.threads.mutes.models import Mute
from community.threads.mutes.rules import Muted


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody or something that was muted, and since when."""

    id: UUID
    name: str
    since: datetime


def muted_by(actor: Actor) -> Muted:
    """Whom and what this person has muted."""
    rows = db.session.execute(
        select(Mute.member_id, Mute.thread_id).where(Mute.account_id == actor.id)
    ).all()
    return Muted(
        people=frozenset(row.member_id for row in rows if row.member_id),
        threads=frozenset(row.thread_id for row in rows if row.thread_id),
    )


def people(actor: Actor) -> Sequence[Quiet]:
    """Whom this person has muted, by name."""
    rows = db.session.execute(
        select(Account.id, Account.name, Mute.since)
        .join(Mute, Mute.member_id == Account.id)
        .where(Mute.account_id == actor.id)
        .order_by(func.lower(Account.name), Account.id)
    )
    return [Quiet(*row) for row in rows]


def threads(actor: Actor) -> Sequence[Quiet]:
    """The threads that this person has muted, the latest first. Their titles are asked for with
    what else they may read."""
    rows = db.session.execute(
        select(Thread.id, Mute.since)
        .join(Mute, Mute.thread_id == Thread.id)
        .where(Mute.account_id == actor.id)
        .order_by(Mute.since.desc(), Thread.id)
    )
    return [Quiet(row.id, "", row.since) for row in rows]


def rings(thread: Thread, writer_id: UUID, *, unnamed: bool) -> bool:
    """Whether a reply of this writer’s rings the bell of whoever began the thread."""
    of_writer = Mute.thread_id == thread.id
    if not unnamed:
        of_writer = or_(of_writer, Mute.member_id == writer_id)
    query = select(Mute.id).where(Mute.account_id == thread.author_id, of_writer).limit(1)
    return db.session.scalar(query) is None


def is_news(actor: Actor) -> ColumnElement[bool]:
    """Whether a thread belongs to what’s new for this person: neither it nor whoever began it, in
    their name, is muted. A circle’s own is begun for all who were there."""
    of_writer = and_(
        Mute.member_id == Thread.author_id,
        First.pseudonym.is_(None),
        Thread.circle_id.is_(None),
    )
    either = or_(Mute.thread_id == Thread.id, of_writer)
    return ~exists().where(Mute.account_id == actor.id, either)
