"""who greets new members of a group"""

import sqlalchemy as sa
from alembic import op

revision = "6b21d4f60813"
down_revision = "6a10c3e5f702"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "greeter",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("hears", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "since IS NOT NULL OR words = ''", name=op.f("ck_greeter_words_after_yes")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "account_id"],
            ["membership.group_id", "membership.account_id"],
            name=op.f("fk_greeter_group_id_membership"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_greeter_thread_id_thread"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_greeter")),
    )
    with op.batch_alter_table("greeter") as batch_op:
        batch_op.create_index(batch_op.f("ix_greeter_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_greeter_thread_id"), ["thread_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE greeter ALTER words SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("greeter")
