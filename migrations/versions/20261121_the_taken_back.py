"""a report can be taken back"""

import sqlalchemy as sa
from alembic import op

revision = "a0fce1253b40"
down_revision = "f9ebd0142a39"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report") as batch_op:
        batch_op.add_column(sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Whatever was taken back is no report."""
    op.execute(sa.text("DELETE FROM report WHERE taken_back_at IS NOT NULL"))
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_column("taken_back_at")
