"""a room is kept as it is written"""

import sqlalchemy as sa
from alembic import op

revision = "5a7c9e1b3d20"
down_revision = "7a1b3c5d9e20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("live_room") as batch_op:
        batch_op.alter_column(
            "state", existing_type=sa.JSON(), type_=sa.Text(), postgresql_using="state::text"
        )


def downgrade() -> None:
    with op.batch_alter_table("live_room") as batch_op:
        batch_op.alter_column(
            "state", existing_type=sa.Text(), type_=sa.JSON(), postgresql_using="state::json"
        )
