"""who reported can be looked up, and a report can keep its sender from that"""

import sqlalchemy as sa
from alembic import op

revision = "a5c3a2f0b817"
down_revision = "e4b293e1a706"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was reported before was sent under the words “Nobody is told that it was you”."""
    with op.batch_alter_table("report") as batch_op:
        batch_op.add_column(
            sa.Column("is_anonymous", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("report") as batch_op:
        batch_op.alter_column("is_anonymous", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("unmasking") as batch_op:
        batch_op.add_column(sa.Column("report_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_unmasking_report_id_report"),
            "report",
            ["report_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_index(batch_op.f("ix_unmasking_report_id"), ["report_id"], unique=False)
        batch_op.drop_constraint(batch_op.f("ck_unmasking_not_by_its_writer"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_unmasking_by_somebody_else"), "by_id <> account_id"
        )


def downgrade() -> None:
    op.execute("DELETE FROM unmasking WHERE report_id IS NOT NULL")
    with op.batch_alter_table("unmasking") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_unmasking_by_somebody_else"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_unmasking_not_by_its_writer"), "by_id <> account_id"
        )
        batch_op.drop_index(batch_op.f("ix_unmasking_report_id"))
        batch_op.drop_constraint(batch_op.f("fk_unmasking_report_id_report"), type_="foreignkey")
        batch_op.drop_column("report_id")
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_column("is_anonymous")
