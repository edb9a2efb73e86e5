"""who was told of what can't wait, and who closes it"""

import sqlalchemy as sa
from alembic import op

revision = "f6b5b930ad39"
down_revision = "fe359e2a23db"
branch_labels = None
depends_on = None

BEFORE = "step IN ('pointed', 'talked', 'answered', 'called')"
AFTER = "step IN ('pointed', 'talked', 'answered', 'handed')"
TO = "handed_to IN ('emergency', 'line', 'close', 'carer')"
STEPS = "step IN ('wrote', 'all-right', 'there', 'second', 'not-reached', 'done')"


def upgrade() -> None:
    _care()
    op.create_table(
        "duty",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("begins_at < until", name=op.f("ck_duty_in_order")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_duty_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_duty")),
    )
    _help()


def _care() -> None:
    with op.batch_alter_table("care_taken") as batch_op:
        batch_op.add_column(sa.Column("country", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("handed_to", sa.String(40), nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_care_taken_carestep"), type_="check")
    op.execute(
        "UPDATE care_taken SET step = 'handed', handed_to = 'emergency' WHERE step = 'called'"
    )
    with op.batch_alter_table("care_taken") as batch_op:
        batch_op.create_check_constraint(batch_op.f("ck_care_taken_carestep"), AFTER)
        batch_op.create_check_constraint(batch_op.f("ck_care_taken_handedto"), TO)
        batch_op.create_check_constraint(
            batch_op.f("ck_care_taken_country_of_lines"), "step = 'pointed' OR country IS NULL"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_care_taken_handed_to_somebody"),
            "(step = 'handed') = (handed_to IS NOT NULL)",
        )


def _help() -> None:
    op.create_table(
        "help_wanted",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("in_circle", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("up_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "NOT in_circle OR thread_id IS NULL", name=op.f("ck_help_wanted_in_one_place")
        ),
        sa.CheckConstraint("scope <> 'both'", name=op.f("ck_help_wanted_of_group_or_site")),
        sa.CheckConstraint(
            "scope IN ('group', 'both', 'platform')", name=op.f("ck_help_wanted_scope")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_help_wanted_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_help_wanted_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["call.id"],
            name=op.f("fk_help_wanted_call_id_call"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_help_wanted_thread_id_thread"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_wanted")),
        sa.UniqueConstraint(
            "account_id", "thread_id", name=op.f("uq_help_wanted_account_id_thread_id")
        ),
    )
    with op.batch_alter_table("help_wanted") as batch_op:
        batch_op.create_index(batch_op.f("ix_help_wanted_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_wanted_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_wanted_thread_id"), ["thread_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE help_wanted ALTER words SET STATISTICS 0")
    op.create_table(
        "help_taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("help_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("was_with", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(STEPS, name=op.f("ck_help_taken_helpstep")),
        sa.CheckConstraint("was_with <> taken_by", name=op.f("ck_help_taken_somebody_else")),
        sa.CheckConstraint(
            "step = 'there' OR was_with IS NULL", name=op.f("ck_help_taken_who_was_there")
        ),
        sa.ForeignKeyConstraint(
            ["help_id"],
            ["help_wanted.id"],
            name=op.f("fk_help_taken_help_id_help_wanted"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_taken")),
    )
    with op.batch_alter_table("help_taken") as batch_op:
        batch_op.create_index(batch_op.f("ix_help_taken_help_id"), ["help_id"], unique=False)


def downgrade() -> None:
    op.drop_table("help_taken")
    op.drop_table("help_wanted")
    op.drop_table("duty")
    with op.batch_alter_table("care_taken") as batch_op:
        for name in ("country_of_lines", "handed_to_somebody", "handedto", "carestep"):
            batch_op.drop_constraint(batch_op.f(f"ck_care_taken_{name}"), type_="check")
    op.execute("UPDATE care_taken SET step = 'called' WHERE step = 'handed'")
    with op.batch_alter_table("care_taken") as batch_op:
        batch_op.create_check_constraint(batch_op.f("ck_care_taken_carestep"), BEFORE)
        batch_op.drop_column("country")
        batch_op.drop_column("handed_to")
