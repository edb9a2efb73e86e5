"""A thread in parts, for this reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.threads.answers.queries import facts_of, with_answered
from community.threads.models import Post, ReadMark, Thread
from community.threads.queries import POSTS
from community.threads.reading.rules import Sought, Writer, span_of
from community.threads.rules.rows import PostRow
from community.threads.shown import is_shown, is_there


@dataclass(frozen=True, slots=True)
class Part:
    """Some posts in their order, and the number after which the next part begins."""

    posts: Sequence[PostRow]
    later: int | None


def writers(actor: Actor, thread_id: UUID, now: datetime) -> Sequence[Writer]:
    """Who wrote what this person can read there, by name. Ask first whether they may."""
    signed = Post.pseudonym.is_(None)
    rows = db.session.execute(
        select(
            case((signed, Account.name), else_=Post.pseudonym).label("name"),
            case((signed, Account.id)).label("account_id"),
        )
        .select_from(Post)
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Account, Account.id == Post.author_id)
        .where(*_read_by(actor, thread_id, now))
        .distinct()
    )
    known = (Writer(row.name, row.account_id) for row in rows if row.name)
    return sorted(known, key=lambda writer: (writer.name.casefold(), str(writer.account_id)))


def read_to(account_id: UUID, thread_id: UUID) -> int:
    """The number of the furthest post that this person has had before them; 0 if they had none."""
    mark = (ReadMark.account_id == account_id, ReadMark.thread_id == thread_id)
    return db.session.scalar(select(ReadMark.number).where(*mark)) or 0


def part(
    actor: Actor, thread_id: UUID, sought: Sought, now: datetime, *, after: int, most: int
) -> Part:
    """The posts that were looked for after this number. Ask first whether they may."""
    rows = db.session.execute(
        with_answered(actor, POSTS)
        .where(*_read_by(actor, thread_id, now), *_sought(sought, actor.zone))
        .where(Post.number > after)
        .order_by(Post.number)
        .limit(most + 1)
    )
    posts = [PostRow(**facts_of(row)).seen_by(actor.id) for row in rows]
    shown = posts[:most]
    return Part(shown, shown[-1].number if len(posts) > most else None)


def _read_by(actor: Actor, thread_id: UUID, now: datetime) -> Sequence[ColumnElement[bool]]:
    in_place = Post.number.is_not(None)
    return (Post.thread_id == thread_id, in_place, is_shown(now), is_there(actor))


def _sought(sought: Sought, zone: str) -> list[ColumnElement[bool]]:
    which = []
    if sought.writer and sought.writer.account_id:
        which += [Post.author_id == sought.writer.account_id, Post.pseudonym.is_(None)]
    elif sought.writer:
        which.append(Post.pseudonym == sought.writer.name)
    if sought.day:
        begins, ends = span_of(sought.day, zone)
        which += [Post.written_at >= begins, Post.written_at < ends]
    return which
