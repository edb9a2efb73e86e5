"""the circle"""

import sqlalchemy as sa
from alembic import op

revision = "ef4ad374e304"
down_revision = "b5c1cbc2cc63"
branch_labels = None
depends_on = None


NEW_TABLES = ("thread_reader", "prepared_share", "after_line", "first_place", "attendance")

UNSAMPLED = (
    ("prepared_share", "words"),
    ("after_line", "words"),
    ("thread", "title"),
    ("post", "text"),
    ("post", "html"),
    ("post_version", "html"),
    ("draft", "title"),
    ("draft", "words"),
)

NEW_COLUMNS = (
    ("account", "in_circles", sa.JSON(), "{}"),
    ("seat", "is_first", sa.Boolean(), sa.false()),
    ("room_text", "aloud", sa.Boolean(), sa.false()),
)

# Check constraints that hold something else now: table, name, before, after.
CHECKS = (
    (
        "call",
        "ck_call_callstate",
        "state IN ('draft', 'open', 'lobby', 'live', 'ended', 'cancelled')",
        "state IN ('draft', 'open', 'lobby', 'live', 'closing', 'ended', 'cancelled')",
    ),
    (
        "seat",
        "ck_seat_seatstate",
        "state IN ('confirmed', 'waiting', 'offered', 'released')",
        "state IN ('confirmed', 'waiting', 'standby', 'offered', 'released')",
    ),
)


def upgrade() -> None:
    op.create_table(
        "first_place",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_first_place_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_first_place_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "group_id", name=op.f("pk_first_place")),
    )
    with op.batch_alter_table("first_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_first_place_group_id"), ["group_id"], unique=False)

    op.create_table(
        "after_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_after_line_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_after_line_call_id_call"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_after_line")),
    )
    with op.batch_alter_table("after_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_after_line_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_after_line_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_after_line_erase_at"), ["erase_at"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "was",
            sa.Enum(
                "attended",
                "not-there",
                "excused",
                name="was",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_attendance_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_attendance_call_id_call"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "account_id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_erase_at"), ["erase_at"], unique=False)

    op.create_table(
        "prepared_share",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("aloud", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_prepared_share_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["call.id"],
            name=op.f("fk_prepared_share_call_id_call"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", "account_id", name=op.f("pk_prepared_share")),
    )
    with op.batch_alter_table("prepared_share", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_prepared_share_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "thread_reader",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_thread_reader_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_thread_reader_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "account_id", name=op.f("pk_thread_reader")),
    )
    with op.batch_alter_table("thread_reader", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thread_reader_account_id"), ["account_id"], unique=False
        )

    # What is there gets a value; what comes later has to bring its own.
    for table, name, kind, value in NEW_COLUMNS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=value))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(name, server_default=None)

    for table, name, _before, after in CHECKS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(name), type_="check")
            batch_op.create_check_constraint(batch_op.f(name), after)

    with op.batch_alter_table("room_text") as batch_op:
        batch_op.add_column(sa.Column("reply_to", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_room_text_reply_to_account"),
            "account",
            ["reply_to"],
            ["id"],
            ondelete="CASCADE",
        )

    with op.batch_alter_table("thread") as batch_op:
        batch_op.add_column(sa.Column("circle_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_thread_erase_at"), ["erase_at"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_thread_circle_id"), ["circle_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_thread_circle_id_call"),
            "call",
            ["circle_id"],
            ["id"],
            ondelete="CASCADE",
        )

    if op.get_bind().dialect.name == "postgresql":
        # Its statistics would keep samples of what was written, long after it is erased.
        for table, column in UNSAMPLED:
            op.execute(f"ALTER TABLE {table} ALTER {column} SET STATISTICS 0")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column in UNSAMPLED:
            op.execute(f"ALTER TABLE {table} ALTER {column} SET STATISTICS -1")

    # What the older house had no place for.
    op.execute("DELETE FROM thread WHERE circle_id IS NOT NULL")
    op.execute("DELETE FROM room_text WHERE reply_to IS NOT NULL")
    op.execute("DELETE FROM seat WHERE state = 'standby'")
    op.execute("UPDATE call SET state = 'live' WHERE state = 'closing'")

    with op.batch_alter_table("thread") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_thread_circle_id_call"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_thread_circle_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_thread_erase_at"))
        batch_op.drop_column("erase_at")
        batch_op.drop_column("circle_id")

    with op.batch_alter_table("room_text") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_room_text_reply_to_account"), type_="foreignkey")
        batch_op.drop_column("reply_to")

    for table, name, before, _after in CHECKS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(name), type_="check")
            batch_op.create_check_constraint(batch_op.f(name), before)

    for table, name, _kind, _value in NEW_COLUMNS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(name)

    for table in NEW_TABLES:
        op.drop_table(table)
