"""What a page asks of the database: the statements, the rows they bring, the tables they search."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from bench.store import Store
from community.core.db import db


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement and what it was asked with."""

    statement: str
    values: Any


@contextmanager
def asked_meanwhile(made: Store) -> Iterator[list[Asked]]:
    """Fills while the block runs."""
    asked: list[Asked] = []

    def keep(conn: object, cursor: object, statement: str, values: Any, *rest: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(Asked(statement, values))

    with made.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def rows(made: Store, asked: Sequence[Asked]) -> int:
    """How many rows these bring."""
    return sum(
        count
        for each in asked
        for (count,) in _run(made, f"SELECT count(*) FROM ({each.statement})", each.values)  # noqa: S608
    )


def whole_scans(made: Store, asked: Sequence[Asked], tables: Sequence[str]) -> list[str]:
    """Steps of the plans that read one of these tables (or aliases) from end to end, on SQLite an
    index of one too."""
    how, begins = _PLANS[_dialect(made)]
    steps = (
        str(step[-1]).lstrip(" ->")
        for each in asked
        for step in _run(made, f"{how} {each.statement}", each.values)
    )
    read = tuple(f"{begins} {table} " for table in tables)
    return [step for step in steps if f"{step} ".startswith(read)]


_PLANS = {"sqlite": ("EXPLAIN QUERY PLAN", "SCAN"), "postgresql": ("EXPLAIN", "Seq Scan on")}


def _dialect(made: Store) -> str:
    with made.app.app_context():
        return db.engine.dialect.name


def _run(made: Store, statement: str, values: Any) -> Sequence[Any]:
    with made.app.app_context(), db.engine.connect() as connection:
        return connection.exec_driver_sql(statement, values).all()
