"""what moderators note about a person"""

import sqlalchemy as sa
from alembic import op

revision = "d3a182d096f5"
down_revision = "c29071cf85e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("author_id <> subject_id", name=op.f("ck_remark_by_somebody_else")),
        sa.CheckConstraint("until > written_at", name=op.f("ck_remark_for_a_while")),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["account.id"],
            name=op.f("fk_remark_subject_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_remark_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["account.id"],
            name=op.f("fk_remark_author_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    with op.batch_alter_table("remark") as batch_op:
        for column in ("subject_id", "group_id", "author_id", "until"):
            batch_op.create_index(batch_op.f(f"ix_remark_{column}"), [column], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE remark ALTER words SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("remark")
