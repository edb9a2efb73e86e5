"""a second press of a picture is known"""

import sqlalchemy as sa
from alembic import op

revision = "0bc9a866bd7c"
down_revision = "fab8f755ac6b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("picture") as batch_op:
        batch_op.add_column(sa.Column("press_id", sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_picture_account_id_press_id"), ["account_id", "press_id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("picture") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_picture_account_id_press_id"), type_="unique")
        batch_op.drop_column("press_id")
