"""threads that are pinned, locked, moved, split or merged; words that can be put back"""

import sqlalchemy as sa
from alembic import op

revision = "b32904586c1d"
down_revision = "a21893475b0c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thread_pin",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place IN ('topic', 'group')", name=op.f("ck_thread_pin_pinplace")),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_thread_pin_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "place", name=op.f("pk_thread_pin")),
    )
    _taken_back()
    with op.batch_alter_table("thread") as batch_op:
        batch_op.add_column(sa.Column("merged_into", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_thread_merged_into_thread"),
            "thread",
            ["merged_into"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_index(batch_op.f("ix_thread_merged_into"), ["merged_into"], unique=False)
    with op.batch_alter_table("thread_pace") as batch_op:
        batch_op.alter_column("until", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.drop_constraint(batch_op.f("ck_thread_pace_pacekind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_thread_pace_pacekind"), "kind IN ('pause', 'slow', 'lock')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_thread_pace_lock_has_no_end"), "(kind = 'lock') = (until IS NULL)"
        )


def downgrade() -> None:
    """Threads whose posts are elsewhere go: nothing was left of them."""
    op.execute("DELETE FROM thread_pace WHERE kind = 'lock'")
    with op.batch_alter_table("thread_pace") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_thread_pace_lock_has_no_end"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_thread_pace_pacekind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_thread_pace_pacekind"), "kind IN ('pause', 'slow')"
        )
        batch_op.alter_column("until", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.execute("DELETE FROM thread WHERE merged_into IS NOT NULL")
    with op.batch_alter_table("thread") as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_merged_into"))
        batch_op.drop_constraint(batch_op.f("fk_thread_merged_into_thread"), type_="foreignkey")
        batch_op.drop_column("merged_into")
    op.drop_table("taken_back")
    op.drop_table("thread_pin")


def _taken_back() -> None:
    op.create_table(
        "taken_back",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("hidden_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'returned', 'published', 'hidden', 'removed', 'deleted')",
            name=op.f("ck_taken_back_poststate"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_taken_back_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
            name=op.f("fk_taken_back_post_id_post"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_taken_back")),
    )
    with op.batch_alter_table("taken_back") as batch_op:
        batch_op.create_index(batch_op.f("ix_taken_back_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_taken_back_erase_at"), ["erase_at"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for column in ("title", "text"):
            op.execute(f"ALTER TABLE taken_back ALTER {column} SET STATISTICS 0")
