"""quiet days, and how somebody is today"""

import sqlalchemy as sa
from alembic import op

revision = "6b2f1d5e8c63"
down_revision = "6a1e0c4d7b52"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("how_today", sa.String(40), nullable=True))
        batch_op.add_column(sa.Column("how_today_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_account_howtoday"), "how_today IN ('here', 'bad', 'reading')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_account_how_today_has_its_day"),
            "(how_today IS NULL) = (how_today_until IS NULL)",
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE account ALTER how_today SET STATISTICS 0")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.add_column(
            sa.Column("put_down", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("notice") as batch_op:
        batch_op.alter_column("put_down", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_column("put_down")
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_account_how_today_has_its_day"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_account_howtoday"), type_="check")
        batch_op.drop_column("how_today_until")
        batch_op.drop_column("how_today")
        batch_op.drop_column("quiet_until")
