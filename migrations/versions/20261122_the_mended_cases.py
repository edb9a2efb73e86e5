"""what is for the safety leads, and whom the words of an item name"""

import sqlalchemy as sa
from alembic import op

revision = "fab8f755ac6b"
down_revision = "c7e5c422da39"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.add_column(
            sa.Column("for_leads", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.alter_column("for_leads", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "item_named",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_item_named_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_item_named_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "account_id", name=op.f("pk_item_named")),
    )
    with op.batch_alter_table("item_named") as batch_op:
        batch_op.create_index(batch_op.f("ix_item_named_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("item_named")
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_column("for_leads")
