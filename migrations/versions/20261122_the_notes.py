"""content notes, pauses and slow mode"""

import sqlalchemy as sa
from alembic import op

revision = "a65237819ba6"
down_revision = "f54126708a95"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('surgery', 'suicide', 'pain', 'trauma', 'loss', 'pregnancy', 'food', 'hospital', "
    "'flashing')"
)
OUTCOMES = (
    "outcome IN ('keep', {}'hide', 'remove', 'warn', 'approve', 'return', 'mute', 'ban', 'limit', "
    "'suspend', 'lift', 'care')"
)


def upgrade() -> None:
    with op.batch_alter_table("post") as batch_op:
        batch_op.add_column(sa.Column("notes", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("post") as batch_op:
        batch_op.alter_column("notes", existing_type=sa.String(), server_default=None)

    op.create_table(
        "note_suggestion",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_note_suggestion_notekind")),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
            name=op.f("fk_note_suggestion_post_id_post"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("post_id", "kind", name=op.f("pk_note_suggestion")),
    )
    op.create_table(
        "note_choice",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("showing", sa.String(length=40), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_note_choice_notekind")),
        sa.CheckConstraint(
            "showing IN ('show', 'collapse', 'hide')", name=op.f("ck_note_choice_showing")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_note_choice_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_note_choice")),
    )
    _make_paces()

    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_outcome"), OUTCOMES.format("'note', ")
        )
    _append_only_again()


def _make_paces() -> None:
    op.create_table(
        "thread_pace",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("gap", sa.String(length=40), nullable=True),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('pause', 'slow')", name=op.f("ck_thread_pace_pacekind")),
        sa.CheckConstraint(
            "gap IN ('ten_minutes', 'hour', 'day')", name=op.f("ck_thread_pace_gap")
        ),
        sa.CheckConstraint(
            "(kind = 'slow') = (gap IS NOT NULL)", name=op.f("ck_thread_pace_slow_has_gap")
        ),
        sa.CheckConstraint("length(trim(why)) > 0", name=op.f("ck_thread_pace_has_why")),
        sa.CheckConstraint("until > set_at", name=op.f("ck_thread_pace_has_end")),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["account.id"],
            name=op.f("fk_thread_pace_set_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_thread_pace_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_pace")),
    )
    with op.batch_alter_table("thread_pace") as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_pace_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_pace_set_by"), ["set_by"], unique=False)
        batch_op.create_index(
            "uq_thread_pace_one_of_a_kind",
            ["thread_id", "kind"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE thread_pace ALTER why SET STATISTICS 0")


def downgrade() -> None:
    _change_decisions("DELETE FROM decision WHERE outcome = 'note'")
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_decision_outcome"), OUTCOMES.format(""))
    _append_only_again()
    op.drop_table("thread_pace")
    op.drop_table("note_choice")
    op.drop_table("note_suggestion")
    with op.batch_alter_table("post") as batch_op:
        batch_op.drop_column("notes")


def _change_decisions(statement: str) -> None:
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
