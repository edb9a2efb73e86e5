"""calls that come again"""

import sqlalchemy as sa
from alembic import op

revision = "b2d4f6a8c302"
down_revision = "b1c0a5e7f201"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("facilitator_id", sa.Uuid(), nullable=True),
        sa.Column(
            "every",
            sa.Enum(
                "week",
                "two-weeks",
                "month",
                "month-last",
                name="every",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("hour", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("happens", sa.String(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("listeners", sa.Boolean(), nullable=False),
        sa.Column("opens_days", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["account.id"],
            name=op.f("fk_series_facilitator_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_series_group_id_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series") as batch_op:
        batch_op.create_index(batch_op.f("ix_series_group_id"), ["group_id"], unique=False)

    for table in ("call", "call_template"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("opens_days", sa.Integer(), nullable=True))
            batch_op.add_column(
                sa.Column("language", sa.String(), nullable=False, server_default="en")
            )
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("language", existing_type=sa.String(), server_default=None)

    with op.batch_alter_table("call") as batch_op:
        batch_op.add_column(sa.Column("series_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("slot", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("is_own", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_call_series_id_series"),
            "series",
            ["series_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_call_slot_of_a_series"), "(series_id IS NULL) = (slot IS NULL)"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_call_series_id_slot"), ["series_id", "slot"]
        )
    with op.batch_alter_table("call") as batch_op:
        batch_op.alter_column("is_own", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("call") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_call_series_id_slot"), type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_call_slot_of_a_series"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_call_series_id_series"), type_="foreignkey")
        for name in ("moved_at", "is_own", "slot", "series_id"):
            batch_op.drop_column(name)
    for table in ("call_template", "call"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("language")
            batch_op.drop_column("opens_days")
    op.drop_table("series")
