"""What was written with these words, for this reader. Every select of search."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    SQLColumnExpression,
    String,
    and_,
    exists,
    func,
    join,
    literal,
    or_,
    select,
    type_coerce,
)

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.text import to_plain
from community.dystonia.topics import catalogue, was_tag
from community.groups.models import Group
from community.threads.apart import First, is_met, meets_writer
from community.threads.models import Post, Thread, ThreadTag
from community.threads.mutes.models import Mute
from community.threads.notes import queries as notes_queries
from community.threads.notes.rules import Choices, NoteKind, Notes, Showing
from community.threads.search.index import (
    all_by,
    has_it,
    has_the_rest,
    hits,
    in_turn,
    is_called,
)
from community.threads.search.models import PostWords
from community.threads.search.rules import Piece, Query, excerpt, marked
from community.threads.shown import is_shown

A_PAGE = 20
LEFT_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A post that was found, in words this reader may read. Whose it is, is said by a name only."""

    id: UUID
    author_name: str | None  # a made-up one, if it is written without a name
    written_at: datetime
    group_name: str
    topic: str
    title: Sequence[Piece]
    excerpt: Sequence[Piece]  # none of what waits behind a note
    notes: Notes
    showing: Showing


@dataclass(frozen=True, slots=True)
class Page:
    """The newest of what was found, and after which post the next page begins, if there is one."""

    rows: Sequence[Found]
    before: UUID | None


NOTHING = Page((), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words, and where, and whose."""

    query: Query
    topic: str = ""
    by: str = ""

    @property
    def name(self) -> str:
        """Of whoever wrote it, as databases take it."""
        return self.by.replace("\0", "")


def find(actor: Actor, asked: Asked, now: datetime, *, before: UUID | None = None) -> Page:
    """A page of the posts that have these words, the newest first.

    Left out is whatever isn’t shown, or not to this reader: of other groups, waiting, hidden,
    removed and taken back; of people kept apart from them or muted by them, if it is signed; under
    notes they keep out of sight; and in threads whose first words are such, as in all lists. What
    was written after a circle is only ever read there.
    """
    if not asked.query or not actor.groups:
        return NOTHING
    choices = notes_queries.choices(actor)
    rows: list[Row[*tuple[Any, ...]]] = []
    for found, has_words in _looked(actor, asked, _end(before)):
        rows += _rows(actor, asked, choices, found, has_words, now)
        if len(rows) > A_PAGE:
            break
    shown = [_found(asked.query, choices, **row._mapping) for row in rows[:A_PAGE]]
    return Page(shown, shown[-1].id if len(rows) > len(shown) else None)


def still_found(actor: Actor, post_ids: Collection[UUID], now: datetime) -> Collection[UUID]:
    """Which of these posts, found before, this reader could find now, by whichever words."""
    choices = notes_queries.choices(actor)
    query = (
        select(Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .where(Post.id.in_(post_ids), *_may_find(actor, choices, now))
    )
    return set(db.session.scalars(query))


def _looked(
    actor: Actor, asked: Asked, below: int
) -> Iterator[tuple[FromClause | None, ColumnElement[bool]]]:
    """In which hits is looked, one after the other, and what has to be asked there; in none, if it
    is less to go through all that somebody wrote."""
    theirs = all_by(asked.name, below) if asked.name else None
    if theirs is not None:
        yield from ((None, and_(some, has_it(asked.query))) for some in theirs)
        return
    for stretch in in_turn(below):
        yield hits(asked.query, actor.groups, stretch), has_the_rest(asked.query)


def _rows(
    actor: Actor,
    asked: Asked,
    choices: Choices,
    found: FromClause | None,
    has_words: ColumnElement[bool],
    now: datetime,
) -> Sequence[Row[*tuple[Any, ...]]]:
    words = PostWords.__table__
    begin = words if found is None else join(found, words, PostWords.id == found.c.id)
    number = PostWords.id if found is None else found.c.id
    return db.session.execute(
        select(
            Post.id,
            func.coalesce(Post.pseudonym, Account.name).label("author_name"),
            (Post.author_id == actor.id).label("is_own"),
            Post.html,
            Post.notes,
            Post.written_at,
            Group.name.label("group_name"),
            Thread.topic,
            Thread.title,
        )
        .select_from(begin)
        .join(Post, Post.id == _onwards(PostWords.post_id))
        .join(Thread, Thread.id == _onwards(Post.thread_id))
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .join(Group, Group.id == _onwards(Thread.group_id))
        .outerjoin(Account, Account.id == Post.author_id)
        .where(*_may_find(actor, choices, now), has_words, *_where(asked))
        .order_by(number.desc())
        .limit(A_PAGE + 1)
    ).all()


def _onwards(key: SQLColumnExpression[UUID]) -> ColumnElement[UUID]:
    """A key that only leads on from where it stands: nobody begins with all threads of a group, and
    looks at each of them for what was found."""
    return func.coalesce(key, key)


def _found(
    query: Query, choices: Choices, *, is_own: bool, html: str, title: str, **row: object
) -> Found:
    notes: Notes = row["notes"]  # type: ignore[assignment]
    showing = Showing.SHOW if is_own else notes.showing(choices)
    words = excerpt(query, to_plain(html)) if showing is Showing.SHOW else ()
    return Found(title=marked(query, title), excerpt=words, showing=showing, **row)  # type: ignore[arg-type]


def _may_find(actor: Actor, choices: Choices, now: datetime) -> Sequence[ColumnElement[bool]]:
    hidden = [kind for kind, showing in choices.items() if showing is Showing.HIDE]
    return (
        Thread.group_id.in_(actor.groups),
        Thread.circle_id.is_(None),
        ~Thread.is_held,
        is_shown(now),
        is_shown(now, First),
        meets_writer(actor),
        is_met(actor),
        _is_heard(actor),
        *(_is_open(actor, hidden, of) for of in (Post, First) if hidden),
    )


def _is_heard(actor: Actor) -> ColumnElement[bool]:
    """Whoever wrote it isn’t muted, or isn’t known."""
    signed_by_them = and_(Mute.member_id == Post.author_id, Post.pseudonym.is_(None))
    return ~exists().where(Mute.account_id == actor.id, signed_by_them)


def _is_open(actor: Actor, hidden: Collection[NoteKind], of: type[Post]) -> ColumnElement[bool]:
    """No note of these kinds stands before a post of somebody else’s: as a row keeps its notes."""
    noted = literal(" ") + type_coerce(of.notes, String) + literal(" ")
    kinds = [noted.contains(f" {sign}{kind} ") for kind in hidden for sign in ("", "+")]
    return or_(of.author_id.is_not_distinct_from(actor.id), ~or_(*kinds))


def _where(asked: Asked) -> Sequence[ColumnElement[bool]]:
    """A name is looked for as others read it: of what isn’t signed, the made-up one."""
    name = func.coalesce(Post.pseudonym, Account.name)
    of_topic = [_is_listed_in(asked.topic)] if asked.topic else []
    return [*of_topic, is_called(name, asked.name)] if asked.name else of_topic


def _is_listed_in(slug: str) -> ColumnElement[bool]:
    """As on the topic’s page: with what stands in the smaller one below it and, where it was a tag,
    with what bears that for everybody to see."""
    below = catalogue().below.get(slug)
    about = or_(Thread.topic == slug, Thread.topic == below.slug) if below else Thread.topic == slug
    if not was_tag(slug):
        return about
    bears = (ThreadTag.thread_id == Thread.id, ThreadTag.tag == slug, ~ThreadTag.is_private)
    return or_(about, exists().where(*bears))


def _end(before: UUID | None) -> int:
    """The number after all that may be found: that of this post, if there is one."""
    latest = select(func.max(PostWords.id)).scalar_subquery()
    ends: list[ColumnElement[int]] = [latest + 1, literal(0)]
    if before is not None:
        of_it = select(PostWords.id).where(PostWords.post_id == before)
        ends.insert(0, of_it.scalar_subquery())
    return db.session.scalars(select(func.coalesce(*ends))).one()


def with_words_left() -> Sequence[int]:
    """The ids of words that were something else before, of which the files still hold some."""
    query = select(PostWords.id).where(PostWords.has_left).limit(LEFT_AT_ONCE)
    return db.session.scalars(query).all()
