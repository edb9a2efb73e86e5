"""a private calendar feed, and days off"""

import sqlalchemy as sa
from alembic import op

revision = "b4f6b8dae504"
down_revision = "b3e5a7c9d403"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("call") as batch_op:
        batch_op.add_column(sa.Column("timed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE call SET timed_at = CURRENT_TIMESTAMP")
    with op.batch_alter_table("call") as batch_op:
        batch_op.alter_column("timed_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_calendar_feed_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("account_id", name=op.f("uq_calendar_feed_account_id")),
    )

    op.create_table(
        "days_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_days_off_forwards")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_days_off_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_days_off")),
    )
    with op.batch_alter_table("days_off") as batch_op:
        batch_op.create_index(batch_op.f("ix_days_off_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("days_off")
    op.drop_table("calendar_feed")
    with op.batch_alter_table("call") as batch_op:
        batch_op.drop_column("timed_at")
