"""warnings, pauses and bans, each with its end"""

import sqlalchemy as sa
from alembic import op

revision = "d32f04586e73"
down_revision = "c21ef3475d62"
branch_labels = None
depends_on = None

KINDS = "kind IN ('warning', 'mute', 'ban', 'limit', 'suspend')"
OUTCOMES = "outcome IN ('keep', 'hide', 'remove', 'warn', 'approve', 'return'{})"
ABOUT_PEOPLE = "'mute', 'ban', 'limit', 'suspend', 'lift'"
FACTS = "account_id, kind, group_id, decision_id, begins_at, ends_at, review_at"


def upgrade() -> None:
    op.create_table(
        "sanction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind NOT IN ('mute', 'ban') OR group_id IS NOT NULL",
            name=op.f("ck_sanction_has_group"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('limit', 'suspend') OR group_id IS NULL",
            name=op.f("ck_sanction_everywhere"),
        ),
        sa.CheckConstraint(
            "ends_at IS NOT NULL OR review_at IS NOT NULL",
            name=op.f("ck_sanction_ends_or_is_reviewed"),
        ),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at > begins_at",
            name=op.f("ck_sanction_ends_after_it_begins"),
        ),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL)",
            name=op.f("ck_sanction_lifted_by_decision"),
        ),
        sa.CheckConstraint(KINDS, name=op.f("ck_sanction_sanctionkind")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_sanction_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_sanction_decision_id")),
    )
    with op.batch_alter_table("sanction") as batch_op:
        batch_op.create_index("ix_sanction_account_ends", ["account_id", "ends_at"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER sanction_keeps_facts BEFORE UPDATE OF {FACTS} ON sanction "
            "BEGIN SELECT RAISE(ABORT, 'sanction keeps its facts'); END"
        )
    else:
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_facts() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' keeps its facts'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER sanction_keeps_facts BEFORE UPDATE OF {FACTS} ON sanction "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_facts()"
        )

    op.create_table(
        "sanction_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("second", sa.String(length=40), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "proposed_by <> account_id", name=op.f("ck_sanction_proposal_not_by_its_subject")
        ),
        sa.CheckConstraint(
            "answered_by <> proposed_by AND answered_by <> account_id",
            name=op.f("ck_sanction_proposal_by_somebody_else"),
        ),
        sa.CheckConstraint(
            "(answered_by IS NULL) = (answered_at IS NULL) "
            "AND (answered_by IS NULL) = (agreed IS NULL)",
            name=op.f("ck_sanction_proposal_answered_whole"),
        ),
        sa.CheckConstraint("length(trim(why)) > 0", name=op.f("ck_sanction_proposal_has_why")),
        sa.CheckConstraint(KINDS, name=op.f("ck_sanction_proposal_sanctionkind")),
        sa.CheckConstraint(
            "second IN ('owner', 'approver')", name=op.f("ck_sanction_proposal_second")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_sanction_proposal_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_sanction_proposal_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction_proposal")),
    )
    with op.batch_alter_table("sanction_proposal") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sanction_proposal_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            "uq_sanction_proposal_one_open",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_outcome"), OUTCOMES.format(f", {ABOUT_PEOPLE}")
        )
    _append_only_again()


def downgrade() -> None:
    # What the older house had no place for.
    about_people = (
        "DELETE FROM decision WHERE outcome IN ('mute', 'ban', 'limit', 'suspend', 'lift') "
        "OR id IN (SELECT decision_id FROM sanction)"
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER decision_no_{verb}")
        op.execute(about_people)
    else:
        op.execute("ALTER TABLE decision DISABLE TRIGGER decision_append_only")
        op.execute(about_people)
        op.execute("ALTER TABLE decision ENABLE TRIGGER decision_append_only")
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_decision_outcome"), OUTCOMES.format(""))
    _append_only_again()

    op.drop_table("sanction_proposal")
    op.drop_table("sanction")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_facts()")


def _append_only_again() -> None:
    """SQLite has made the table of decisions anew, without what refuses change."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER decision_no_{verb} BEFORE {verb.upper()} ON decision "
                "BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END"
            )
