"""notices under the law, and who looks at an appeal"""

import sqlalchemy as sa
from alembic import op

revision = "071f06119674"
down_revision = "f6b5b930ad39"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appeal_claim",
        sa.Column("appeal_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_appeal_claim_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["appeal_id"],
            ["appeal.id"],
            name=op.f("fk_appeal_claim_appeal_id_appeal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("appeal_id", name=op.f("pk_appeal_claim")),
    )
    with op.batch_alter_table("appeal_claim") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appeal_claim_account_id"), ["account_id"], unique=False
        )
    with op.batch_alter_table("report") as batch_op:
        batch_op.add_column(sa.Column("law", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("decision_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("law", server_default=None)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE report ALTER law SET STATISTICS 0")


def downgrade() -> None:
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_column("decision_id")
        batch_op.drop_column("law")
    op.drop_table("appeal_claim")
