"""A community that many tests begin with. It is made once on each kind of database, on one of its
own, and kept there: each test then has it inside a transaction that is undone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from flask import Flask
from sqlalchemy import Connection, Engine, create_engine

from community.core.db import db, engine_options
from community.core.locked import open_with
from tests.core.store import EmptyDatabase
from tests.fakes import FrozenClock
from tests.make import Make

T = TypeVar("T")


@contextmanager
def reading_from(app: Flask, place: Engine | Connection) -> Iterator[None]:
    """For now, this is where the app keeps everything."""
    with app.app_context():
        engines = db.engines
    own, engines[None] = engines[None], place  # type: ignore[assignment]
    try:
        yield
    finally:
        engines[None] = own


@dataclass
class Scene(Generic[T]):
    """`gather` makes it, and gives back who is in it."""

    gather: Callable[[Make], T]
    empty_database: EmptyDatabase
    _gathered: dict[str, tuple[Engine, T]] = field(default_factory=dict)

    def place(self, app: Flask) -> Engine:
        """The database with it, of the kind on which this app is."""
        with app.app_context():
            kind = db.engine.dialect.name
        if kind not in self._gathered:
            engine = self._empty(app, kind)
            with reading_from(app, engine):
                self._gathered[kind] = engine, self.gather(Make(app, FrozenClock()))
        return self._gathered[kind][0]

    def on(self, make: Make) -> T:
        """Who is in it. Where the app is on a database of its test’s own, it is made there."""
        with make.app.app_context():
            engine = db.engine.engine
        for place, gathered in self._gathered.values():
            if place is engine:
                return gathered
        return self.gather(make)

    def _empty(self, app: Flask, kind: str) -> Engine:
        opened = app.extensions["scenes"]
        url = opened.enter_context(self.empty_database(kind)).url
        engine = create_engine(url, **engine_options(url))
        opened.callback(engine.dispose)
        open_with(engine, app.config["CASE_KEY"])
        db.metadata.create_all(engine)
        return engine
