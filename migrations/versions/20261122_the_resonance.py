"""answers in a word, replies to somebody, and whom they name"""

import sqlalchemy as sa
from alembic import op

revision = "f10782364afb"
down_revision = "e09671253fea"
branch_labels = None
depends_on = None

WORDS = "word IN ('with_you', 'same_here', 'helped_me', 'thank_you', 'thinking_of_you')"


def upgrade() -> None:
    op.create_table(
        "resonance",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.CheckConstraint(WORDS, name=op.f("ck_resonance_word")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_resonance_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_resonance_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "account_id", "word", name=op.f("pk_resonance")),
    )
    with op.batch_alter_table("resonance") as batch_op:
        batch_op.create_index(batch_op.f("ix_resonance_account_id"), ["account_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Uuid(), nullable=True),
        sa.CheckConstraint("post_id <> to_id", name=op.f("ck_answer_to_another")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_answer_post_id_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["post.id"], name=op.f("fk_answer_to_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer") as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_to_id"), ["to_id"], unique=False)


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("resonance")
