"""Runs migrations on the app's own engine: SQLite in batches, PostgreSQL as it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from community.core.db import UtcDateTime, is_described

database = current_app.extensions["migrate"].db


def written(kind: str, item: object, _: object) -> str | bool:
    """Migrations say what the database keeps, and import none of our code."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


@contextmanager
def references_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew. Dropping the old one would take everything along
    that refers to it, as if each row had been deleted; so for once it doesn't follow references,
    and looks at all of them afterwards.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # only outside a transaction does it listen
    try:
        yield
        lost = driver.execute("PRAGMA foreign_key_check").fetchall()
        assert not lost, f"rows that refer to nothing: {lost[:5]}"
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    with database.engine.connect() as connection, references_at_rest(connection):
        context.configure(
            connection=connection.execution_options(writing=True),
            target_metadata=database.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=written,
            include_name=is_described,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":  # of processes that start at once, one
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1)")
            context.run_migrations()


run()
