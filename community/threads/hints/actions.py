"""Giving a hint, and leaving one’s words as they are."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.notifications.actions import tell
from community.notifications.rules import News
from community.threads import queries as threads_queries
from community.threads.hints.models import Hint
from community.threads.hints.rules import Hinted, may_hint, may_leave
from community.threads.models import Post


def give(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """Tell the writer alone, once, that something else was asked for. Nothing says who thinks so,
    nor whether somebody has thought so before. The post is locked, so that nothing comes to words
    that are taken back in the same moment."""
    post = locked(Post, post_id)
    row = threads_queries.post(actor, post_id)
    opening = threads_queries.opening(actor, row.thread_id)
    wish = threads_queries.thread(actor, row.thread_id).wish
    may_hint(actor, row, opening, wish, now).require()
    if add_once(Hint, post_id=post_id, hinted_at=now) and post.author_id:
        tell(post.author_id, Hinted(post_id), about=News.REPLIES, now=now)


def leave(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """Its writer leaves it as it is. Nobody learns of that."""
    locked(Post, post_id)
    may_leave(actor, threads_queries.post(actor, post_id), now).require()
    open_one = (Hint.post_id == post_id, Hint.left_at.is_(None))
    db.session.execute(update(Hint).where(*open_one).values(left_at=now))
