"""Everything that is kept about somebody, a piece at a time. Every select of it.

The register names every table of the site once (tests/privacy/test_register.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, literal, select, tuple_

from community.core.actor import Actor
from community.core.db import db
from community.privacy.taking_out.models import DataTaken
from community.privacy.taking_out.register import decided, people, together, words
from community.privacy.taking_out.register.entry import Entry, Mine, NotMine, Row, Told
from community.threads.pictures.models import Picture, PictureFile

REGISTER: Mapping[str, Entry] = MappingProxyType(
    {**people.REGISTER, **together.REGISTER, **words.REGISTER, **decided.REGISTER}
)
PIECE = 500  # rows at a time, so that no more of it is in memory


@dataclass(frozen=True, slots=True)
class Section:
    """What one table keeps about somebody."""

    name: str
    title: str
    rows: Iterator[Row]


def taken_at(account_id: UUID) -> datetime | None:
    """When they last took it out."""
    return db.session.scalar(select(DataTaken.taken_at).where(DataTaken.account_id == account_id))


def sections(actor: Actor) -> Iterator[Section]:
    """All of it, in the order of the register. Rows are read as they are asked for."""
    for name, entry in REGISTER.items():
        match entry:
            case Mine():
                yield Section(name, entry.title, rows_of(entry, actor))
            case Told():
                yield Section(name, entry.title, iter(entry.rows(actor)))
            case NotMine():
                pass


def rows_of(entry: Mine, actor: Actor) -> Iterator[Row]:
    """A person’s rows of one table, in the order of their keys."""
    given = {name: getattr(entry.model, name) for name in entry.gives.split()}
    columns = [column.label(name) for name, column in {**given, **entry.beside(actor)}.items()]
    keys = inspect(entry.model).primary_key
    marks = [column.label(f"key_{number}") for number, column in enumerate(keys)]
    query = select(*columns, *marks).where(entry.whose(actor)).order_by(*keys).limit(PIECE)
    after: tuple[Any, ...] | None = None
    while True:
        rows = db.session.execute(query if after is None else query.where(_after(keys, after)))
        piece = rows.all()
        yield from entry.worded(
            [{column.name: row[at] for at, column in enumerate(columns)} for row in piece]
        )
        if len(piece) < PIECE:
            return
        after = tuple(piece[-1][len(columns) :])


def _after(keys: Any, values: tuple[Any, ...]) -> Any:
    last = (literal(value, key.type) for key, value in zip(keys, values, strict=True))
    return tuple_(*keys) > tuple_(*last)


def pictures(actor: Actor) -> Iterator[tuple[UUID, bytes]]:
    """Their pictures, as large as they are kept, one at a time."""
    ids = select(Picture.id).where(Picture.account_id == actor.id).order_by(Picture.id)
    for picture_id in db.session.scalars(ids).all():
        file = select(PictureFile.large, PictureFile.small)
        found = db.session.execute(file.where(PictureFile.picture_id == picture_id)).first()
        if found is not None:
            yield picture_id, found.large or found.small
