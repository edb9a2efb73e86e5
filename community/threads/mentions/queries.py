"""Who has the names that stand in a post. Every select of them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    func,
    or_,
    select,
    union_all,
)

from community.accounts.models import Account
from community.core.actor import Actor, Standing
from community.core.db import db
from community.groups.models import Group, Membership
from community.threads.anonymous.models import Pseudonym
from community.threads.answers.models import Answer
from community.threads.answers.queries import To
from community.threads.apart import meets_writer
from community.threads.mentions.rules import NAMED_MOST, may_be_names, named
from community.threads.models import Post, Thread, ThreadReader


def names_in(actor: Actor, thread_id: UUID, text: str) -> frozenset[str]:
    """The names in these words under which somebody has written in the thread, as far as this
    person sees that."""
    if not (asked := _asked(text)):
        return frozenset()
    name = func.coalesce(Post.pseudonym, Account.name)
    rows = db.session.scalars(
        select(name)
        .outerjoin(Account, Account.id == Post.author_id)
        .where(Post.thread_id == thread_id, Post.number.is_not(None), meets_writer(actor))
        .where(_is_one_of(asked, name))
        .distinct()
    )
    return named(text, list(rows))


def spoken_to(thread: Thread, post: Post) -> set[UUID]:
    """Whoever wrote what this post answers, and whoever has a name that stands in it."""
    rows = db.session.execute(
        select(To.author_id).join(Answer, Answer.to_id == To.id).where(Answer.post_id == post.id)
    )
    return {row.author_id for row in rows if row.author_id} | _named(thread, post.text)


def spoken_in(post_id: UUID) -> set[UUID]:
    """Whom a post speaks to as it is now."""
    post = db.session.get_one(Post, post_id)
    return spoken_to(db.session.get_one(Thread, post.thread_id), post)


def openly_spoken_in(post_id: UUID) -> set[UUID]:
    """Of those, whoever it names or answers under their own name."""
    post = db.session.get_one(Post, post_id)
    thread = db.session.get_one(Thread, post.thread_id)
    signed = (Answer.post_id == post_id, To.pseudonym.is_(None), To.author_id.is_not(None))
    answered = select(To.author_id).join(Answer, Answer.to_id == To.id).where(*signed)
    found = {author_id for author_id in db.session.scalars(answered) if author_id}
    if asked := _asked(post.text):
        rows = db.session.execute(_own(thread, asked)).all()
        there = named(post.text, [name for name, _ in rows])
        found |= {account_id for name, account_id in rows if name.casefold() in there}
    return found


def _named(thread: Thread, text: str) -> set[UUID]:
    if not (asked := _asked(text)):
        return set()
    made_up = select(Pseudonym.name, Pseudonym.account_id).where(
        Pseudonym.thread_id == thread.id,
        Pseudonym.account_id.is_not(None),
        _is_one_of(asked, Pseudonym.name),
    )
    own = _own(thread, asked).subquery()
    rows = db.session.execute(union_all(made_up, select(own))).all()
    there = named(text, [name for name, _ in rows])
    return {account_id for name, account_id in rows if name.casefold() in there}


def _own(thread: Thread, asked: frozenset[str]) -> Select[str, UUID]:
    return (
        select(Account.name, Account.id)
        .where(Account.standing == Standing.ACTIVE, _is_one_of(asked, Account.name))
        .where(_is_in(thread))
        .limit(NAMED_MOST)
    )


def _is_in(thread: Thread) -> ColumnElement[bool]:
    """Whether an account is among those for whom the thread is."""
    if thread.circle_id is not None:
        return exists().where(
            ThreadReader.thread_id == thread.id, ThreadReader.account_id == Account.id
        )
    belongs = exists().where(
        Membership.group_id == thread.group_id, Membership.account_id == Account.id
    )
    return or_(belongs, exists().where(and_(Group.id == thread.group_id, Group.is_built_in)))


def _asked(text: str) -> frozenset[str]:
    return frozenset(name for names in may_be_names(text) for name in names)


def _is_one_of(names: Collection[str], column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Whatever its capitals: a tired hand leaves them out. SQLite folds only plain letters."""
    return or_(column.in_(names), func.lower(column).in_({name.lower() for name in names}))
