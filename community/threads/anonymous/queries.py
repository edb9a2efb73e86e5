"""Under which names people write. Every select of it."""

from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, or_, select

from community.core.actor import Actor
from community.core.db import db
from community.threads.anonymous.models import Pseudonym
from community.threads.models import Post, Thread


def name_in(thread_id: UUID, account_id: UUID) -> str | None:
    """The made-up name that this person has in this thread."""
    return db.session.scalar(
        select(Pseudonym.name).where(
            Pseudonym.thread_id == thread_id, Pseudonym.account_id == account_id
        )
    )


def has_name_in(actor: Actor) -> ColumnElement[str | None]:
    """The same as a column of a thread, for whoever asks."""
    mine = (Pseudonym.thread_id == Thread.id, Pseudonym.account_id == actor.id)
    return select(Pseudonym.name).where(*mine).correlate(Thread).scalar_subquery()


def signs_in(actor: Actor) -> ColumnElement[bool]:
    """Whether they have written in a thread with their own name."""
    signed = (Post.author_id == actor.id, Post.pseudonym.is_(None))
    return exists().where(Post.thread_id == Thread.id, *signed).correlate(Thread)


def known_writer(actor: Actor, of: type[Post]) -> ColumnElement[UUID | None]:
    """Whose post it is, for this person: of what others wrote without their name, nobody’s."""
    is_known = or_(of.pseudonym.is_(None), of.author_id == actor.id)
    return case((is_known, of.author_id))
