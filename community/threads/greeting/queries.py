"""Who greets where, and whose first words are there to read. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select

from community.accounts.models import Account
from community.accounts.sanctions import queries as sanctions_queries
from community.core.actor import Actor, Standing
from community.core.asking import NOW, Rows, made_once
from community.core.db import alias_of, db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group, Membership
from community.safety.blocks.queries import meets
from community.threads import queries as threads_queries
from community.threads.apart import First, is_met, meets_writer
from community.threads.greeting.models import Greeter
from community.threads.greeting.rules import LISTED_FOR, FirstWords, Greeting, is_new
from community.threads.holds import queries as holds_queries
from community.threads.models import Post, Thread
from community.threads.shown import is_shown, may_read

OFFERED = 20  # threads of the greeter’s own, the latest
LISTED = 50  # first words on one page

Earlier = alias_of(Post, "earlier")
EarlierIn = alias_of(Thread, "earlier_in")
Later = alias_of(Post, "later")
Mine = alias_of(Membership, "mine")
Me = alias_of(Account, "me")


@dataclass(frozen=True, slots=True)
class Met:
    """Who greets in a group, and since when whoever reads this is in it."""

    greeting: Greeting
    reader_since: datetime


@dataclass(frozen=True, slots=True)
class Hello:
    """Where newcomers say hello."""

    thread_id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class OnPage:
    """Who greets in a group, whether whoever reads its page meets them there as somebody new, and
    where they can say hello."""

    greeting: Greeting | None
    is_met: bool = False
    hello: Hello | None = None


def met(actor: Actor, group_id: UUID, now: datetime) -> Met | None:
    """Whoever greets in this group or is asked to, for one of its members. None if nobody is."""
    row = _met(actor, group_id=group_id, now=now).one_or_none()
    return Met(_greeting(row), row.reader_since) if row else None


def greeting(actor: Actor, group_id: UUID, now: datetime) -> Greeting:
    """The same. Raises `Refused(NOT_FOUND)`."""
    found = met(actor, group_id, now)
    if found is None:
        raise Refused(NOT_FOUND)
    return found.greeting


@made_once
def _met(actor: Actor) -> Rows:
    """Of the group that all belong to nobody has a row but for what they do there."""
    is_mine = and_(Mine.group_id == Group.id, Mine.account_id == actor.id)
    since = case((Group.is_built_in, Me.joined_at), else_=func.coalesce(Mine.since, Me.joined_at))
    return (
        _GREETERS.add_columns(since.label("reader_since"))
        .join(Me, Me.id == actor.id)
        .outerjoin(Mine, is_mine)
        .where(Greeter.group_id == bindparam("group_id"))
    )


_GREETERS: Rows = (
    select(
        Greeter.group_id,
        Greeter.account_id,
        Account.name,
        Greeter.since,
        Greeter.words,
        Greeter.thread_id,
        Greeter.hears,
        Greeter.told_at,
        sanctions_queries.bounds_of(Greeter.account_id, NOW).label("bounds"),
    )
    .select_from(Greeter)
    .join(Account, and_(Account.id == Greeter.account_id, Account.standing == Standing.ACTIVE))
    .join(Group, Group.id == Greeter.group_id)
)


def _greeting(row: Any) -> Greeting:
    return Greeting(
        row.group_id,
        row.account_id,
        row.name,
        row.since,
        row.words,
        row.thread_id,
        row.hears,
        row.told_at,
        sanctions_queries.read(row.bounds),
    )


def on_page(actor: Actor, group_id: UUID, now: datetime) -> OnPage:
    """What the group’s page says of it to this person."""
    found = met(actor, group_id, now)
    if found is None:
        return OnPage(None)
    greeting = found.greeting
    meets_them = greeting.is_for(actor) and not greeting.is_by(actor)
    if not meets_them or not is_new(found.reader_since, now):
        return OnPage(greeting)
    return OnPage(greeting, is_met=True, hello=_hello(actor, greeting, now))


def _hello(actor: Actor, greeting: Greeting, now: datetime) -> Hello | None:
    """The thread that the greeter keeps for it, if it is there for this person."""
    if greeting.thread_id is None:
        return None
    title = threads_queries.titles(actor, [greeting.thread_id], now).get(greeting.thread_id)
    return Hello(greeting.thread_id, title) if title else None


def own_threads(actor: Actor, group_id: UUID, now: datetime) -> Sequence[Hello]:
    """What this person began in the group in their own name, the latest word first: none of it
    says who wrote something without a name."""
    rows = db.session.execute(
        select(Thread.id, Thread.title)
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .where(
            Thread.group_id == group_id,
            Thread.author_id == actor.id,
            Thread.circle_id.is_(None),
            First.pseudonym.is_(None),
            is_shown(now, First),
        )
        .order_by(Thread.last_at.desc(), Thread.id.desc())
        .limit(OFFERED)
    )
    return [Hello(*row) for row in rows]


def waits(actor: Actor, group_id: UUID, words: str) -> bool:
    """Whether a moderator reads such words of theirs before others see them."""
    return bool(words) and bool(holds_queries.reasons_in(actor, group_id, words))


def who_hears() -> Sequence[tuple[UUID, UUID]]:
    """Who asked for a letter about first words, by the group they greet in."""
    asked = select(Greeter.group_id, Greeter.account_id).where(Greeter.hears)
    return [(row.group_id, row.account_id) for row in db.session.execute(asked)]


def first_words(actor: Actor, group_id: UUID, now: datetime) -> Sequence[FirstWords]:
    """What members wrote first in this group, lately, of what is there for whoever greets: what
    nobody has answered before the rest, and the newest first. What is held, hidden, or written
    without a name is in no list, and counts for nothing."""
    rows = _first_words(actor, group_id=group_id, now=now, lately=now - LISTED_FOR)
    return [FirstWords(*row) for row in rows]


@made_once
def _first_words(actor: Actor) -> Rows:
    answered = _is_answered(actor).label("is_answered")
    return (
        select(Post.id, Account.id.label("author_id"), Account.name, Post.written_at, answered)
        .select_from(Thread)
        .join(Group, Group.id == Thread.group_id)
        .join(Post, Post.thread_id == Thread.id)
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .join(Account, and_(Account.id == Post.author_id, Account.standing == Standing.ACTIVE))
        .where(
            Thread.group_id == bindparam("group_id"),
            Thread.last_at >= _lately(),
            Post.written_at >= _lately(),
            Post.author_id != actor.id,
            meets(actor, Post.author_id),
            or_(Group.is_built_in, _is_in()),
            *_counts(Post, Thread),
            may_read(actor),
            is_met(actor),
            is_shown(NOW, First),
            ~_wrote_before(),
        )
        .order_by(answered, Post.written_at.desc(), Post.id.desc())
        .limit(LISTED)
    )


def _lately() -> ColumnElement[datetime]:
    return bindparam("lately", type_=Post.written_at.type)


def _counts(post: type[Post], thread: type[Thread]) -> Sequence[ColumnElement[bool]]:
    """It is signed, and there for every member of the group."""
    is_in_its_place = (post.number.is_not(None), thread.circle_id.is_(None))
    return (post.pseudonym.is_(None), is_shown(NOW, post), *is_in_its_place)


def _is_in() -> ColumnElement[bool]:
    theirs = (Membership.group_id == Thread.group_id, Membership.account_id == Post.author_id)
    return exists().where(*theirs)


def _wrote_before() -> ColumnElement[bool]:
    before = select(Earlier.id).join(EarlierIn, EarlierIn.id == Earlier.thread_id)
    same = (Earlier.author_id == Post.author_id, EarlierIn.group_id == Thread.group_id)
    found = before.where(*same, Earlier.id < Post.id, *_counts(Earlier, EarlierIn))
    return found.correlate(Post, Thread).exists()


def _is_answered(actor: Actor) -> ColumnElement[bool]:
    """Whether somebody else wrote after it. Whatever is written without a name counts as somebody
    else’s, or this would say whose it is."""
    another = or_(Later.pseudonym.is_not(None), Later.author_id.is_distinct_from(Post.author_id))
    after = (Later.thread_id == Post.thread_id, Later.number > Post.number)
    there = (is_shown(NOW, Later), meets_writer(actor, Later), another)
    return exists().where(*after, *there).correlate(Post)
