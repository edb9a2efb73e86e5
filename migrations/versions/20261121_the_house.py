"""the house"""

import sqlalchemy as sa
from alembic import op

revision = "b5c1cbc2cc63"
down_revision = "d5ff54b57d7f"
branch_labels = None
depends_on = None

NEW_TABLES = (
    "process_lease",
    "role_change",
    "news_choice",
    "notice",
    "call_template",
    "invitation",
    "help_press",
    "holding_ask",
    "read_mark",
    "thread_tag",
    "draft",
    "live_line",
    "post_version",
    "private_line",
)

# Check constraints of `call` that are new, or hold something else now.
CALL_CHECKS = {
    "ck_call_seats": "seats BETWEEN 2 AND 11",
    "ck_call_room_for_two": "co_facilitator_id IS NULL OR seats <= 10",
    "ck_call_two_people": "co_facilitator_id <> facilitator_id",
    "ck_call_callstate": "state IN ('draft', 'open', 'lobby', 'live', 'ended', 'cancelled')",
    "ck_call_endreason": (
        "ended_reason IN ('finished', 'facilitator-absent', 'empty', 'safety', 'cancelled-live')"
    ),
}

INSTANT = sa.DateTime(timezone=True)
LONG_AGO = "1970-01-01 00:00:00"


def upgrade() -> None:
    op.create_table(
        "process_lease",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_lease")),
    )
    op.create_table(
        "role_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_change")),
    )
    with op.batch_alter_table("role_change", schema=None) as batch_op:
        batch_op.create_index("ix_role_change_of", ["group_id", "account_id", "id"], unique=False)

    op.create_table(
        "news_choice",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "news",
            sa.Enum(
                "calls",
                "groups",
                "replies",
                name="news",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("by_bell", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_news_choice_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "news", name=op.f("pk_news_choice")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("once", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_notice_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("once", name=op.f("uq_notice_once")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_of_account", ["account_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_told_at"), ["told_at"], unique=False)
        batch_op.create_index(
            "ix_notice_unseen",
            ["account_id"],
            unique=False,
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        )

    op.create_table(
        "call_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("happens", sa.String(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_call_template_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_template")),
    )
    with op.batch_alter_table("call_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_template_group_id"), ["group_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("is_for", sa.String(), nullable=False),
        sa.CheckConstraint("uses_left >= 0", name=op.f("ck_invitation_never_overused")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_invitation_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["account.id"],
            name=op.f("fk_invitation_made_by_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_group_id"), ["group_id"], unique=False)

    op.create_table(
        "help_press",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_help_press_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_help_press_call_id_call"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_press")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_help_press_call_id_number")),
    )
    with op.batch_alter_table("help_press", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_press_account_id"), ["account_id"], unique=False)

    op.create_table(
        "holding_ask",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ask",
            sa.Enum(
                "together",
                "instead",
                name="ask",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_holding_ask_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_holding_ask_call_id_call"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "ask", name=op.f("pk_holding_ask")),
    )
    with op.batch_alter_table("holding_ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_ask_account_id"), ["account_id"], unique=False)

    op.create_table(
        "read_mark",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_read_mark_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_read_mark_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "thread_id", name=op.f("pk_read_mark")),
    )
    with op.batch_alter_table("read_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_read_mark_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "thread_tag",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_thread_tag_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "tag", name=op.f("pk_thread_tag")),
    )
    with op.batch_alter_table("thread_tag", schema=None) as batch_op:
        batch_op.create_index("ix_thread_tag_tag", ["tag", "thread_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("stamp", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("overtaken", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_draft_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_draft_post_id_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_draft_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("account_id", "place", name=op.f("uq_draft_account_id_place")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_saved_at"), ["saved_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "live_line",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Uuid(), nullable=True),
        sa.Column("process", sa.Uuid(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_live_line_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["live_room.call_id"],
            name=op.f("fk_live_line_call_id_live_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", "account_id", name=op.f("pk_live_line")),
    )
    with op.batch_alter_table("live_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_live_line_process"), ["process"], unique=False)

    op.create_table(
        "post_version",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_version_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "version", name=op.f("pk_post_version")),
    )
    op.create_table(
        "private_line",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_private_line_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["live_room.call_id"],
            name=op.f("fk_private_line_call_id_live_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", "number", name=op.f("pk_private_line")),
    )
    with op.batch_alter_table("call") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_call_seats"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_call_callstate"), type_="check")
        batch_op.add_column(sa.Column("co_facilitator_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("ended_reason", sa.String(40), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_call_co_facilitator_id_account"),
            "account",
            ["co_facilitator_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.drop_column("created_at")
        for name, holds in CALL_CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(name), holds)

    # What is there gets a value; what comes later has to bring its own.
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.add_column(sa.Column("why", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.alter_column("why", server_default=None)

    with op.batch_alter_table("seat") as batch_op:
        batch_op.add_column(
            sa.Column("shows_card", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("seat") as batch_op:
        batch_op.alter_column("shows_card", server_default=None)

    with op.batch_alter_table("post") as batch_op:
        batch_op.add_column(sa.Column("press_id", sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_post_author_id_press_id"), ["author_id", "press_id"]
        )

    with op.batch_alter_table("room_text") as batch_op:
        batch_op.drop_column("said_at")

    if op.get_bind().dialect.name == "postgresql":
        # Its statistics would keep a sample of what was typed.
        op.execute("ALTER TABLE private_line ALTER words SET STATISTICS 0")


def downgrade() -> None:
    with op.batch_alter_table("room_text") as batch_op:
        batch_op.add_column(sa.Column("said_at", INSTANT, nullable=False, server_default=LONG_AGO))
    with op.batch_alter_table("room_text") as batch_op:
        batch_op.alter_column("said_at", server_default=None)

    with op.batch_alter_table("post") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_post_author_id_press_id"), type_="unique")
        batch_op.drop_column("press_id")

    with op.batch_alter_table("seat") as batch_op:
        batch_op.drop_column("shows_card")

    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.drop_column("why")

    # What the older house had no place for.
    op.execute("UPDATE call SET state = 'cancelled' WHERE state = 'draft'")
    op.execute("UPDATE call SET seats = 10 WHERE seats = 11 AND taken <= 10")
    with op.batch_alter_table("call") as batch_op:
        for name in CALL_CHECKS:
            batch_op.drop_constraint(batch_op.f(name), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_call_co_facilitator_id_account"), type_="foreignkey"
        )
        batch_op.drop_column("co_facilitator_id")
        batch_op.drop_column("ended_reason")
        batch_op.add_column(
            sa.Column("created_at", INSTANT, nullable=False, server_default=LONG_AGO)
        )
        batch_op.create_check_constraint(batch_op.f("ck_call_seats"), "seats BETWEEN 2 AND 10")
        batch_op.create_check_constraint(
            batch_op.f("ck_call_callstate"),
            "state IN ('open', 'lobby', 'live', 'ended', 'cancelled')",
        )
    with op.batch_alter_table("call") as batch_op:
        batch_op.alter_column("created_at", server_default=None)

    for table in reversed(NEW_TABLES):
        op.drop_table(table)
