"""reports about people and calls; not for me; a second opinion; partly upheld"""

import sqlalchemy as sa
from alembic import op

revision = "f54126708a95"
down_revision = "e43015697f84"
branch_labels = None
depends_on = None

RESULTS = "result IN ('upheld'{}, 'rejected')"
NEW = "SELECT id FROM review_item WHERE about IN ('person', 'call')"
REFERRING = ("report", "reported_words", "item_claim", "appeal", "care_taken", "sanction_proposal")


def upgrade() -> None:
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("reported_call", sa.String(), nullable=True))
    op.execute(
        "UPDATE review_item SET about = CASE WHEN post_id IS NULL THEN 'share' ELSE 'post' END"
    )
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.alter_column("about", existing_type=sa.String(length=40), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_target"), "about IN ('post', 'share', 'person', 'call')"
        )
        batch_op.drop_constraint(batch_op.f("ck_review_item_share_of_a_call"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_review_item_about_one_thing"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_about_one_thing"),
            "(about = 'post') = (post_id IS NOT NULL) "
            "AND (about = 'share') = (share_id IS NOT NULL) "
            "AND (about IN ('share', 'call')) = (call_id IS NOT NULL)",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_call_as_it_was"),
            "(about = 'call') = (reported_call IS NOT NULL)",
        )
        for about, columns in (("person", ["author_id", "group_id"]), ("call", ["call_id"])):
            batch_op.create_index(
                f"uq_review_item_one_open_{about}",
                columns,
                unique=True,
                sqlite_where=sa.text(f"closed_at IS NULL AND about = '{about}'"),
                postgresql_where=sa.text(f"closed_at IS NULL AND about = '{about}'"),
            )

    with op.batch_alter_table("report") as batch_op:
        batch_op.add_column(sa.Column("met_in", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_report_met_in_call"), "call", ["met_in"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_report_met_in"), ["met_in"], unique=False)

    with op.batch_alter_table("appeal") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_appeal_result"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_appeal_result"), RESULTS.format(", 'partly_upheld'")
        )

    op.create_table(
        "item_passed",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_item_passed_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_item_passed_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "account_id", name=op.f("pk_item_passed")),
    )
    with op.batch_alter_table("item_passed") as batch_op:
        batch_op.create_index(batch_op.f("ix_item_passed_account_id"), ["account_id"], unique=False)

    op.create_table(
        "second_opinion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(given_by IS NULL) = (given_at IS NULL) AND (given_by IS NULL) = (opinion IS NULL)",
            name=op.f("ck_second_opinion_given_whole"),
        ),
        sa.CheckConstraint("given_by <> asked_by", name=op.f("ck_second_opinion_by_somebody_else")),
        sa.CheckConstraint(
            "opinion IS NULL OR length(trim(opinion)) > 0",
            name=op.f("ck_second_opinion_given_in_words"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_second_opinion_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_opinion")),
    )
    with op.batch_alter_table("second_opinion") as batch_op:
        batch_op.create_index(batch_op.f("ix_second_opinion_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "uq_second_opinion_one_open",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("given_at IS NULL"),
            postgresql_where=sa.text("given_at IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("second_opinion")
    op.drop_table("item_passed")

    op.execute("UPDATE appeal SET result = 'upheld' WHERE result = 'partly_upheld'")
    with op.batch_alter_table("appeal") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_appeal_result"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_appeal_result"), RESULTS.format(""))

    # What the older house had no place for. What was decided about it stays written down.
    for table in REFERRING:
        op.execute(f"DELETE FROM {table} WHERE item_id IN ({NEW})")  # noqa: S608 our own names
    op.execute("DELETE FROM review_item WHERE about IN ('person', 'call')")
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_met_in"))
        batch_op.drop_constraint(batch_op.f("fk_report_met_in_call"), type_="foreignkey")
        batch_op.drop_column("met_in")
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_index("uq_review_item_one_open_call")
        batch_op.drop_index("uq_review_item_one_open_person")
        batch_op.drop_constraint(batch_op.f("ck_review_item_call_as_it_was"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_review_item_about_one_thing"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_review_item_target"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_about_one_thing"), "(post_id IS NULL) <> (share_id IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_review_item_share_of_a_call"), "(share_id IS NULL) = (call_id IS NULL)"
        )
        batch_op.drop_column("reported_call")
        batch_op.drop_column("about")
