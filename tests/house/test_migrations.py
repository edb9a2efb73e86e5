"""The migrations make exactly the tables that the models describe, and can be undone."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from community.app import create_app
from community.core.db import db
from config import Settings


def test_the_migrations_and_the_models_say_the_same(tmp_path: Path) -> None:
    app = create_app(Settings.for_tests(f"sqlite:///{tmp_path}/migrated.db"))
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"render_as_batch": True})
            assert compare_metadata(context, db.metadata) == []
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        db.engine.dispose()
