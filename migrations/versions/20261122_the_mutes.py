"""what somebody does not want to read"""

import sqlalchemy as sa
from alembic import op

revision = "c87459031dc8"
down_revision = "b76348920cb7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (thread_id IS NULL)", name=op.f("ck_mute_of_one_thing")
        ),
        sa.CheckConstraint("member_id <> account_id", name=op.f("ck_mute_of_somebody_else")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_mute_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["account.id"],
            name=op.f("fk_mute_member_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_mute_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mute")),
        sa.UniqueConstraint("account_id", "member_id", name=op.f("uq_mute_account_id_member_id")),
        sa.UniqueConstraint("account_id", "thread_id", name=op.f("uq_mute_account_id_thread_id")),
    )
    with op.batch_alter_table("mute") as batch_op:
        batch_op.create_index(batch_op.f("ix_mute_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mute_thread_id"), ["thread_id"], unique=False)


def downgrade() -> None:
    op.drop_table("mute")
