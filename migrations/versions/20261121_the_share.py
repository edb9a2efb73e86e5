"""what was typed in a circle can be reported"""

import sqlalchemy as sa
from alembic import op

revision = "a3f6d0c41b7e"
down_revision = "ef4ad374e304"
branch_labels = None
depends_on = None

OUTCOMES = "outcome IN ('keep', 'hide', 'remove'{})"


def upgrade() -> None:
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.alter_column("post_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.alter_column("reported_version", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("reported_html", existing_type=sa.String(), nullable=True)
        batch_op.add_column(sa.Column("share_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("call_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("author_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_review_item_call_id_call"),
            "call",
            ["call_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_review_item_author_id_account"),
            "account",
            ["author_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_about_one_thing"), "(post_id IS NULL) <> (share_id IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_share_of_a_call"), "(share_id IS NULL) = (call_id IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_post_as_it_was"),
            "(post_id IS NULL) = (reported_html IS NULL) "
            "AND (post_id IS NULL) = (reported_version IS NULL)",
        )
        batch_op.create_index(batch_op.f("ix_review_item_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_item_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "uq_review_item_one_open_share",
            ["share_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "reported_words",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("to_one", sa.Boolean(), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_reported_words_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_reported_words")),
    )
    with op.batch_alter_table("reported_words") as batch_op:
        batch_op.create_index(batch_op.f("ix_reported_words_erase_at"), ["erase_at"], unique=False)

    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_post_id"))
        batch_op.alter_column("post_id", existing_type=sa.Uuid(), new_column_name="target_id")
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_outcome"), OUTCOMES.format(", 'warn'")
        )
    with op.batch_alter_table("decision") as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_target_id"), ["target_id"], unique=False)
    _append_only_again()

    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE reported_words ALTER locked SET STATISTICS 0")


def downgrade() -> None:
    # What the older house had no place for.
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER decision_no_{verb}")
    else:
        op.execute("ALTER TABLE decision DISABLE TRIGGER decision_append_only")
    op.execute(
        "DELETE FROM decision "
        "WHERE item_id IN (SELECT id FROM review_item WHERE share_id IS NOT NULL)"
    )
    op.execute(
        "DELETE FROM report "
        "WHERE item_id IN (SELECT id FROM review_item WHERE share_id IS NOT NULL)"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE decision ENABLE TRIGGER decision_append_only")

    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_target_id"))
        batch_op.alter_column("target_id", existing_type=sa.Uuid(), new_column_name="post_id")
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_decision_outcome"), OUTCOMES.format(""))
    with op.batch_alter_table("decision") as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_post_id"), ["post_id"], unique=False)
    _append_only_again()

    op.drop_table("reported_words")
    op.execute("DELETE FROM review_item WHERE share_id IS NOT NULL")
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_index("uq_review_item_one_open_share")
        batch_op.drop_index(batch_op.f("ix_review_item_author_id"))
        batch_op.drop_index(batch_op.f("ix_review_item_call_id"))
        batch_op.drop_constraint(batch_op.f("ck_review_item_post_as_it_was"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_review_item_share_of_a_call"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_review_item_about_one_thing"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_review_item_author_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_review_item_call_id_call"), type_="foreignkey")
        batch_op.drop_column("author_id")
        batch_op.drop_column("call_id")
        batch_op.drop_column("share_id")
        batch_op.alter_column("reported_html", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("reported_version", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("post_id", existing_type=sa.Uuid(), nullable=False)


def _append_only_again() -> None:
    """SQLite has made the table of decisions anew, without what refuses change."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER decision_no_{verb} BEFORE {verb.upper()} ON decision "
                "BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END"
            )
