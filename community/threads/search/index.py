"""Where the two databases look for words, each in its own way, and find the same."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    String,
    and_,
    cast,
    column,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from community.accounts.models import Account
from community.core.db import db
from community.threads.anonymous.models import Pseudonym
from community.threads.models import Post
from community.threads.search.models import VECTOR, PostWords
from community.threads.search.rules import (
    Option,
    Part,
    Query,
    Stretch,
    Way,
    place_of,
    spellings,
    stretches,
)

FEW, AT_ONCE = 5_000, 500  # posts of one person: less to go through than a common word has hits
NAMESAKES = 50

Whose = Sequence[Any]  # each a person; or a thread, and the name that was made up there

_INDEX = table("post_index", column("rowid"))
_OF_SQLITE: ColumnElement[str] = literal_column("post_index")
_OF_POSTGRESQL: ColumnElement[str] = literal_column(VECTOR)


def in_turn(below: int) -> Iterator[Stretch]:
    """Where to look, one after the other, until a page is full. SQLite’s index is read from its end
    and no further than that."""
    return iter([Stretch(below)]) if _is_sqlite() else stretches(below)


def hits(query: Query, groups: Collection[UUID], stretch: Stretch) -> FromClause:
    """The numbers of the posts there, in these groups, that have each word, the newest first."""
    places = sorted(place_of(group) for group in groups)
    if _is_sqlite():
        looked = select(_INDEX.c.rowid.label("id")).where(
            _OF_SQLITE.op("MATCH")(_said(query, [places], '"%s"', '"%s" *', (" AND ", " OR "))),
            _INDEX.c.rowid < stretch.below,
        )
        return looked.subquery("hits")
    where = [each for each in (places, stretch.marks) if each]
    said = _said(query, where, "'%s'", "'%s':*", (" & ", " | "))
    asked = _OF_POSTGRESQL.op("@@")(cast(literal(said), TSQUERY))
    is_before = PostWords.id + 0 < stretch.below  # as a sum it tempts to no other index
    looked = select(PostWords.id).where(asked, is_before)
    return looked.order_by(PostWords.id.desc()).subquery("hits")


def all_by(by: str, below: int) -> Iterable[ColumnElement[bool]] | None:
    """All words under this name, before this number: some of them at once, the newest first.
    None if there are very many. Names are gone through for it, which is less than a common word."""
    called = select(Account.id, cast(null(), String)).where(is_called(Account.name, by))
    made_up = select(Pseudonym.thread_id, Pseudonym.name).where(Pseudonym.name.in_(spellings(by)))
    whose: Whose = db.session.execute(union_all(called, made_up).limit(NAMESAKES)).all()
    numbers = _numbers(whose)
    if len(whose) == NAMESAKES or len(numbers) == FEW:
        return None
    before = sorted((number for number in numbers if number < below), reverse=True)
    some = (before[at : at + AT_ONCE] for at in range(0, len(before), AT_ONCE))
    return (PostWords.id.in_(each) for each in some)


def is_called(name: SQLColumnExpression[str], by: str) -> ColumnElement[bool]:
    """A name is looked for in capitals or without."""
    return func.lower(name) == by.lower() if by.isascii() else name.in_(spellings(by))


def _numbers(whose: Whose) -> Sequence[int]:
    """Of what these people signed, and of what was written under a made-up name in its thread."""
    signed = [each for each, name in whose if name is None]
    unnamed = [and_(Post.thread_id == each, Post.pseudonym == name) for each, name in whose if name]
    parts = [and_(Post.author_id.in_(signed), Post.pseudonym.is_(None))] if signed else []
    number = select(PostWords.id).join(Post, Post.id == PostWords.post_id)
    lots = [number.where(part) for part in (*parts, *unnamed)]
    return db.session.scalars(union_all(*lots).limit(FEW)).all() if lots else ()


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


def has_it(query: Query) -> ColumnElement[bool]:
    """All of it, where no index was asked."""
    return and_(True, *(_has(part) for part in query.parts))


def has_the_rest(query: Query) -> ColumnElement[bool]:
    """What the indexes don’t know: whether words stand together, and all of a long beginning."""
    return and_(True, *(_has(part) for part in query.parts if part.needs_a_look))


def _has(part: Part) -> ColumnElement[bool]:
    kept = literal(" ") + PostWords.words + literal(" ")
    return or_(
        *(and_(*(kept.contains(piece) for piece in option.pieces)) for option in part.options)
    )


def _said(
    query: Query,
    where: Iterable[Sequence[str]],
    whole: str,
    beginning: str,
    joins: tuple[str, str],
) -> str:
    """The question as a database wants to be asked: each part of it, and one of the marks of each
    kind. Words hold nothing but letters and numbers."""
    both, either = joins

    def said(option: Option) -> str:
        form = beginning if option.way is Way.BEGINNING else whole
        return f"({both.join(form % word for word in option.words)})"

    parts = [either.join(map(said, part.options)) for part in query.parts]
    parts += [either.join(whole % mark for mark in marks) for marks in where]
    return both.join(f"({each})" for each in parts)
