"""What of threads may be read, as the database asks it. Blocks are `apart`’s business."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from community.core.actor import Actor
from community.threads.apart import meets_writer
from community.threads.models import Post, Thread, ThreadReader
from community.threads.rules.posts import PostState


def is_shown(now: datetime, of: Any = Post) -> ColumnElement[bool]:
    """`Written.is_shown` for the database; a property test holds the two together."""
    return or_(
        of.state == PostState.PUBLISHED,
        and_(of.state == PostState.HIDDEN, of.hidden_until.is_not(None), of.hidden_until <= now),
    )


def may_read(actor: Actor) -> ColumnElement[bool]:
    """A circle's own thread is for those who were there, and one that is held for its author.
    Whatever is read for somebody asks this; what is read without it comes after `thread` or
    `post`, or is for moderation."""
    was_there = exists().where(
        ThreadReader.thread_id == Thread.id, ThreadReader.account_id == actor.id
    )
    is_open = or_(~Thread.is_held, Thread.author_id == actor.id)
    return and_(is_open, or_(Thread.circle_id.is_(None), was_there))


def is_there(actor: Actor) -> ColumnElement[bool]:
    """Whether a post is there for this person, as far as blocks go. How a circle’s own thread
    began is: whoever led it writes that for all who were there."""
    by_a_facilitator = and_(Post.number == 1, Thread.circle_id.is_not(None))
    return or_(by_a_facilitator, meets_writer(actor))
