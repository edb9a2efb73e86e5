"""a hint to whoever answers, and pictures that come back"""

import sqlalchemy as sa
from alembic import op

revision = "0eb010089b99"
down_revision = "071f06119674"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hint",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("hinted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_hint_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_hint")),
    )
    with op.batch_alter_table("picture") as batch_op:
        batch_op.add_column(sa.Column("taken_out_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("post_version") as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("post_version") as batch_op:
        batch_op.alter_column("title", existing_type=sa.String(), server_default=None)
    with op.batch_alter_table("promoted_topic") as batch_op:
        batch_op.add_column(sa.Column("near", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("promoted_topic") as batch_op:
        batch_op.alter_column("near", existing_type=sa.JSON(), server_default=None)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE post_version ALTER title SET STATISTICS 0")


def downgrade() -> None:
    with op.batch_alter_table("promoted_topic") as batch_op:
        batch_op.drop_column("near")
    with op.batch_alter_table("post_version") as batch_op:
        batch_op.drop_column("title")
    with op.batch_alter_table("picture") as batch_op:
        batch_op.drop_column("taken_out_at")
    op.drop_table("hint")
