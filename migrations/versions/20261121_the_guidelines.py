"""guidelines of a group, and who checked the lines for help"""

import sqlalchemy as sa
from alembic import op

revision = "b10df2364c51"
down_revision = "a0fce1253b40"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "helpline_check",
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("verified_on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["verified_by"],
            ["account.id"],
            name=op.f("fk_helpline_check_verified_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("country", name=op.f("pk_helpline_check")),
    )
    op.create_table(
        "group_guideline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_group_guideline_has_title")),
        sa.CheckConstraint("length(trim(words)) > 0", name=op.f("ck_group_guideline_has_words")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_group_guideline_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["account.id"],
            name=op.f("fk_group_guideline_written_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_guideline")),
    )
    with op.batch_alter_table("group_guideline") as batch_op:
        batch_op.create_index(batch_op.f("ix_group_guideline_group_id"), ["group_id"], unique=False)


def downgrade() -> None:
    op.drop_table("group_guideline")
    op.drop_table("helpline_check")
