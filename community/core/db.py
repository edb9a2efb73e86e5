"""The database: the base of all models, the one commit, the one lock.

SQLite (WAL, one writer) is the embedded default; PostgreSQL is for more than one process. Types,
constraints and statements are portable; where the two differ, they differ in this file. Each trap
named here was met by experiment and is held by a test.
"""

import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from time import monotonic
from typing import Any, TypeVar, TypeVarTuple
from uuid import UUID

import psycopg
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from psycopg.errors import LockNotAvailable
from sqlalchemy import (
    DDL,
    ColumnElement,
    DateTime,
    Engine,
    Enum,
    Insert,
    MetaData,
    Select,
    String,
    Uuid,
    bindparam,
    event,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    SessionTransaction,
    aliased,
    mapped_column,
    registry,
)
from sqlalchemy.pool import ConnectionPoolEntry, Pool
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


def keep_no_samples(model: type[Base], *columns: str) -> None:
    """PostgreSQL's statistics would keep samples of what people wrote there, long after it is
    erased. Say so too in the migration that makes such a column."""
    for column in columns:
        none = DDL(f'ALTER TABLE "{model.__tablename__}" ALTER {column} SET STATISTICS 0')  # type: ignore[no-untyped-call]
        event.listen(model.__table__, "after_create", none.execute_if(dialect="postgresql"))


def key() -> Mapped[UUID]:
    """A primary key: a UUID version 7 (RFC 9562), so that rows sort by when they were made."""
    return mapped_column(Uuid(), primary_key=True, default=uuid7)


def is_described(name: str | None, kind: str, within: object) -> bool:
    """Whether a model describes what a database has by this name. Migrations leave alone what only
    statements make: the index in which words are looked for."""
    return not (name or "").startswith("post_index")


db = SQLAlchemy(
    model_class=Base,
    session_options={"join_transaction_mode": "create_savepoint"},
)
migrate = Migrate(render_as_batch=True)

_one_writer = threading.Lock()
STATEMENTS = 1500  # that are kept as they were made; all pages together ask some thousand
RESTS = 1  # second that a connection may lie idle before it is asked whether it is still there
_in_transaction = threading.local()


def engine_options(url: str) -> dict[str, Any]:
    """How to connect. PostgreSQL gets a small pool, which beats a large one: with more, writers
    only wait for each other's rows instead of for a connection. Nobody waits for a row for ever.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return {"query_cache_size": STATEMENTS}
    return {
        "query_cache_size": STATEMENTS,
        "pool_size": 8,
        "max_overflow": 0,
        "connect_args": {"options": "-c timezone=UTC -c lock_timeout=15s"},
    }


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


@event.listens_for(Session, "after_begin")
def _read_without_transaction(
    session: Session, transaction: SessionTransaction, connection: Connection
) -> None:
    """On PostgreSQL who only reads needs none: READ COMMITTED shows each statement its own moment
    anyway, and this spares each page, and each press, the way to the server and back four times."""
    driver = connection.connection.driver_connection
    if isinstance(driver, psycopg.Connection) and isinstance(session.get_bind(), Engine):
        _commit_alone(driver, not connection.get_execution_options().get("writing", False))


def _reads_alone(session: Session) -> psycopg.Connection | None:
    """The connection on which this session has only read, without a transaction: one can begin on
    it. To give it back and take another takes as long as a statement. None if there is none, or if
    anything waits to be written or went wrong."""
    is_whole = session.in_transaction() and session.is_active
    if not is_whole or session.new or session.dirty or session.deleted:
        return None
    connection = session.connection()
    if connection.invalidated:
        return None
    driver = connection.connection.driver_connection
    is_reader = isinstance(driver, psycopg.Connection) and driver.autocommit
    return driver if is_reader else None


@event.listens_for(Pool, "checkin")
def _rest(connection: Any, record: ConnectionPoolEntry) -> None:
    """Whoever has it next finds it as it was made."""
    if isinstance(connection, psycopg.Connection) and not connection.closed:
        _commit_alone(connection, False)
        record.info["rests_since"] = monotonic()


def _commit_alone(connection: psycopg.Connection, each: bool) -> None:
    """To say it takes a lock and a wait, also where it is so already."""
    if connection.autocommit is not each:
        connection.autocommit = each


@event.listens_for(Pool, "checkout")
def _is_there(connection: Any, record: ConnectionPoolEntry, _: object) -> None:
    """The server may have been restarted while nobody asked it anything. To ask each time would
    be a way there and back for each page."""
    since = record.info.pop("rests_since", None)
    if since is None or monotonic() - since < RESTS:
        return
    try:
        connection.autocommit = True
        connection.execute("")
        connection.autocommit = False
    except psycopg.OperationalError as gone:
        raise InvalidatePoolError from gone


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
    reader = _reads_alone(session)
    if reader is None:
        session.rollback()
    _in_transaction.open = True
    gate = _one_writer if session.get_bind().dialect.name == "sqlite" else nullcontext()
    try:
        with gate:
            try:
                if reader is None:
                    session.connection(execution_options={"writing": True})
                else:
                    session.expire_all()
                    _commit_alone(reader, False)
                yield
                session.commit()
            except BaseException:
                session.rollback()
                raise
    finally:
        _in_transaction.open = False


BYTES = text("""
    SELECT sum(pg_relation_size(oid) + coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0))
    FROM pg_class WHERE oid = ANY(CAST(:tables AS regclass[]))
""")

# Both may be granted to the site's own role; neither is by default.
MAY_END_LOG = text("""
    SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')
    AND pg_has_role('pg_checkpoint', 'MEMBER')
""")


_left_over: set[type[Base]] = set()


def scrub(*erased: type[Base]) -> bool:
    """Take what was deleted from these tables out of the files too.

    Call it when no transaction is open. False if it can't yet, because somebody is still reading
    how it was before; so a job does it again (`scrub_again`).
    """
    engine = db.session.get_bind().engine
    db.session.rollback()  # our own reading would keep it
    is_sqlite = engine.dialect.name == "sqlite"
    is_done = _scrub_sqlite(engine) if is_sqlite else _rewrite(engine, erased)
    (_left_over.difference_update if is_done else _left_over.update)(erased)
    return is_done


def scrub_again() -> None:
    """Whatever this process could not take out of the files so far."""
    if _left_over:
        scrub(*_left_over)


def _scrub_sqlite(engine: Engine) -> bool:
    """`secure_delete` has blanked it in the pages, but the write-ahead log still holds it: this
    puts those pages where they belong and empties the log.
    """
    with _one_writer, closing(sqlite3.connect(str(engine.url.database), timeout=0.2)) as own:
        is_busy, *_ = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _rewrite(engine: Engine, erased: tuple[type[Base], ...]) -> bool:
    """PostgreSQL keeps deleted rows in their pages, and after a plain VACUUM their bytes: only a
    rewrite into new files takes them away. Tables that are empty down to the file are left alone.

    Then the write-ahead log goes on in a new file and a checkpoint removes the old ones, where
    the owner of the site has allowed us that (docs/operations.md).
    """
    tables = [engine.dialect.identifier_preparer.quote(each.__tablename__) for each in erased]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as own:
        if not own.scalar(BYTES, {"tables": tables}):
            return True
        try:
            own.execute(text("SET lock_timeout = '200ms'"))
            own.execute(text(f"VACUUM (FULL) {', '.join(tables)}"))
        except OperationalError as waited:
            if isinstance(waited.orig, LockNotAvailable):
                return False
            raise
        finally:
            own.execute(text("RESET lock_timeout"))
        if own.scalar(MAY_END_LOG):
            own.execute(text("SELECT pg_switch_wal()"))
            own.execute(text("CHECKPOINT"))
    return True


M = TypeVar("M", bound=Base)
Ts = TypeVarTuple("Ts")
Ids = Collection[UUID] | Select[UUID]
"""The keys of some rows, or the statement that finds them: however many, it is one statement."""


def alias_of(model: type[M], name: str) -> type[M]:
    """This table once more, under another name, for a module to keep.

    At its first use SQLAlchemy builds an index of its columns, which another thread may read half
    built; what that one finds missing stays missing. So it is used here, while the module loads.
    """
    other = aliased(model, name=name)
    str(select(other))
    return other


def locked(model: type[M], row_id: UUID) -> M:
    """The row, fresh, and ours until the transaction ends. The only row lock in the house.

    `populate_existing` is what makes it fresh: without it a row that was already loaded comes
    back as it was. `key_share` lets others add rows that refer to this one meanwhile, so that a
    letter to somebody doesn't wait for their settings. Raises `Refused(NOT_FOUND)`.
    """
    pk = model.__mapper__.primary_key[0]
    row = db.session.scalar(
        select(model)
        .where(pk == row_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Refused(NOT_FOUND)
    return row


def locking(statement: Select[*Ts]) -> Select[*Ts]:
    """The same rows as columns, for a statement that is made once: locked as by `locked`."""
    return statement.with_for_update(key_share=True)


def locked_all(model: type[M], *which: ColumnElement[bool]) -> Sequence[M]:
    """These rows, as `locked`, in the order of their keys: so two who lock several don’t each wait
    for what the other has."""
    return db.session.scalars(
        select(model)
        .where(*which)
        .order_by(model.__mapper__.primary_key[0])
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def add_once(model: type[Base], **values: Any) -> bool:
    """Add a row unless one is there already that is not to be there twice. True if it was added.

    Asking first whether it is there is not enough on PostgreSQL: two may ask at the same moment.
    This waits until the other is sure, and then one of them adds it.
    """
    session = db.session()
    session.flush()
    statement = unless_there(model, model.__mapper__.primary_key[0], *values)
    return session.connection().execute(statement, _new(values)).scalar() is not None


def put_further(model: type[Base], name: str, **values: Any) -> None:
    """Add a row with these values. If it is there already, what it has by this name becomes the
    larger one, so of many at once the furthest stands."""
    session = db.session()
    session.flush()
    statement = _put_further(model, name, session.get_bind().dialect.name, *values)
    session.connection().execute(statement, _new(values))


def begun(model: type[M], *by: str, **values: Any) -> M:
    """The row that has these values in the columns `by`, as `locked`; if there was none, it is
    added with all of them. No other column may keep a row from being there twice.

    Whoever had locked the one that is there may erase it: then this begins it anew, and doesn't
    find that it is gone.
    """
    which = [getattr(model, name) == values[name] for name in by]
    found: Sequence[M] = ()
    while not found:
        add_once(model, **values)
        found = locked_all(model, *which)
    return found[0]


def unless_there(model: type[Base], told: ColumnElement[Any], *names: str) -> Insert:
    """The statement for that, which is made once. It gives back what it tells beside the row, for
    which each value goes by the name `new_…`; nothing if the row was there already."""
    return _unless_there(model, told, db.session.get_bind().dialect.name, *names)


@cache
def _unless_there(model: type[Base], told: ColumnElement[Any], dialect: str, *names: str) -> Insert:
    return _adding(model, dialect, *names).on_conflict_do_nothing().returning(told)


@cache
def _put_further(model: type[Base], name: str, dialect: str, *names: str) -> Insert:
    adding = _adding(model, dialect, *names)
    column, larger = model.__mapper__.columns[name], adding.excluded[name]
    return adding.on_conflict_do_update(
        index_elements=model.__mapper__.primary_key, set_={name: larger}, where=column < larger
    )


def _adding(model: type[Base], dialect: str, *names: str) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    columns = model.__mapper__.columns
    new = {name: bindparam(f"new_{name}", type_=columns[name].type) for name in names}
    return insert(model).values(new)


def _new(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}
