"""Runs migrations on the app's own engine: SQLite in batches, PostgreSQL as it is."""

from alembic import context
from flask import current_app

from community.core.db import UtcDateTime

database = current_app.extensions["migrate"].db


def written(kind: str, item: object, _: object) -> str | bool:
    """Migrations say what the database keeps, and import none of our code."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


def run() -> None:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection.execution_options(writing=True),
            target_metadata=database.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=written,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
