"""What there is to read, for this actor. Every select of threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, tuple_
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group
from community.groups.rules import may_see_inside
from community.threads.models import Post, Thread
from community.threads.rules import (
    REPLIES_A_PAGE,
    THREADS_A_PAGE,
    PostState,
    Wish,
    Written,
)


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread in a list, and at the top of its page. `latest_name` is who replied last."""

    id: UUID
    group_id: UUID
    group_name: str
    topic: str
    title: str
    wish: Wish
    author_id: UUID | None
    author_name: str | None
    started_at: datetime
    last_at: datetime
    replies: int
    latest_name: str | None


@dataclass(frozen=True, slots=True)
class Threads:
    """One page of a list. `older` is where the next one begins, if there is one."""

    rows: Sequence[ThreadRow]
    older: UUID | None


@dataclass(frozen=True, slots=True)
class PostRow(Written):
    """A post and who wrote it."""

    id: UUID
    thread_id: UUID
    number: int
    author_name: str | None
    text: str
    html: str
    version: int
    written_at: datetime
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class Posts:
    """One page of a thread: how it began, and the replies after a number."""

    opening: PostRow
    replies: Sequence[PostRow]
    later: int | None  # the number after which the next page begins, if there is one


def thread(actor: Actor, thread_id: UUID) -> ThreadRow:
    """The thread. Raises `Refused(NOT_FOUND)` for everybody who isn't in its group."""
    row = db.session.execute(_threads().where(Thread.id == thread_id)).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    may_see_inside(actor, row.group_id).require()
    return _thread_row(row)


def posts(thread_id: UUID, after: int) -> Posts:
    """How the thread began, and a page of the replies after this number, in one statement."""
    rows = db.session.execute(
        _posts()
        .where(Post.thread_id == thread_id, or_(Post.number == 1, Post.number > after))
        .order_by(Post.number)
        .limit(REPLIES_A_PAGE + 2)
    ).all()
    opening, *replies = (PostRow(**row._mapping) for row in rows)
    shown = replies[:REPLIES_A_PAGE]
    return Posts(opening, shown, shown[-1].number if len(replies) > len(shown) else None)


def opening(thread_id: UUID) -> PostRow:
    """How the thread began."""
    row = db.session.execute(_posts().where(Post.thread_id == thread_id, Post.number == 1)).one()
    return PostRow(**row._mapping)


def post(actor: Actor, post_id: UUID) -> PostRow:
    """The post. Raises `Refused(NOT_FOUND)` for everybody who isn't in its group."""
    row = db.session.execute(_posts().where(Post.id == post_id)).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    may_see_inside(actor, row.group_id).require()
    return PostRow(**row._mapping)


def reviewed(post_id: UUID) -> PostRow:
    """The post, for moderation, which has asked its own rules who may read it."""
    row = db.session.execute(_posts().where(Post.id == post_id)).one()
    return PostRow(**row._mapping)


def around(thread_id: UUID, number: int) -> Sequence[PostRow]:
    """How the thread began, this post, and its neighbours: what a moderator reads it in."""
    near = Post.number.in_({1, number - 1, number, number + 1})
    rows = db.session.execute(
        _posts().where(Post.thread_id == thread_id, near).order_by(Post.number)
    )
    return [PostRow(**row._mapping) for row in rows]


def gone(thread_id: UUID, now: datetime) -> Sequence[PostRow]:
    """The posts of the thread that aren't shown now."""
    rows = db.session.execute(
        _posts().where(Post.thread_id == thread_id, ~_is_shown(now)).order_by(Post.number)
    )
    return [PostRow(**row._mapping) for row in rows]


def threads_of_topic(
    actor: Actor, slug: str, now: datetime, *, older_than: UUID | None = None
) -> Threads:
    """The threads of a topic that this person may read, the latest word first."""
    return _page(actor, Thread.topic == slug, now, older_than)


def threads_of_group(
    actor: Actor, group_id: UUID, now: datetime, *, older_than: UUID | None = None
) -> Threads:
    """The threads of a group that this person may read, the latest word first."""
    return _page(actor, Thread.group_id == group_id, now, older_than)


def new_threads(actor: Actor, limit: int, now: datetime) -> Sequence[ThreadRow]:
    """The threads with the latest words, in all groups of this person."""
    rows = db.session.execute(_listed(actor, now).limit(limit))
    return [_thread_row(row) for row in rows]


def _page(
    actor: Actor, which: ColumnElement[bool], now: datetime, older_than: UUID | None
) -> Threads:
    query = _listed(actor, now).where(which).limit(THREADS_A_PAGE + 1)
    if older_than is not None:
        edge = select(Thread.last_at, Thread.id).where(Thread.id == older_than).scalar_subquery()
        query = query.where(tuple_(Thread.last_at, Thread.id) < edge)
    rows = [_thread_row(row) for row in db.session.execute(query)]
    shown = rows[:THREADS_A_PAGE]
    return Threads(shown, shown[-1].id if len(rows) > len(shown) else None)


def _listed(actor: Actor, now: datetime) -> Select[*tuple[Any, ...]]:
    """Lists leave out threads whose first words aren't shown: their titles are words as well."""
    first = aliased(Post)
    return (
        _threads()
        .join(first, and_(first.thread_id == Thread.id, first.number == 1))
        .where(Thread.group_id.in_(actor.groups), _is_shown(now, first))
        .order_by(Thread.last_at.desc(), Thread.id.desc())
    )


def _is_shown(now: datetime, of: Any = Post) -> ColumnElement[bool]:
    """`Written.is_shown` for the database; a property test holds the two together."""
    return or_(
        of.state == PostState.PUBLISHED,
        and_(of.state == PostState.HIDDEN, of.hidden_until.is_not(None), of.hidden_until <= now),
    )


def _threads() -> Select[*tuple[Any, ...]]:
    author, latest, latest_author = aliased(Account), aliased(Post), aliased(Account)
    return (
        select(
            Thread.id,
            Thread.group_id,
            Group.name.label("group_name"),
            Thread.topic,
            Thread.title,
            Thread.wish,
            Thread.author_id,
            author.name.label("author_name"),
            Thread.started_at,
            Thread.last_at,
            Thread.post_count,
            latest_author.name.label("latest_name"),
        )
        .join(Group, Group.id == Thread.group_id)
        .outerjoin(author, author.id == Thread.author_id)
        .join(latest, and_(latest.thread_id == Thread.id, latest.number == Thread.post_count))
        .outerjoin(latest_author, latest_author.id == latest.author_id)
    )


def _thread_row(row: Row[Any]) -> ThreadRow:
    columns = dict(row._mapping)
    return ThreadRow(replies=columns.pop("post_count") - 1, **columns)


def _posts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Post.id,
            Post.thread_id,
            Thread.group_id,
            Post.number,
            Post.author_id,
            Account.name.label("author_name"),
            Post.state,
            Post.hidden_until,
            Post.text,
            Post.html,
            Post.version,
            Post.written_at,
            Post.edited_at,
        )
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Account, Account.id == Post.author_id)
    )
