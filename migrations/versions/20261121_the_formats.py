"""how people take part in a call is said beforehand"""

import sqlalchemy as sa
from alembic import op

revision = "e8dafc031928"
down_revision = "d7c9ebf20817"
branch_labels = None
depends_on = None

TABLES = ("call", "call_template", "series")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column("format", sa.String(length=40), nullable=False, server_default="any")
            )
            batch_op.create_check_constraint(
                batch_op.f(f"ck_{table}_format"), "format IN ('any', 'typed', 'by-ear')"
            )
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("format", existing_type=sa.String(length=40), server_default=None)


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_format"), type_="check")
            batch_op.drop_column("format")
