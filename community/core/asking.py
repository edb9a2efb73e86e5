"""Statements that are made once, whoever asks.

To make a statement costs more than to run it. So what pages ask at each request is made at its
first use and kept: for somebody of whom only this is known, whether anybody keeps apart from them.
The functions that say what may be read are the same as for a known person.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

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
        return some("groups")

    @property
    def is_kept_apart(self) -> bool:
        return isinstance(self.apart, BindParameter)


def _anybody(apart: Any) -> Actor:
    who: Any = bindparam("reader", type_=Uuid())
    return _Anybody(id=who, name="", standing=Standing.ACTIVE, apart=apart)


_ANYBODY = {False: _anybody(frozenset()), True: _anybody(some("apart"))}


def columns(statement: Rows | CompoundSelect[*tuple[Any, ...]], values: dict[str, Any]) -> Found:
    """Rows of columns, without what the session does to find objects in them. What waits in the
    session is written first, as ever."""
    db.session.flush()
    return db.session.connection().execute(statement, values)


def made_once(make: Callable[..., Rows]) -> Callable[..., Found]:
    """Call it with whoever asks, with what gives the statement its shape (few and the same each
    time, because each is kept), and by name with the values of its parameters. Of columns, never
    of objects."""
    made: dict[Hashable, Rows] = {}

    @wraps(make)
    def ask(actor: Actor, *shape: Hashable, **values: Any) -> Found:
        which = (actor.is_kept_apart, *shape)
        statement = made.get(which)
        if statement is None:
            statement = made[which] = make(_ANYBODY[actor.is_kept_apart], *shape)
        reader = {"reader": actor.id, "groups": list(actor.groups), "apart": list(actor.apart)}
        return columns(statement, reader | values)

    return ask
