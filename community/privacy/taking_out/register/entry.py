"""What the register says of one table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from community.core.actor import Actor
from community.core.db import Base

Row = Mapping[str, Any]
Whose = Callable[[Actor], ColumnElement[bool]]
Beside = Callable[[Actor], Mapping[str, ColumnElement[Any]]]
Worded = Callable[[list[Row]], Iterable[Row]]


def nothing(actor: Actor) -> Mapping[str, ColumnElement[Any]]:
    """There is nothing to read along."""
    return {}


def as_kept(rows: list[Row]) -> Iterable[Row]:
    """They say all of it."""
    return rows


@dataclass(frozen=True, slots=True)
class Mine:
    """Rows that are somebody’s own. Every column of the table is either given out or kept back."""

    title: str
    model: type[Base]
    whose: Whose
    gives: str  # names of columns, with spaces between
    keeps: str = ""  # what says something about others, or opens a door
    beside: Beside = nothing  # what gives it meaning: the name of a group, the title of a call
    worded: Worded = as_kept  # a piece of them, with the words that an id stands for


@dataclass(frozen=True, slots=True)
class Told:
    """What is read as its page reads it, because not all of it may be known yet."""

    title: str
    rows: Callable[[Actor], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class NotMine:
    """Nothing of this table is given out, and why."""

    why: str


Entry = Mine | Told | NotMine


def by(column: InstrumentedAttribute[Any]) -> Whose:
    """Theirs are the rows in which this is their id."""
    return lambda actor: column == actor.id
