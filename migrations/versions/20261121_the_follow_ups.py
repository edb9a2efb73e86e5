"""whoever was at a call is asked the day after how it landed; devices are told by kind of news"""

import sqlalchemy as sa
from alembic import op

revision = "f9ebd0142a39"
down_revision = "e8dafc031928"
branch_labels = None
depends_on = None

NEWS_BEFORE = (
    "news IN ('calls', 'groups', 'replies', 'day_before', 'hour_before', 'at_start', 'weekly')"
)
NEWS = (
    "news IN ('calls', 'groups', 'replies', 'day_before', 'hour_before', 'at_start', 'day_after', "
    "'weekly')"
)


def upgrade() -> None:
    with op.batch_alter_table("attendance") as batch_op:
        batch_op.add_column(sa.Column("follow_up_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_attendance_asked_who_was_there"),
            "was = 'attended' OR follow_up_at IS NULL",
        )
        batch_op.create_index(
            batch_op.f("ix_attendance_follow_up_at"), ["follow_up_at"], unique=False
        )
    with op.batch_alter_table("news_choice") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_news_choice_news"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_news_choice_news"), NEWS)
        batch_op.add_column(sa.Column("by_push", sa.Boolean(), nullable=True))
    op.execute("UPDATE news_choice SET by_push = by_bell")  # devices said what the bell did
    with op.batch_alter_table("news_choice") as batch_op:
        batch_op.alter_column("by_push", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    # What the older house had no place for.
    op.execute("DELETE FROM news_choice WHERE news = 'day_after'")
    with op.batch_alter_table("news_choice") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_news_choice_news"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_news_choice_news"), NEWS_BEFORE)
        batch_op.drop_column("by_push")
    with op.batch_alter_table("attendance") as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_follow_up_at"))
        batch_op.drop_constraint(batch_op.f("ck_attendance_asked_who_was_there"), type_="check")
        batch_op.drop_column("follow_up_at")
