"""a facilitator's end of somebody's place in a circle is decided as well"""

import sqlalchemy as sa
from alembic import op

revision = "c7e5c422da39"
down_revision = "a5c3a2f0b817"
branch_labels = None
depends_on = None

OUTCOMES = (
    "outcome IN ('keep', 'note', 'hide', 'remove', 'warn', 'approve', 'return', 'circles', 'mute', "
    "'ban', 'limit', 'suspend', 'lift', 'pause', 'slow', 'lock', {}'care')"
)
SOURCES = "source IN ('report', 'hold', 'own', {}'appeal')"
NEW = "SELECT id FROM review_item WHERE source = 'circle'"
FORGOTTEN = (
    "SELECT 1 FROM record_seal AS anchor "
    "JOIN record_seal AS forgotten ON forgotten.number = anchor.forgot "
    "WHERE OLD.id <= forgotten.last_decision"
)


def upgrade() -> None:
    _allow("'out', ", "'circle', ")
    op.create_table(
        "sent_out",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.Column("sent_out_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_sent_out_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in (
                ("item_id", "review_item"),
                ("account_id", "account"),
                ("call_id", "call"),
            )
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_sent_out")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_sent_out_decision_id")),
    )
    with op.batch_alter_table("sent_out") as batch_op:
        for column in ("account_id", "call_id", "sent_out_at"):
            batch_op.create_index(batch_op.f(f"ix_sent_out_{column}"), [column], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE sent_out ALTER why SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("sent_out")
    _remove_decisions(f"DELETE FROM decision WHERE item_id IN ({NEW})")  # noqa: S608 our own words
    op.execute(sa.text(f"DELETE FROM appeal WHERE item_id IN ({NEW})"))  # noqa: S608 our own words
    op.execute("DELETE FROM review_item WHERE source = 'circle'")
    _allow("", "")


def _allow(outcome: str, source: str) -> None:
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_review_item_source"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_source"), SOURCES.format(source)
        )
    with op.batch_alter_table("decision") as batch_op:
        checks = {"source": SOURCES.format(source), "outcome": OUTCOMES.format(outcome)}
        for name, allowed in checks.items():
            batch_op.drop_constraint(batch_op.f(f"ck_decision_{name}"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_decision_{name}"), allowed)
    _refuse_again()


def _remove_decisions(statement: str) -> None:
    """What refuses change stands aside for this one statement. SQLite’s comes back with the table
    that is made anew."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER decision_no_{verb}")
        op.execute(statement)
        return
    triggers = ("decision_append_only", "decision_no_delete")
    for trigger in triggers:
        op.execute(f"ALTER TABLE decision DISABLE TRIGGER {trigger}")
    op.execute(statement)
    for trigger in triggers:
        op.execute(f"ALTER TABLE decision ENABLE TRIGGER {trigger}")


def _refuse_again() -> None:
    """SQLite has made the table of decisions anew, without what refuses change."""
    if op.get_bind().dialect.name != "sqlite":
        return
    refuses = "BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END"
    op.execute(f"CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision {refuses}")
    op.execute(
        "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision "
        f"WHEN NOT EXISTS ({FORGOTTEN}) {refuses}"
    )
