"""tags become topics; a lock is decided as such"""

import sqlalchemy as sa
from alembic import op

revision = "c29071cf85e4"
down_revision = "a07e59ad63c2"
branch_labels = None
depends_on = None

KINDS = sa.Enum("type", "living", name="kind", native_enum=False, create_constraint=True, length=40)
OUTCOMES = (
    "outcome IN ('keep', 'note', 'hide', 'remove', 'warn', 'approve', 'return', 'circles', 'mute', "
    "'ban', 'limit', 'suspend', 'lift', 'pause', 'slow', {}'care')"
)


def upgrade() -> None:
    op.create_table(
        "promoted_topic",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_promoted_topic_version_from_one")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_promoted_topic")),
    )
    _allow("'lock', ")


def downgrade() -> None:
    _locks_are_pauses()
    _allow("")
    op.drop_table("promoted_topic")


def _allow(outcomes: str) -> None:
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        allowed = OUTCOMES.format(outcomes)
        batch_op.create_check_constraint(batch_op.f("ck_decision_outcome"), allowed)
    _append_only_again()


def _locks_are_pauses() -> None:
    """As they were called before. What refuses change stands aside for this one statement;
    SQLite’s comes back with the table that is made anew."""
    statement = "UPDATE decision SET outcome = 'pause' WHERE outcome = 'lock'"
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
