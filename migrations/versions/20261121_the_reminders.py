"""reminders, quiet hours and one press to stop letters"""

import sqlalchemy as sa
from alembic import op

revision = "b3e5a7c9d403"
down_revision = "b2d4f6a8c302"
branch_labels = None
depends_on = None

NEWS_BEFORE = "news IN ('calls', 'groups', 'replies')"
NEWS = "news IN ('calls', 'groups', 'replies', 'day_before', 'hour_before', 'at_start', 'weekly')"


def upgrade() -> None:
    op.create_table(
        "quiet_hours",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.CheckConstraint(
            "(begins IS NULL) = (ends IS NULL)", name=op.f("ck_quiet_hours_both_or_none")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_quiet_hours_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_quiet_hours")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("armed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('day_before', 'hour_before', 'at_start')",
            name=op.f("ck_reminder_reminderkind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_reminder_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_reminder_call_id_call"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "call_id", "account_id", "kind", name=op.f("uq_reminder_call_id_account_id_kind")
        ),
    )
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_due_at"), ["due_at"], unique=False)

    with op.batch_alter_table("news_choice") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_news_choice_news"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_news_choice_news"), NEWS)

    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.add_column(sa.Column("stops", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.drop_column("stops")

    # What the older house had no place for.
    op.execute("DELETE FROM news_choice WHERE news NOT IN ('calls', 'groups', 'replies')")
    with op.batch_alter_table("news_choice") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_news_choice_news"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_news_choice_news"), NEWS_BEFORE)

    op.drop_table("reminder")
    op.drop_table("quiet_hours")
