"""what moderators would like to talk over"""

import sqlalchemy as sa
from alembic import op

revision = "7a1b3c5d9e20"
down_revision = "7c2e4a6b8d10"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talk_asked",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_talk_asked_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_talk_asked")),
    )
    op.create_table(
        "talk_hearer",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("hearer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["talk_asked.account_id"],
            name=op.f("fk_talk_hearer_account_id_talk_asked"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["hearer_id"],
            ["account.id"],
            name=op.f("fk_talk_hearer_hearer_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "hearer_id", name=op.f("pk_talk_hearer")),
    )
    with op.batch_alter_table("talk_hearer") as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_hearer_hearer_id"), ["hearer_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE talk_asked ALTER words SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("talk_hearer")
    op.drop_table("talk_asked")
