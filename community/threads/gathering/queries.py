"""What is pinned, and what threads are put in order by. Every select of it."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from community.core.db import db
from community.threads.anonymous.models import Pseudonym
from community.threads.following.models import HeardMark
from community.threads.gathering.models import ThreadPin
from community.threads.gathering.rules import Gathered, PinPlace
from community.threads.models import Draft, Post, ReadMark, Thread


def pinned_in(place: PinPlace) -> ColumnElement[bool]:
    """Whether a thread stands at the top of such a list: asked with the thread itself. A topic’s
    list can hold threads of other topics; those are pinned in their own."""
    is_pinned = is_one_of_those_in(place)
    if place is PinPlace.TOPIC:
        return and_(is_pinned, Thread.topic == bindparam("slug"))
    return is_pinned


def is_one_of_those_in(place: PinPlace) -> ColumnElement[bool]:
    """Whether a thread is pinned in such a list, whichever of them."""
    return Thread.id.in_(select(ThreadPin.thread_id).where(ThreadPin.place == place))


def pins_of(thread_id: UUID) -> frozenset[PinPlace]:
    """In which lists a thread is pinned."""
    query = select(ThreadPin.place).where(ThreadPin.thread_id == thread_id)
    return frozenset(db.session.scalars(query))


def pins_beside(thread: Thread, place: PinPlace) -> int:
    """How many threads of its group are pinned in that list."""
    same = [Thread.group_id == thread.group_id, ThreadPin.place == place]
    if place is PinPlace.TOPIC:
        same.append(Thread.topic == thread.topic)
    query = select(func.count()).select_from(ThreadPin).join(Thread).where(*same)
    return db.session.scalar(query) or 0


def facts(thread: Thread) -> Gathered:
    """What the rules need to know of it."""
    is_of_circle = thread.circle_id is not None
    return Gathered(thread.group_id, thread.author_id, is_of_circle, thread.is_held)


def where_now(thread_id: UUID) -> UUID | None:
    """The thread that this one’s posts were put into, if they were."""
    return db.session.scalar(select(Thread.merged_into).where(Thread.id == thread_id))


def merged_into(thread_id: UUID) -> Sequence[Thread]:
    """The threads whose posts were put into this one."""
    return db.session.scalars(select(Thread).where(Thread.merged_into == thread_id)).all()


def post_ids(thread_id: UUID) -> frozenset[UUID]:
    """Every post of a thread, whether it has a place there or not."""
    return frozenset(db.session.scalars(select(Post.id).where(Post.thread_id == thread_id)))


def parted(thread_id: UUID, posts: Collection[UUID], title: str) -> UUID | None:
    """The thread that was made of these posts, taken out of this one, by the same press before."""
    whole = select(Thread.group_id).where(Thread.id == thread_id).scalar_subquery()
    query = (
        select(Thread.id)
        .join(Post, Post.thread_id == Thread.id)
        .where(Thread.group_id == whole, Thread.id != thread_id, Thread.title == title)
        .where(Post.id.in_(posts))
        .group_by(Thread.id)
        .having(func.count() == len(posts))
    )
    return db.session.scalar(query)


def names_in(thread_id: UUID, names: Collection[str]) -> Sequence[Pseudonym]:
    """These made-up names of a thread."""
    query = select(Pseudonym).where(Pseudonym.thread_id == thread_id, Pseudonym.name.in_(names))
    return db.session.scalars(query).all()


def accounts_named_in(thread_id: UUID) -> frozenset[UUID]:
    """Who has a made-up name in a thread."""
    query = select(Pseudonym.account_id).where(Pseudonym.thread_id == thread_id)
    return frozenset(each for each in db.session.scalars(query) if each)


def marks_in(thread_id: UUID) -> Mapping[UUID, int]:
    """How far each reader has come in a thread."""
    query = select(ReadMark.account_id, ReadMark.number).where(ReadMark.thread_id == thread_id)
    return {row.account_id: row.number for row in db.session.execute(query)}


def told_in(thread_id: UUID) -> Mapping[UUID, int]:
    """How far a letter has told each of those who asked for one."""
    query = select(HeardMark.account_id, HeardMark.number).where(HeardMark.thread_id == thread_id)
    return {row.account_id: row.number for row in db.session.execute(query)}


def drafts_in(thread_id: UUID) -> Sequence[Draft]:
    """What is being written in a thread, by anybody."""
    return db.session.scalars(select(Draft).where(Draft.thread_id == thread_id)).all()


def draft_at(account_id: UUID, place: str) -> Draft | None:
    """What this person is writing in this place."""
    query = select(Draft).where(Draft.account_id == account_id, Draft.place == place)
    return db.session.scalar(query)
