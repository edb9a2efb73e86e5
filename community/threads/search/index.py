"""Where the two databases look for words, each in its own way, and find the same."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    cast,
    column,
    literal,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from community.core.db import db
from community.threads.search.models import VECTOR, PostWords
from community.threads.search.rules import (
    Option,
    Part,
    Query,
    Stretch,
    Way,
    place_of,
    stretches,
)

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


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


def has_it(query: Query) -> ColumnElement[bool]:
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
