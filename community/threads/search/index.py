"""Where the two databases look for words, each in its own way, and find the same."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from community.core.db import db
from community.threads.search.models import PostWords
from community.threads.search.rules import Option, Part, Query, Way, place_of

_INDEX = table("post_index", column("rowid"))
_OF_SQLITE: ColumnElement[str] = literal_column("post_index")
_OF_POSTGRESQL = func.array_to_tsvector(
    func.string_to_array(PostWords.words, literal_column("' '"))
)


def hits(query: Query, groups: Collection[UUID]) -> FromClause:
    """The ids of the posts in these groups that have each word, in whichever order."""
    places = sorted(place_of(group) for group in groups)
    if db.session.get_bind().dialect.name == "sqlite":
        looked = select(_INDEX.c.rowid.label("id")).where(
            _OF_SQLITE.op("MATCH")(_said(query, places, '"%s"', '"%s" *', (" AND ", " OR ")))
        )
        return looked.subquery("hits")
    said = _said(query, places, "'%s'", "'%s':*", (" & ", " | "))
    asked = _OF_POSTGRESQL.op("@@")(cast(literal(said), TSQUERY))
    return select(PostWords.id).where(asked).cte("hits").prefix_with("MATERIALIZED")


def has_it(query: Query) -> ColumnElement[bool]:
    """What the indexes don’t know: whether words stand together, and all of a long beginning."""
    return and_(True, *(_has(part) for part in query.parts if part.needs_a_look))


def _has(part: Part) -> ColumnElement[bool]:
    kept = literal(" ") + PostWords.words + literal(" ")
    return or_(
        *(and_(*(kept.contains(piece) for piece in option.pieces)) for option in part.options)
    )


def _said(
    query: Query, places: Iterable[str], whole: str, beginning: str, joins: tuple[str, str]
) -> str:
    """The question as a database wants to be asked. Words hold nothing but letters and numbers."""
    both, either = joins

    def said(option: Option) -> str:
        form = beginning if option.way is Way.BEGINNING else whole
        return f"({both.join(form % word for word in option.words)})"

    parts = [either.join(map(said, part.options)) for part in query.parts]
    return both.join(f"({each})" for each in (*parts, either.join(whole % p for p in places)))
