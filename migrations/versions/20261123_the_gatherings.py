"""gatherings: calls for many, of whom most listen"""

from alembic import op

revision = "6a1e0c4d7b52"
down_revision = "5d9c0b7e41fa"
branch_labels = None
depends_on = None

FORMATS = ("'any', 'typed', 'by-ear'", "'any', 'typed', 'by-ear', 'gathering'")
CHECKS = [
    *(
        (table, "format", *(f"format IN ({formats})" for formats in FORMATS))
        for table in ("call", "series", "call_template")
    ),
    (
        "call",
        "seats",
        "seats BETWEEN 2 AND 11",
        "seats BETWEEN 2 AND 200 AND (format = 'gathering' OR seats <= 11)",
    ),
    (
        "call",
        "room_for_two",
        "co_facilitator_id IS NULL OR seats <= 10",
        "co_facilitator_id IS NULL OR format = 'gathering' OR seats <= 10",
    ),
]


def upgrade() -> None:
    for table, name, _, after in CHECKS:
        _check_anew(table, name, after)
    with op.batch_alter_table("call") as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_call_gathers_listeners"), "listeners OR format <> 'gathering'"
        )


def downgrade() -> None:
    # What the older house had no place for: a gathering is a circle then, and its seats are free.
    op.execute("DELETE FROM seat WHERE call_id IN (SELECT id FROM call WHERE format = 'gathering')")
    op.execute("UPDATE call SET taken = 0 WHERE format = 'gathering'")
    for table in ("call", "series", "call_template"):
        op.execute(f"UPDATE {table} SET format = 'any', seats = 8 WHERE format = 'gathering'")  # noqa: S608 our own words
    with op.batch_alter_table("call") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_call_gathers_listeners"), type_="check")
    for table, name, before, _ in CHECKS:
        _check_anew(table, name, before)


def _check_anew(table: str, name: str, says: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), says)
