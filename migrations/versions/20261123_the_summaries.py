"""a long thread in short"""

import sqlalchemy as sa
from alembic import op

revision = "6a10c3e5f702"
down_revision = "5a7c9e1b3d20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thread_summary",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_thread_summary_number_from_one")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_thread_summary_has_words")),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["account.id"],
            name=op.f("fk_thread_summary_author_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_thread_summary_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_thread_summary")),
    )
    with op.batch_alter_table("thread_summary") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thread_summary_author_id"), ["author_id"], unique=False
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE thread_summary ALTER text SET STATISTICS 0")
        op.execute("ALTER TABLE thread_summary ALTER html SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("thread_summary")
