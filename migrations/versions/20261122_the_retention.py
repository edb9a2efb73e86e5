"""decisions and the record are kept three years"""

import sqlalchemy as sa
from alembic import op

revision = "e4b293e1a706"
down_revision = "d3a182d096f5"
branch_labels = None
depends_on = None

LAST = {"decision": "last_decision", "audit_event": "last_event"}


def upgrade() -> None:
    with op.batch_alter_table("record_seal") as batch_op:
        batch_op.add_column(sa.Column("forgot", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("kept", sa.String(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_record_seal_anchored_whole"), "(forgot IS NULL) = (kept IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_record_seal_forgets_what_was"), "forgot < number"
        )
    _append_only_again("record_seal")
    for table, last in LAST.items():
        _until_forgotten(table, last)


def downgrade() -> None:
    # An anchor stays a seal, and what it forgot stays forgotten.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in LAST:
        if is_sqlite:
            op.execute(f"DROP TRIGGER {table}_no_delete")
            _no_delete(table)
            continue
        op.execute(f"DROP TRIGGER {table}_no_delete ON {table}")
        op.execute(f"DROP FUNCTION keep_{table}()")
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    with op.batch_alter_table("record_seal") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_record_seal_anchored_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_record_seal_forgets_what_was"), type_="check")
        batch_op.drop_column("kept")
        batch_op.drop_column("forgot")
    _append_only_again("record_seal")


def _until_forgotten(table: str, last: str) -> None:
    said = (
        "SELECT 1 FROM record_seal AS anchor "  # noqa: S608 our own names
        "JOIN record_seal AS forgotten ON forgotten.number = anchor.forgot "
        f"WHERE OLD.id <= forgotten.{last}"
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_no_delete")
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT EXISTS ({said}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE OR REPLACE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF EXISTS ({said}) THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION keep_{table}()"
    )


def _append_only_again(table: str) -> None:
    """SQLite has made the table anew, without what refuses change."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        _no_delete(table)


def _no_delete(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
