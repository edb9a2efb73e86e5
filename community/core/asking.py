"""Statements that are made once, whoever asks.

To make a statement costs more than to run it. So what pages ask at each request is made at its
first use and kept: for somebody of whom only this is known, for how many groups and for how many
people kept apart there have to be places. There are one, two, four, eight and so on, so that few
statements serve everybody; `IN` with as many places as each has is made ready each time it is run,
which costs half as much as running it. The functions that say what may be read are the same as for
a known person.

What is made once is also put into the database’s own words once: to look those up for each asking
took longer than the asking.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from itertools import chain, cycle
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Connection,
    Dialect,
    Insert,
    Select,
    Update,
    Uuid,
    bindparam,
)
from sqlalchemy.exc import DBAPIError

from community.core.actor import Actor, Standing
from community.core.db import STATEMENTS, UtcDateTime, db

Rows = Select[*tuple[Any, ...]]
Asked = Rows | CompoundSelect[*tuple[Any, ...]]
Put = Callable[[Any], Any]
Given = tuple[Any, ...] | dict[str, Any]

NOW: Any = bindparam("now", type_=UtcDateTime())


def some(name: str) -> BindParameter[Any]:
    """However many values, for `IN`: they are given as a list."""
    return bindparam(name, expanding=True)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a statement: plain rows, which go by the names of their columns."""

    rows: Sequence[Any]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def all(self) -> Sequence[Any]:
        return self.rows

    def one(self) -> Any:
        (only,) = self.rows
        return only

    def one_or_none(self) -> Any | None:
        return self.one() if self.rows else None

    def scalar(self) -> Any | None:
        """The first column of the first row."""
        return self.rows[0][0] if self.rows else None

    def scalars(self) -> Sequence[Any]:
        """The first column."""
        return [row[0] for row in self.rows]


class _Anybody(Actor):
    """Whoever will ask: their id, groups and people kept apart are parameters."""

    __slots__ = ()

    @property
    def groups(self) -> Any:
        return tuple(self.roles)


def _anybody(groups: int, apart: int) -> Actor:
    who: Any = bindparam("reader", type_=Uuid())
    inside: Any = dict.fromkeys(_places("group", groups))
    kept: Any = tuple(_places("apart", apart))
    return _Anybody(id=who, name="", standing=Standing.ACTIVE, roles=inside, apart=kept)


def _places(name: str, many: int) -> list[BindParameter[UUID]]:
    return [bindparam(f"{name}_{number}", type_=Uuid()) for number in range(many)]


def _places_for(many: int, step: int) -> int:
    places = min(many, 1)
    while places < many:
        places *= step
    return places


def _in_places(name: str, ids: Collection[UUID], places: int) -> dict[str, UUID]:
    """Places that are left over hold some of them once more."""
    return {f"{name}_{number}": each for number, each in zip(range(places), cycle(ids))}


def columns(statement: Asked | Insert | Update, values: Mapping[str, Any]) -> Found:
    """Rows of columns, without what the session does to find objects in them: none from a statement
    that only writes. What waits in the session is written first, as ever. The statement is kept: it
    is one of few."""
    session = db.session()
    session.flush()
    connection = session.connection()
    lists = ((name, value) for name, value in values.items() if type(value) is list)
    places = tuple((name, _places_for(len(value), 2)) for name, value in lists)
    worded = _worded(statement, connection.dialect, places)
    return worded.read(_run(connection, worded.text, worded.given(values), worded.tells))


def _run(connection: Connection, words: str, given: Given, tells: bool) -> Sequence[Any]:
    """With a cursor of the driver’s: to learn each time how the columns are called, which we know,
    takes SQLAlchemy as long as the asking. Who listens and who catches notices no difference."""
    dialect, driver = connection.dialect, connection.connection
    cursor = driver.cursor()
    try:
        for listens in connection.dispatch.before_cursor_execute:
            words, given = listens(connection, cursor, words, given, None, False)
        cursor.execute(words, given)
        rows = cursor.fetchall() if tells else ()
        for listens in connection.dispatch.after_cursor_execute:
            listens(connection, cursor, words, given, None, False)
    except dialect.loaded_dbapi.Error as fault:
        is_gone = dialect.is_disconnect(fault, driver, cursor)
        if is_gone:
            connection.invalidate(fault)
        raise DBAPIError.instance(
            words,
            given,
            fault,
            dialect.loaded_dbapi.Error,
            connection_invalidated=is_gone,
            dialect=dialect,
        ) from fault
    finally:
        cursor.close()
    return rows


@dataclass(frozen=True, slots=True)
class _Worded:
    """A statement in the words of one database, and how its values are written and its columns
    read there. A value goes in by its place or by its name, as the database has it."""

    text: str
    order: Sequence[str] | None
    same: Mapping[str, Any]  # the values that it was made with
    written: Sequence[tuple[str, Put]]
    lists: Sequence[tuple[str, Sequence[str], Put | None]]
    columns: Sequence[tuple[int, Put]]
    row: Callable[[Iterable[Any]], Any]
    tells: bool  # any rows

    def given(self, values: Mapping[str, Any]) -> Given:
        """All that goes with the text."""
        given = {**self.same, **values}
        for name, put in self.written:
            given[name] = put(values[name])
        for name, places, each_put in self.lists:
            written = [_put(each_put, each) for each in values[name]]
            given.update(zip(places, cycle(written), strict=False))
        return given if self.order is None else tuple([given[name] for name in self.order])

    def read(self, rows: Sequence[Sequence[Any]]) -> Found:
        """What came of it: each column as a whole, which takes less than value by value."""
        if not rows:
            return Found(())
        read: list[Any] = list(zip(*rows, strict=True))
        for place, put in self.columns:
            read[place] = map(put, read[place])
        return Found(list(map(self.row, zip(*read, strict=True))))


@lru_cache(STATEMENTS)
def _worded(
    statement: Asked | Insert | Update, dialect: Dialect, lists: tuple[tuple[str, int], ...]
) -> _Worded:
    """`lists` are those among its values, and how many places each has."""
    compiled = statement.compile(dialect=dialect)
    kinds = {name: each.type.dialect_impl(dialect) for name, each in compiled.binds.items()}
    puts = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
    asked: dict[str, Any] = {name: None for name, each in compiled.binds.items() if each.required}
    asked |= {name: [None] * many for name, many in lists}
    whole = compiled.construct_expanded_state(asked)
    puts |= whole.processors
    places = {name: whole.parameter_expansion[name] for name, _ in lists}
    given = {*asked, *chain(*places.values())}
    columns = statement.exported_columns
    row: Any = namedtuple("Row", map(str, columns.keys()), rename=True)  # type: ignore[misc]
    reads = (each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns)
    return _Worded(
        text=whole.statement,
        order=whole.positiontup,
        same={
            name: _put(puts[name], value)
            for name, value in whole.parameters.items()
            if name not in given
        },
        written=[(name, put) for name in asked if name not in places and (put := puts[name])],
        lists=[(name, each, puts[name]) for name, each in places.items()],
        columns=[(place, read) for place, read in enumerate(reads) if read],
        row=row._make,
        tells=bool(columns),
    )


def _put(put: Put | None, value: Any) -> Any:
    return put(value) if put else value


def made_once(make: Callable[..., Rows]) -> Callable[..., Found]:
    """Call it with whoever asks, with what gives the statement its shape (few and the same each
    time, because each is kept), and by name with the values of its parameters. Of columns, never
    of objects."""
    made: dict[Hashable, Rows] = {}

    @wraps(make)
    def ask(actor: Actor, *shape: Hashable, **values: Any) -> Found:
        groups, apart = actor.groups, actor.apart
        places = _places_for(len(groups), 2), _places_for(len(apart), 4)
        statement = made.get((places, shape))
        if statement is None:
            statement = made[places, shape] = make(_anybody(*places), *shape)
        values |= _in_places("group", groups, places[0]) | _in_places("apart", apart, places[1])
        return columns(statement, {"reader": actor.id, **values})

    return ask
