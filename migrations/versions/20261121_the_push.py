"""devices that say when something is new"""

import sqlalchemy as sa
from alembic import op

revision = "b5a7c9ebf605"
down_revision = "b4f6b8dae504"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "push_subscription",
        sa.Column("browser_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["browser_id"],
            ["signed_in_browser.id"],
            name=op.f("fk_push_subscription_browser_id_signed_in_browser"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("browser_id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_subscription_endpoint")),
    )
    with op.batch_alter_table("push_subscription") as batch_op:
        batch_op.create_index(batch_op.f("ix_push_subscription_due_at"), ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("push_subscription")
