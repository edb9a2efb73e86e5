"""being erased, and taking one's data out"""

import sqlalchemy as sa
from alembic import op

revision = "f76d489c52b1"
down_revision = "e65c378b91a0"
branch_labels = None
depends_on = None

STANDINGS = "standing IN ('guest', 'arriving', 'active'{})"
NO_SAMPLES = {
    "account": ("email", "name", "access_card"),
    "sign_in_link": ("email",),
    "outbox_letter": ("address", "facts"),
    "notice": ("facts",),
    "group": ("name", "about", "question", "decision_words"),
    "join_request": ("answer",),
    "invitation": ("is_for",),
    "report": ("words",),
    "appeal": ("words",),
}


def upgrade() -> None:
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_account_standing"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_account_standing"), STANDINGS.format(", 'leaving'")
        )
    _make_leaving()
    op.create_table(
        "data_taken",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_data_taken_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_data_taken")),
    )
    _make_kept_away()
    _keep_samples(0)


def downgrade() -> None:
    _keep_samples(-1)
    for table in ("kept_away", "data_taken", "leaving"):
        op.drop_table(table)
    # Nobody is erased by this: whoever was leaving stands at the door again.
    op.execute("UPDATE account SET standing = 'arriving' WHERE standing = 'leaving'")
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_account_standing"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_account_standing"), STANDINGS.format(""))


def _make_leaving() -> None:
    op.create_table(
        "leaving",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "words",
            sa.Enum("erased", "stay", name="words", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "was",
            sa.Enum(
                "guest",
                "arriving",
                "active",
                "leaving",
                name="standing",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words IN ('erased', 'stay')", name=op.f("ck_leaving_words")),
        sa.CheckConstraint(
            "was IN ('guest', 'arriving', 'active', 'leaving')", name=op.f("ck_leaving_standing")
        ),
        sa.CheckConstraint("erase_at >= asked_at", name=op.f("ck_leaving_erased_afterwards")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_leaving_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_leaving")),
    )
    with op.batch_alter_table("leaving") as batch_op:
        batch_op.create_index(batch_op.f("ix_leaving_erase_at"), ["erase_at"], unique=False)


def _make_kept_away() -> None:
    kinds = ("warning", "circles", "mute", "ban", "limit", "suspend")
    said = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_table(
        "kept_away",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*kinds, name="sanctionkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({said})", name=op.f("ck_kept_away_sanctionkind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_away")),
    )
    with op.batch_alter_table("kept_away") as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_away_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_away_until"), ["until"], unique=False)


def _keep_samples(how_many: int) -> None:
    """PostgreSQL’s statistics would keep samples of what somebody wrote long after it is erased."""
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in NO_SAMPLES.items():
            for column in columns:
                op.execute(f'ALTER TABLE "{table}" ALTER {column} SET STATISTICS {how_many}')
