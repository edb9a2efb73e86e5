"""what moderators do of themselves is decided as well"""

import sqlalchemy as sa
from alembic import op

revision = "d98560142ed9"
down_revision = "c87459031dc8"
branch_labels = None
depends_on = None

OUTCOMES = (
    "outcome IN ('keep', 'note', 'hide', 'remove', 'warn', 'approve', 'return', 'mute', 'ban', "
    "'limit', 'suspend', 'lift', {}'care')"
)
SOURCES = "source IN ('report', 'hold', {}'appeal')"
NEW = "SELECT id FROM review_item WHERE source = 'own'"


def upgrade() -> None:
    _allow("'pause', 'slow', ", "'own', ")


def downgrade() -> None:
    _remove_decisions("DELETE FROM decision WHERE source = 'own' OR outcome IN ('pause', 'slow')")
    op.execute(sa.text(f"DELETE FROM appeal WHERE item_id IN ({NEW})"))  # noqa: S608 our own words
    op.execute("DELETE FROM review_item WHERE source = 'own'")
    _allow("", "")


def _allow(outcomes: str, source: str) -> None:
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_review_item_source"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_source"), SOURCES.format(source)
        )
    with op.batch_alter_table("decision") as batch_op:
        checks = {"source": SOURCES.format(source), "outcome": OUTCOMES.format(outcomes)}
        for name, allowed in checks.items():
            batch_op.drop_constraint(batch_op.f(f"ck_decision_{name}"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_decision_{name}"), allowed)
    _append_only_again()


def _remove_decisions(statement: str) -> None:
    """What refuses change stands aside for this one statement. SQLite’s comes back with the table
    that is made anew."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER decision_no_{verb}")
        op.execute(statement)
    else:
        op.execute("ALTER TABLE decision DISABLE TRIGGER decision_append_only")
        op.execute(statement)
        op.execute("ALTER TABLE decision ENABLE TRIGGER decision_append_only")


def _append_only_again() -> None:
    """SQLite has made the table of decisions anew, without what refuses change."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER decision_no_{verb} BEFORE {verb.upper()} ON decision "
                "BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END"
            )
