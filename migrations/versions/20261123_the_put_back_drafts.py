"""what somebody threw away before they sent it"""

import sqlalchemy as sa
from alembic import op

revision = "6d4b3f70ae85"
down_revision = "6b2f1d5e8c63"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thrown_away",
        sa.Column("stamp", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("overtaken", sa.JSON(), nullable=False),
        sa.Column("thrown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{of}.id"],
                name=op.f(f"fk_thrown_away_{column}_{of}"),
                ondelete="CASCADE",
            )
            for column, of in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("stamp", name=op.f("pk_thrown_away")),
    )
    with op.batch_alter_table("thrown_away") as batch_op:
        for column in (*REFERS, "erase_at"):
            batch_op.create_index(batch_op.f(f"ix_thrown_away_{column}"), [column], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for column in ("title", "words"):
            op.execute(f"ALTER TABLE thrown_away ALTER {column} SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("thrown_away")


REFERS = {"account_id": "account", "thread_id": "thread", "post_id": "post"}
