"""pictures in posts"""

import sqlalchemy as sa
from alembic import op

revision = "a07e59ad63c2"
down_revision = "f76d489c52b1"
branch_labels = None
depends_on = None

NO_SAMPLES = (
    ("picture", "words"),
    ("picture_file", "small"),
    ("picture_file", "large"),
    ("post_version", "pictures"),
)


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "erase_at IS NOT NULL OR (post_id IS NOT NULL AND place IS NULL)",
            name=op.f("ck_picture_in_a_post"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_picture_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_picture_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_picture_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
    )
    with op.batch_alter_table("picture") as batch_op:
        batch_op.create_index("ix_picture_account_place", ["account_id", "place"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_erase_at"), ["erase_at"], unique=False)
    op.create_table(
        "picture_file",
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("large", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["picture.id"],
            name=op.f("fk_picture_file_picture_id_picture"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_picture_file")),
    )
    with op.batch_alter_table("post_version") as batch_op:
        batch_op.add_column(sa.Column("pictures", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("post_version") as batch_op:
        batch_op.alter_column("pictures", existing_type=sa.JSON(), server_default=None)
    if op.get_bind().dialect.name == "postgresql":
        for table, column in NO_SAMPLES:
            op.execute(f"ALTER TABLE {table} ALTER {column} SET STATISTICS 0")


def downgrade() -> None:
    with op.batch_alter_table("post_version") as batch_op:
        batch_op.drop_column("pictures")
    op.drop_table("picture_file")
    op.drop_table("picture")
