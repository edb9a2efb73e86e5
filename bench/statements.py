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
    """Steps of SQLite's plans that read one of these tables (or aliases), or an index of one, from
    end to end."""
    steps = (
        str(step[-1])
        for each in asked
        for step in _run(made, f"EXPLAIN QUERY PLAN {each.statement}", each.values)
    )
    begins = tuple(f"SCAN {table} " for table in tables)
    return [step for step in steps if f"{step} ".startswith(begins)]


def _run(made: Store, statement: str, values: Any) -> Sequence[Any]:
    with made.app.app_context(), db.engine.connect() as connection:
        return connection.exec_driver_sql(statement, values).all()
