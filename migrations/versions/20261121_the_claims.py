"""who is looking at what, and another look at a decision"""

import sqlalchemy as sa
from alembic import op

revision = "e43015697f84"
down_revision = "d32f04586e73"
branch_labels = None
depends_on = None

OUTCOMES = (
    "outcome IN ('keep', 'hide', 'remove', 'warn', 'approve', 'return', 'mute', 'ban', 'limit', "
    "'suspend', 'lift'{})"
)
SOURCES = "source IN ('report', 'hold'{})"


def upgrade() -> None:
    op.create_table(
        "item_claim",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_item_claim_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_item_claim_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_claim")),
    )
    with op.batch_alter_table("item_claim") as batch_op:
        batch_op.create_index(batch_op.f("ix_item_claim_account_id"), ["account_id"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("appellant_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side IN ('author', 'reporter')", name=op.f("ck_appeal_side")),
        sa.CheckConstraint("result IN ('upheld', 'rejected')", name=op.f("ck_appeal_result")),
        sa.CheckConstraint(
            "(result IS NULL) = (answered_at IS NULL) AND (result IS NULL) = (answer IS NULL) "
            "AND (result IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_appeal_answered_whole"),
        ),
        sa.CheckConstraint(
            "answer IS NULL OR length(trim(answer)) > 0",
            name=op.f("ck_appeal_answered_in_words"),
        ),
        sa.CheckConstraint(
            "answered_by <> appellant_id", name=op.f("ck_appeal_not_by_whoever_asked")
        ),
        sa.ForeignKeyConstraint(
            ["appellant_id"],
            ["account.id"],
            name=op.f("fk_appeal_appellant_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_appeal_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint(
            "decision_id", "appellant_id", name=op.f("uq_appeal_decision_id_appellant_id")
        ),
    )
    with op.batch_alter_table("appeal") as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_appellant_id"), ["appellant_id"], unique=False)
        batch_op.create_index(
            "ix_appeal_open",
            ["asked_at"],
            unique=False,
            sqlite_where=sa.text("result IS NULL"),
            postgresql_where=sa.text("result IS NULL"),
        )

    op.create_table(
        "care_taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step IN ('pointed', 'talked', 'answered', 'called')",
            name=op.f("ck_care_taken_carestep"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_care_taken_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_taken")),
    )
    with op.batch_alter_table("care_taken") as batch_op:
        batch_op.create_index(batch_op.f("ix_care_taken_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "uq_care_taken_pointed_once",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("step = 'pointed'"),
            postgresql_where=sa.text("step = 'pointed'"),
        )

    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_outcome"), OUTCOMES.format(", 'care'")
        )
        batch_op.add_column(sa.Column("supersedes_id", sa.Uuid(), nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_decision_source"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_source"), SOURCES.format(", 'appeal'")
        )
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_review_item_source"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_source"), SOURCES.format(", 'appeal'")
        )
    _append_only_again()


def downgrade() -> None:
    _change_decisions("DELETE FROM decision WHERE source = 'appeal' OR outcome = 'care'")
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_review_item_source"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_review_item_source"), SOURCES.format(""))
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_decision_outcome"), OUTCOMES.format(""))
        batch_op.drop_constraint(batch_op.f("ck_decision_source"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_decision_source"), SOURCES.format(""))
        batch_op.drop_column("supersedes_id")
    _append_only_again()
    op.drop_table("care_taken")
    op.drop_table("appeal")
    op.drop_table("item_claim")


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
