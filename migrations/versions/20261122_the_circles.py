"""somebody is out of a group's circles for a day"""

from alembic import op

revision = "c43a15697f8e"
down_revision = "b32904586c1d"
branch_labels = None
depends_on = None

KINDS = "kind IN ('warning', {}'mute', 'ban', 'limit', 'suspend')"
HAS_GROUP = "kind NOT IN ({}'mute', 'ban') OR group_id IS NOT NULL"
OUTCOMES = (
    "outcome IN ('keep', 'note', 'hide', 'remove', 'warn', 'approve', 'return', {}'mute', 'ban', "
    "'limit', 'suspend', 'lift', 'pause', 'slow', 'care')"
)
FACTS = "account_id, kind, group_id, decision_id, begins_at, ends_at, review_at"


def upgrade() -> None:
    _allow("'circles', ")


def downgrade() -> None:
    _remove()
    _allow("")


def _allow(kind: str) -> None:
    kinds = KINDS.format(kind)
    with op.batch_alter_table("sanction") as batch_op:
        for name, allowed in {"sanctionkind": kinds, "has_group": HAS_GROUP.format(kind)}.items():
            batch_op.drop_constraint(batch_op.f(f"ck_sanction_{name}"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_sanction_{name}"), allowed)
    with op.batch_alter_table("sanction_proposal") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_sanction_proposal_sanctionkind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_sanction_proposal_sanctionkind"), kinds)
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_decision_outcome"), OUTCOMES.format(kind))
    _refuse_again()


def _remove() -> None:
    """What the older house has no place for. What refuses change stands aside for it; SQLite’s
    comes back with the tables that are made anew."""
    statements = (
        "DELETE FROM appeal WHERE decision_id IN "
        "(SELECT decision_id FROM sanction WHERE kind = 'circles')",
        "DELETE FROM decision WHERE outcome = 'circles' "
        "OR id IN (SELECT lifted_by FROM sanction WHERE kind = 'circles')",
        "DELETE FROM sanction WHERE kind = 'circles'",
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER decision_no_{verb}")
    else:
        op.execute("ALTER TABLE decision DISABLE TRIGGER decision_append_only")
    for statement in statements:
        op.execute(statement)
    if not is_sqlite:
        op.execute("ALTER TABLE decision ENABLE TRIGGER decision_append_only")


def _refuse_again() -> None:
    """SQLite has made the tables anew, without what refuses change."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER decision_no_{verb} BEFORE {verb.upper()} ON decision "
            "BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END"
        )
    op.execute(
        f"CREATE TRIGGER sanction_keeps_facts BEFORE UPDATE OF {FACTS} ON sanction "
        "BEGIN SELECT RAISE(ABORT, 'sanction keeps its facts'); END"
    )
