"""the latest threads of a topic in each group"""

from alembic import op

revision = "7c2e4a6b8d10"
down_revision = "6d4b3f70ae85"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_index("ix_thread_topic_last")
        batch_op.create_index(
            "ix_thread_group_topic_last", ["group_id", "topic", "last_at", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_index("ix_thread_group_topic_last")
        batch_op.create_index("ix_thread_topic_last", ["topic", "last_at", "id"], unique=False)
