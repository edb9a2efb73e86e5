"""What somebody keeps. It is shown to nobody but them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.threads.bookmarks.models import Bookmark
from community.threads.models import Post, Thread
from community.threads.shown import is_shown, is_there, may_read

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A post that somebody keeps. What isn’t shown to them any more has no thread and no writer."""

    id: UUID
    post_id: UUID
    kept_at: datetime
    written_at: datetime
    thread_id: UUID | None
    author_name: str | None

    @property
    def is_there(self) -> bool:
        return self.thread_id is not None


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The latest first, and where the page after this one begins, if there is one."""

    rows: Sequence[Kept]
    older: UUID | None


def kept_by(actor: Actor, now: datetime, older_than: UUID | None) -> KeptPage:
    """What this person keeps, a page of it, in one statement."""
    seen = and_(Thread.group_id.in_(actor.groups), may_read(actor), is_shown(now), is_there(actor))
    query = (
        select(
            Bookmark.id,
            Bookmark.post_id,
            Bookmark.kept_at,
            Post.written_at,
            case((seen, Thread.id)).label("thread_id"),
            case((seen, func.coalesce(Post.pseudonym, Account.name))).label("author_name"),
        )
        .join(Post, Post.id == Bookmark.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Account, Account.id == Post.author_id)
        .where(Bookmark.account_id == actor.id)
        .order_by(Bookmark.id.desc())
        .limit(A_PAGE + 1)
    )
    if older_than is not None:
        query = query.where(Bookmark.id < older_than)
    rows = [Kept(*row) for row in db.session.execute(query)]
    return KeptPage(rows[:A_PAGE], rows[A_PAGE - 1].id if len(rows) > A_PAGE else None)


def is_marked(actor: Actor) -> ColumnElement[bool]:
    """Whether this person keeps a post, as a column of it."""
    own = (Bookmark.account_id == actor.id, Bookmark.post_id == Post.id)
    return exists().where(*own).correlate(Post)
