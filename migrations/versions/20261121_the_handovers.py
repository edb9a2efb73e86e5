"""a series is handed over; and letters that nobody needs any more"""

import sqlalchemy as sa
from alembic import op

revision = "d7c9ebf20817"
down_revision = "c6b8dae1f706"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series_ask",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_series_ask_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["account.id"],
            name=op.f("fk_series_ask_asked_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["series.id"],
            name=op.f("fk_series_ask_series_id_series"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_series_ask")),
    )
    with op.batch_alter_table("series_ask") as batch_op:
        batch_op.create_index(batch_op.f("ix_series_ask_account_id"), ["account_id"], unique=False)
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.add_column(sa.Column("until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.drop_column("until")
    op.drop_table("series_ask")
