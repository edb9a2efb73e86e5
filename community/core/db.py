"""The database: the base of all models, the one commit, the one lock.

SQLite (WAL, one writer) is the embedded default. Types and constraints are portable, so that
PostgreSQL can follow; what is SQLite's alone in a transaction stands in this file. Each trap named
here was met by experiment and is held by a test.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, Enum, MetaData, String, Uuid, event, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7

from community.core.verdict import NOT_FOUND, Refused


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. Refuses naive datetimes."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def by_value(kind: type[StrEnum]) -> Enum:
    """A column of this enum, kept by value, with a check constraint named after the enum."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=40,
        name=kind.__name__.lower(),
        validate_strings=True,
    )


class Base(DeclarativeBase):
    """What every model is. Relationships are declared with lazy="raise"."""

    registry = registry(
        type_annotation_map={datetime: UtcDateTime(), UUID: Uuid(), str: String()},
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


def key() -> Mapped[UUID]:
    """A primary key: a UUID version 7 (RFC 9562), so that rows sort by when they were made."""
    return mapped_column(Uuid(), primary_key=True, default=uuid7)


db = SQLAlchemy(
    model_class=Base,
    session_options={"join_transaction_mode": "create_savepoint"},
)
migrate = Migrate(render_as_batch=True)

_one_writer = threading.Lock()
_in_transaction = threading.local()


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, record: Any) -> None:
    """WAL, foreign keys, patience, no residue; and BEGIN left to us (the driver begins late)."""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # Upgrading a read transaction to a writing one fails at once with "database is locked",
        # so a writing one says so from the start.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def transaction() -> Iterator[None]:
    """Keep everything done inside, or none of it. The only commit in the house.

    Ends the read transaction first, so what was read before is read again. On SQLite one writer
    at a time waits at a mutex of this process: fairer and faster than the busy handler. It does
    not nest.
    """
    if getattr(_in_transaction, "open", False):
        raise RuntimeError("transaction() does not nest")
    session = db.session()
    session.rollback()
    _in_transaction.open = True
    gate = _one_writer if session.get_bind().dialect.name == "sqlite" else nullcontext()
    try:
        with gate:
            try:
                session.connection(execution_options={"writing": True})
                yield
                session.commit()
            except BaseException:
                session.rollback()
                raise
    finally:
        _in_transaction.open = False


def scrub() -> bool:
    """Take what was deleted out of the files too. Call it when no transaction is open.

    `secure_delete` has blanked it in the pages, but the write-ahead log of SQLite still holds it:
    this puts those pages where they belong and empties the log. False if it can't yet, because
    somebody is still reading how it was before; so a job does it again.
    """
    engine = db.session.get_bind().engine
    if engine.dialect.name != "sqlite":
        return True
    db.session.rollback()  # our own reading would keep it
    with _one_writer, closing(sqlite3.connect(str(engine.url.database), timeout=0.2)) as own:
        is_busy, *_ = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


M = TypeVar("M", bound=Base)


def locked(model: type[M], row_id: UUID) -> M:
    """The row, fresh, and ours until the transaction ends. The only row lock in the house.

    `populate_existing` is what makes it fresh: without it a row that was already loaded comes
    back as it was. Raises `Refused(NOT_FOUND)`.
    """
    pk = model.__mapper__.primary_key[0]
    row = db.session.scalar(
        select(model)
        .where(pk == row_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Refused(NOT_FOUND)
    return row
