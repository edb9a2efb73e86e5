"""How a database would find what is asked of it."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from community.core.db import db

SORTED = re.compile(r"TEMP B-TREE|^\s*(?:->\s+)?(?:Incremental )?Sort\b", re.MULTILINE)


def reads_all(*tables: str) -> re.Pattern[str]:
    """What a plan says that reads one of these from end to end. Tables stand first, and then what
    else they are called."""
    either = "|".join(tables)
    return re.compile(rf"^SCAN (?:{either})\b|Seq Scan on (?:{either})\b", re.MULTILINE)


@contextmanager
def asked_meanwhile() -> Iterator[list[tuple[str, Any]]]:
    """The statements that read, with what they were asked with, on whichever database."""
    asked: list[tuple[str, Any]] = []

    def keep(conn: object, cursor: object, statement: str, values: Any, *rest: object) -> None:
        if statement.split(None, 1)[0] in {"SELECT", "WITH"}:
            asked.append((statement, values))

    bind = db.session.get_bind()
    event.listen(bind, "before_cursor_execute", keep)
    yield asked
    event.remove(bind, "before_cursor_execute", keep)


def plans_of(ask: Callable[[], Any], *tables: str) -> Sequence[str]:
    """The plan of each statement that this asks. So few rows PostgreSQL would rather read all
    together, and put in order: it is told not to."""
    with asked_meanwhile() as asked:
        ask()
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        db.session.execute(text("ANALYZE"))
    else:
        db.session.execute(text(f"ANALYZE {', '.join(tables)}"))
        _without("seqscan", "bitmapscan", "sort", "incremental_sort")
    how = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    run = db.session.connection().exec_driver_sql
    return [
        "\n".join(str(row[-1]) for row in run(f"{how} {statement}", values))
        for statement, values in asked
    ]


def _without(*ways: str) -> None:
    for way in ways:
        db.session.execute(text(f"SET LOCAL enable_{way} = off"))


def work_of(ask: Callable[[], Any]) -> int:
    """How much the database goes through for what this asks, in its own measure: steps of SQLite’s
    machine, rows of PostgreSQL, which does here what it would do among very many rows."""
    return _steps(ask) if db.session.get_bind().dialect.name == "sqlite" else _rows(ask)


def _steps(ask: Callable[[], Any]) -> int:
    ask()  # what is prepared once is prepared
    each, steps = 10, 0

    def count() -> int:
        nonlocal steps
        steps += each
        return 0

    driver: Any = db.session.connection().connection.driver_connection
    driver.set_progress_handler(count, each)
    ask()
    driver.set_progress_handler(None, each)
    return steps


def _rows(ask: Callable[[], Any]) -> int:
    with asked_meanwhile() as asked:
        ask()
    db.session.execute(text("ANALYZE"))
    _without("seqscan", "bitmapscan", "hashjoin", "mergejoin", "material")
    run = db.session.connection().exec_driver_sql
    how = "EXPLAIN (ANALYZE, FORMAT JSON)"
    found = (run(f"{how} {statement}", values).scalar_one() for statement, values in asked)
    plans = (json.loads(each) if isinstance(each, str) else each for each in found)
    return sum(_rows_of(plan[0]["Plan"]) for plan in plans)


def _rows_of(node: dict[str, Any]) -> int:
    rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    below = sum(_rows_of(each) for each in node.get("Plans", ()))
    return int(rows * node["Actual Loops"]) + below
