"""Statements that are made once, whoever asks.

To make a statement costs more than to run it. So what pages ask at each request is made at its
first use and kept: for somebody of whom only this is known, for how many groups and for how many
people kept apart there have to be places. There are one, two, four, eight and so on, so that few
statements serve everybody; `IN` with as many places as each has is made ready each time it is run,
which costs half as much as running it. The functions that say what may be read are the same as for
a known person.
"""

from collections.abc import Callable, Collection, Hashable
from functools import wraps
from itertools import cycle
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, CompoundSelect, Result, Select, Uuid, bindparam

from community.core.actor import Actor, Standing
from community.core.db import UtcDateTime, db

Rows = Select[*tuple[Any, ...]]
Found = Result[*tuple[Any, ...]]

NOW: Any = bindparam("now", type_=UtcDateTime())


def some(name: str) -> BindParameter[Any]:
    """However many values, for `IN`."""
    return bindparam(name, expanding=True)


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


def columns(statement: Rows | CompoundSelect[*tuple[Any, ...]], values: dict[str, Any]) -> Found:
    """Rows of columns, without what the session does to find objects in them. What waits in the
    session is written first, as ever."""
    session = db.session()
    session.flush()
    return session.connection().execute(statement, values)


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
