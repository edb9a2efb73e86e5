"""What waits before others see it, and why. Every select of holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, or_, select

from community.core.actor import Actor
from community.core.asking import Found, Rows, columns, made_once
from community.core.db import db
from community.groups.models import Group
from community.safety.words import queries as words_queries
from community.safety.words.rules import Kind
from community.threads import queries
from community.threads.answers.queries import facts_of, with_answered
from community.threads.holds.models import Hold
from community.threads.holds.rules import (
    FIRST_POSTS,
    READ_WITHIN,
    HoldReason,
    Writer,
    reasons_to_hold,
)
from community.threads.models import Draft, Post, PostVersion, Thread
from community.threads.rules.posts import WAITING, PostState
from community.threads.rules.rows import PostRow


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Why a post waits, since when, and what was marked in it if it went back to its author."""

    reasons: Sequence[HoldReason]
    since_version: int | None
    held_at: datetime
    passages: Sequence[str]

    @property
    def read_by(self) -> datetime:
        """When somebody should have read it: a target, not a promise."""
        return self.held_at + READ_WITHIN


@dataclass(frozen=True, slots=True)
class OwnHeld:
    """Somebody’s own post that waits, or came back to them, and the thread it is for."""

    post: PostRow
    title: str
    hold: HoldRow


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What somebody has written that isn’t with the others yet."""

    drafts: bool
    held: bool


def reasons(actor: Actor, thread: Thread, text: str) -> tuple[HoldReason, ...]:
    """Why what this person writes in this thread waits. Nothing if it doesn’t."""
    return () if thread.circle_id is not None else reasons_in(actor, thread.group_id, text)


def reasons_in(actor: Actor, group_id: UUID, text: str) -> tuple[HoldReason, ...]:
    """Why words for everybody in this group would wait."""
    row = columns(_POLICY, {"group": group_id, "writer": actor.id}).one()
    adverts = words_queries.lists()[Kind.SPAM]
    writer = Writer(row.shown, _looks_after(actor, group_id))
    return reasons_to_hold(text, writer, row.hold_policy, adverts)


def _looks_after(actor: Actor, group_id: UUID) -> bool:
    return (
        bool(actor.staff)
        or actor.moderates(group_id)
        or actor.facilitates(group_id)
        or actor.owns(group_id)
    )


_OWN = select(Post.id).where(
    Post.author_id == bindparam("writer"), Post.state == PostState.PUBLISHED
)
_SHOWN = select(func.count()).select_from(_OWN.limit(FIRST_POSTS).subquery()).scalar_subquery()
_POLICY = select(Group.hold_policy, _SHOWN.label("shown")).where(Group.id == bindparam("group"))


def latest(post_id: UUID) -> HoldRow:
    """Why this post was held the last time."""
    return _holds(Hold.post_id == post_id)[post_id]


def latest_id(post_id: UUID) -> UUID:
    """The id of the hold that counts."""
    query = select(Hold.id).where(Hold.post_id == post_id).order_by(Hold.id.desc())
    return db.session.scalars(query.limit(1)).one()


def waiting(actor: Actor, thread_id: UUID) -> Sequence[OwnHeld]:
    """This person’s own posts in a thread that nobody else sees yet, in the order they wrote them.
    Of the first post too, where it is held."""
    return _rows_of(_own_in(actor, thread_id=thread_id))


def all_waiting(actor: Actor) -> Sequence[OwnHeld]:
    """Everything of this person that waits or came back to them."""
    return _rows_of(_all_own(actor))


def unfinished(actor: Actor) -> Unfinished:
    """Whether this person has any of these, in one statement."""
    return Unfinished(*_unfinished(actor).one())


@made_once
def _unfinished(actor: Actor) -> Rows:
    draft = exists().where(Draft.account_id == actor.id)
    held = exists().where(Post.author_id == actor.id, Post.state.in_(WAITING))
    return select(draft, held)


def said_in(post_id: UUID, version: int | None) -> Row[str, str] | None:
    """What the post said in an earlier version: the title, if it began a thread, and its HTML."""
    which = (PostVersion.post_id == post_id, PostVersion.version == version)
    query = select(PostVersion.title, PostVersion.html).where(*which)
    return db.session.execute(query).one_or_none()


def around(thread_id: UUID, post_id: UUID) -> Sequence[PostRow]:
    """What a moderator reads a held post in: how the thread began, its last reply, and the post,
    which has no place in the thread yet."""
    last = select(Thread.post_count).where(Thread.id == thread_id).scalar_subquery()
    near = or_(Post.id == post_id, Post.number.in_([1, last]))
    rows = db.session.execute(
        queries.POSTS.where(Post.thread_id == thread_id, near).order_by(
            Post.number.is_(None), Post.number
        )
    )
    return [PostRow(**row._mapping).seen_by(None) for row in rows]


@made_once
def _own_in(actor: Actor) -> Rows:
    return _own(actor).where(Post.thread_id == bindparam("thread_id"))


@made_once
def _all_own(actor: Actor) -> Rows:
    return _own(actor).where(Thread.group_id.in_(actor.groups))


def _own(actor: Actor) -> Rows:
    return (
        with_answered(actor, queries.POSTS)
        .add_columns(Thread.title)
        .where(Post.author_id == actor.id, Post.state.in_(WAITING))
        .order_by(Post.id)
    )


def _rows_of(own: Found) -> list[OwnHeld]:
    rows = own.all()
    if not rows:
        return []
    holds = _holds(Hold.post_id.in_([row.id for row in rows]))
    found = []
    for row in rows:
        facts = facts_of(row)
        title = facts.pop("title")
        found.append(OwnHeld(PostRow(**facts), title, holds[row.id]))
    return found


def _holds(*which: ColumnElement[bool]) -> dict[UUID, HoldRow]:
    rows = db.session.scalars(select(Hold).where(*which).order_by(Hold.id))
    return {
        row.post_id: HoldRow(
            [HoldReason(reason) for reason in row.reasons.split()],
            row.since_version,
            row.held_at,
            (row.passages or "").splitlines(),
        )
        for row in rows
    }
