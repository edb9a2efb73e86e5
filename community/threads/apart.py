"""What of threads is there for somebody who keeps apart from others.

What somebody signed is not there for whoever keeps apart from them. What they wrote without their
name is: leaving it out would say who wrote it.
"""

from sqlalchemy import ColumnElement, func, literal, or_, select, true

from community.core.actor import Actor
from community.core.db import alias_of
from community.safety.blocks.queries import meets
from community.threads.models import Post, ReadMark, Thread

First = alias_of(Post, "first")  # of a thread: made once, as in `queries`


def meets_writer(actor: Actor, of: type[Post] = Post) -> ColumnElement[bool]:
    """Whether a post is there for this person."""
    return or_(of.pseudonym.is_not(None), meets(actor, of.author_id))


def is_met(actor: Actor) -> ColumnElement[bool]:
    """Whether this person meets whoever started a thread. A circle’s own is started by whoever led
    it, for all who were there."""
    if not actor.is_kept_apart:
        return true()
    return or_(Thread.circle_id.is_not(None), meets_writer(actor, First))


def not_there(actor: Actor, after: ColumnElement[int]) -> ColumnElement[int]:
    """How many posts of a thread after this number aren’t there for this person."""
    if not actor.is_kept_apart:
        return literal(0)
    query = select(func.count()).where(
        Post.thread_id == Thread.id, Post.number > after, ~meets_writer(actor)
    )
    return query.correlate(Thread, ReadMark).scalar_subquery()


def furthest(actor: Actor) -> ColumnElement[int]:
    """The number of the furthest post that this person had before them, of those there for them."""
    if not actor.is_kept_apart:
        return ReadMark.number.expression
    there = (Post.number <= ReadMark.number, meets_writer(actor))
    query = select(func.max(Post.number)).where(Post.thread_id == Thread.id, *there)
    return query.correlate(Thread, ReadMark).scalar_subquery()
