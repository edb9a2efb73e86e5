"""how long a seat is held for somebody, who only listens, how many calls somebody has in a week"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "b1c0a5e7f201"
down_revision = "a3f6d0c41b7e"
branch_labels = None
depends_on = None

HELD_LAST = timedelta(minutes=10)  # before the start


def upgrade() -> None:
    for table in ("call", "call_template"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column("listeners", sa.Boolean(), nullable=False, server_default=sa.true())
            )
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("listeners", existing_type=sa.Boolean(), server_default=None)

    with op.batch_alter_table("group") as batch_op:
        batch_op.add_column(sa.Column("weekly_seats", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_group_weekly_seats"), "weekly_seats BETWEEN 1 AND 7"
        )

    with op.batch_alter_table("seat") as batch_op:
        for name in ("listens", "kept_longer"):
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
        batch_op.add_column(sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True))
    _hold_what_is_offered()
    with op.batch_alter_table("seat") as batch_op:
        for name in ("listens", "kept_longer"):
            batch_op.alter_column(name, existing_type=sa.Boolean(), server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_seat_held_until"), "(state = 'offered') = (offered_until IS NOT NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_seat_kept_while_held"), "state = 'offered' OR NOT kept_longer"
        )
        batch_op.create_index(batch_op.f("ix_seat_offered_until"), ["offered_until"], unique=False)


def _hold_what_is_offered() -> None:
    """It was said that these seats are held until they are answered: as long as any can be."""
    call = sa.table("call", sa.column("id"), sa.column("starts_at", sa.DateTime(timezone=True)))
    seat = sa.table(
        "seat",
        sa.column("id"),
        sa.column("call_id"),
        sa.column("state"),
        sa.column("offered_until", sa.DateTime(timezone=True)),
    )
    connection = op.get_bind()
    offered = connection.execute(
        sa.select(seat.c.id, call.c.starts_at)
        .join(call, call.c.id == seat.c.call_id)
        .where(seat.c.state == "offered")
    ).all()
    for seat_id, starts_at in offered:
        connection.execute(
            sa.update(seat).where(seat.c.id == seat_id).values(offered_until=starts_at - HELD_LAST)
        )


def downgrade() -> None:
    with op.batch_alter_table("seat") as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_offered_until"))
        batch_op.drop_constraint(batch_op.f("ck_seat_kept_while_held"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seat_held_until"), type_="check")
        for name in ("kept_longer", "offered_until", "listens"):
            batch_op.drop_column(name)
    with op.batch_alter_table("group") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_group_weekly_seats"), type_="check")
        batch_op.drop_column("weekly_seats")
    for table in ("call_template", "call"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("listeners")
