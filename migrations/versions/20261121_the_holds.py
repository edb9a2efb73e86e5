"""what is held before it is shown"""

import sqlalchemy as sa
from alembic import op

revision = "c21ef3475d62"
down_revision = "b10df2364c51"
branch_labels = None
depends_on = None

STATES = "state IN ({}'published', 'hidden', 'removed', 'deleted')"
OUTCOMES = "outcome IN ('keep', 'hide', 'remove', 'warn'{})"
SOURCES = "source IN ('report'{})"
FIRST_POSTS = "hold_policy IN ('open', 'first_posts', 'all')"


def upgrade() -> None:
    with op.batch_alter_table("group") as batch_op:
        batch_op.add_column(
            sa.Column(
                "hold_policy", sa.String(length=40), nullable=False, server_default="first_posts"
            )
        )
        batch_op.create_check_constraint(batch_op.f("ck_group_holdpolicy"), FIRST_POSTS)
    with op.batch_alter_table("group") as batch_op:
        batch_op.alter_column(
            "hold_policy", existing_type=sa.String(length=40), server_default=None
        )

    with op.batch_alter_table("thread") as batch_op:
        batch_op.add_column(
            sa.Column("is_held", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("thread") as batch_op:
        batch_op.alter_column("is_held", existing_type=sa.Boolean(), server_default=None)

    with op.batch_alter_table("post") as batch_op:
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint(batch_op.f("ck_post_poststate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_post_poststate"), STATES.format("'held', 'returned', ")
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_post_shown_in_its_place"),
            "number IS NOT NULL OR state NOT IN ('published', 'hidden')",
        )

    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("since_version", sa.Integer(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_hold_has_reasons")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_hold_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold") as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_post_id"), ["post_id"], unique=False)

    op.create_table(
        "word_choice",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("phrase", sa.String(), nullable=False),
        sa.Column("is_watched", sa.Boolean(), nullable=False),
        sa.Column("chosen_by", sa.Uuid(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('crisis', 'medicine', 'spam')", name=op.f("ck_word_choice_kind")
        ),
        sa.CheckConstraint("length(trim(phrase)) > 0", name=op.f("ck_word_choice_has_phrase")),
        sa.ForeignKeyConstraint(
            ["chosen_by"],
            ["account.id"],
            name=op.f("fk_word_choice_chosen_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("kind", "phrase", name=op.f("pk_word_choice")),
    )

    with op.batch_alter_table("review_item") as batch_op:
        batch_op.add_column(
            sa.Column("source", sa.String(length=40), nullable=False, server_default="report")
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_source"), SOURCES.format(", 'hold'")
        )
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.alter_column("source", existing_type=sa.String(length=40), server_default=None)

    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_outcome"), OUTCOMES.format(", 'approve', 'return'")
        )
        batch_op.drop_constraint(batch_op.f("ck_decision_source"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_source"), SOURCES.format(", 'hold'")
        )
    _append_only_again()

    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE hold ALTER passages SET STATISTICS 0")


def downgrade() -> None:
    # The older house had no place for what waits: nobody saw it, and nobody will.
    _change_decisions(
        "DELETE FROM decision WHERE source = 'hold' OR outcome IN ('approve', 'return')"
    )
    op.execute("DELETE FROM review_item WHERE source = 'hold'")
    op.execute("DELETE FROM thread WHERE is_held")
    op.execute("DELETE FROM post WHERE number IS NULL")
    op.execute(
        "UPDATE post SET state = 'hidden', hidden_until = NULL WHERE state IN ('held', 'returned')"
    )

    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_decision_outcome"), OUTCOMES.format(""))
        batch_op.drop_constraint(batch_op.f("ck_decision_source"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_decision_source"), SOURCES.format(""))
    _append_only_again()
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_review_item_source"), type_="check")
        batch_op.drop_column("source")
    op.drop_table("word_choice")
    op.drop_table("hold")
    with op.batch_alter_table("post") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_post_shown_in_its_place"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_post_poststate"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_post_poststate"), STATES.format(""))
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("thread") as batch_op:
        batch_op.drop_column("is_held")
    with op.batch_alter_table("group") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_group_holdpolicy"), type_="check")
        batch_op.drop_column("hold_policy")


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
