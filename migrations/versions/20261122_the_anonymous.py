"""posts without a name"""

import sqlalchemy as sa
from alembic import op

revision = "b76348920cb7"
down_revision = "a65237819ba6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pseudonym",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_pseudonym_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_pseudonym_thread_id_thread"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pseudonym")),
        sa.UniqueConstraint(
            "thread_id", "account_id", name=op.f("uq_pseudonym_thread_id_account_id")
        ),
        sa.UniqueConstraint("thread_id", "name", name=op.f("uq_pseudonym_thread_id_name")),
    )
    with op.batch_alter_table("pseudonym") as batch_op:
        batch_op.create_index(batch_op.f("ix_pseudonym_account_id"), ["account_id"], unique=False)

    with op.batch_alter_table("post") as batch_op:
        batch_op.add_column(sa.Column("pseudonym", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_post_thread_id_pseudonym"),
            "pseudonym",
            ["thread_id", "pseudonym"],
            ["thread_id", "name"],
            ondelete="RESTRICT",
        )

    op.create_table(
        "unmasking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("because IN ('life', 'harm', 'law')", name=op.f("ck_unmasking_because")),
        sa.CheckConstraint("length(trim(why)) > 0", name=op.f("ck_unmasking_has_why")),
        sa.CheckConstraint("by_id <> account_id", name=op.f("ck_unmasking_not_by_its_writer")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_unmasking_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["review_item.id"],
            name=op.f("fk_unmasking_item_id_review_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmasking")),
    )
    with op.batch_alter_table("unmasking") as batch_op:
        batch_op.create_index(batch_op.f("ix_unmasking_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unmasking_item_id"), ["item_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        # Its statistics would keep a sample of what was typed.
        op.execute("ALTER TABLE unmasking ALTER why SET STATISTICS 0")


def downgrade() -> None:
    """What was written without a name must not come back with one: its link to whoever wrote it is
    cut."""
    op.drop_table("unmasking")
    op.execute(
        "UPDATE thread SET author_id = NULL WHERE id IN "
        "(SELECT thread_id FROM post WHERE number = 1 AND pseudonym IS NOT NULL)"
    )
    op.execute("UPDATE post SET author_id = NULL WHERE pseudonym IS NOT NULL")
    with op.batch_alter_table("post") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_post_thread_id_pseudonym"), type_="foreignkey")
        batch_op.drop_column("pseudonym")
    op.drop_table("pseudonym")
