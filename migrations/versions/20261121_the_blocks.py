"""people who keep apart from each other"""

import sqlalchemy as sa
from alembic import op

revision = "c6b8dae1f706"
down_revision = "b5a7c9ebf605"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "block",
        sa.Column("blocker_id", sa.Uuid(), nullable=False),
        sa.Column("blocked_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("blocker_id <> blocked_id", name=op.f("ck_block_two_people")),
        sa.ForeignKeyConstraint(
            ["blocked_id"],
            ["account.id"],
            name=op.f("fk_block_blocked_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["blocker_id"],
            ["account.id"],
            name=op.f("fk_block_blocker_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("blocker_id", "blocked_id", name=op.f("pk_block")),
    )
    with op.batch_alter_table("block") as batch_op:
        batch_op.create_index(batch_op.f("ix_block_blocked_id"), ["blocked_id"], unique=False)


def downgrade() -> None:
    op.drop_table("block")
