"""what somebody follows, and what they marked"""

import sqlalchemy as sa
from alembic import op

revision = "a21893475b0c"
down_revision = "f10782364afb"
branch_labels = None
depends_on = None

NEWS_BEFORE = (
    "news IN ('calls', 'groups', 'replies', 'day_before', 'hour_before', 'at_start', 'day_after', "
    "'weekly')"
)
NEWS = (
    "news IN ('calls', 'groups', 'replies', 'day_before', 'hour_before', 'at_start', 'day_after', "
    "'weekly', 'followed')"
)


def upgrade() -> None:
    op.create_table(
        "following",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(thread_id IS NULL) <> (topic IS NULL)", name=op.f("ck_following_of_one_thing")
        ),
        sa.CheckConstraint("level IN ('place', 'mail', 'none')", name=op.f("ck_following_level")),
        _of("following", "account"),
        _of("following", "thread"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_following")),
        sa.UniqueConstraint(
            "account_id", "thread_id", name=op.f("uq_following_account_id_thread_id")
        ),
        sa.UniqueConstraint("account_id", "topic", name=op.f("uq_following_account_id_topic")),
    )
    op.create_index(op.f("ix_following_thread_id"), "following", ["thread_id"])
    op.create_table(
        "heard_mark",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _of("heard_mark", "account"),
        _of("heard_mark", "thread"),
        sa.PrimaryKeyConstraint("account_id", "thread_id", name=op.f("pk_heard_mark")),
    )
    op.create_index(op.f("ix_heard_mark_thread_id"), "heard_mark", ["thread_id"])
    op.create_table(
        "bookmark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        _of("bookmark", "account"),
        _of("bookmark", "post"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmark")),
        sa.UniqueConstraint("account_id", "post_id", name=op.f("uq_bookmark_account_id_post_id")),
    )
    op.create_index(op.f("ix_bookmark_post_id"), "bookmark", ["post_id"])
    op.create_table(
        "thread_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _of("thread_feed", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_feed")),
        sa.UniqueConstraint("account_id", name=op.f("uq_thread_feed_account_id")),
    )
    _move_muted_threads()
    _allow_news(NEWS)


def _move_muted_threads() -> None:
    """Not to hear of a thread is one of the ways to follow it; mutes are of people."""
    op.execute(
        "INSERT INTO following (id, account_id, thread_id, level, since) "
        "SELECT id, account_id, thread_id, 'none', since FROM mute WHERE thread_id IS NOT NULL"
    )
    op.execute("DELETE FROM mute WHERE thread_id IS NOT NULL")
    with op.batch_alter_table("mute") as batch_op:
        batch_op.drop_index(batch_op.f("ix_mute_thread_id"))
        batch_op.drop_constraint(batch_op.f("ck_mute_of_one_thing"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_mute_account_id_thread_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_mute_thread_id_thread"), type_="foreignkey")
        batch_op.drop_column("thread_id")
        batch_op.alter_column("member_id", existing_type=sa.Uuid(), nullable=False)


def downgrade() -> None:
    # What the older house had no place for.
    op.execute("DELETE FROM news_choice WHERE news = 'followed'")
    _allow_news(NEWS_BEFORE)
    with op.batch_alter_table("mute") as batch_op:
        batch_op.add_column(sa.Column("thread_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("member_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_check_constraint(
            batch_op.f("ck_mute_of_one_thing"), "(member_id IS NULL) <> (thread_id IS NULL)"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_mute_account_id_thread_id"), ["account_id", "thread_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_mute_thread_id_thread"),
            "thread",
            ["thread_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_index(batch_op.f("ix_mute_thread_id"), ["thread_id"])
    op.execute(
        "INSERT INTO mute (id, account_id, thread_id, since) "
        "SELECT id, account_id, thread_id, since FROM following "
        "WHERE thread_id IS NOT NULL AND level = 'none'"
    )
    for table in ("thread_feed", "bookmark", "heard_mark", "following"):
        op.drop_table(table)


def _allow_news(these: str) -> None:
    with op.batch_alter_table("news_choice") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_news_choice_news"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_news_choice_news"), these)


def _of(table: str, other: str) -> sa.ForeignKeyConstraint:
    column = f"{other}_id"
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
