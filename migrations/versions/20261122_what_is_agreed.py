"""two people are asked whether they agree; what is written about somebody is locked"""

import os
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

revision = "5b1f0c7d2e94"
down_revision = "0eb010089b99"
branch_labels = None
depends_on = None

OUTCOMES = (
    "outcome IN ('keep', 'note', 'hide', 'remove', 'warn', 'approve', 'return', 'circles', 'mute', "
    "'ban', 'limit', 'suspend', 'lift', 'pause', 'slow', 'lock', {}'out', 'care')"
)
ANSWERS = "says IN ('no', 'yes', 'how', 'what', 'again')"
OF_TWO = "SELECT id FROM decision WHERE outcome IN ('distance', 'apology')"
FORGOTTEN = (
    "SELECT 1 FROM record_seal AS anchor "
    "JOIN record_seal AS forgotten ON forgotten.number = anchor.forgot "
    "WHERE OLD.id <= forgotten.last_decision"
)


class Column(NamedTuple):
    table: str
    name: str
    purpose: str


LOCKED = (
    Column("report", "words", "report-words"),
    Column("report", "law", "report-law"),
    Column("hold", "passages", "hold-passages"),
    Column("thread_pace", "why", "pace-why"),
)


def upgrade() -> None:
    _allow("'distance', 'apology', ")
    op.create_table(
        "asked_whether",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("says", sa.String(length=40), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(ANSWERS, name=op.f("ck_asked_whether_answer")),
        sa.CheckConstraint(
            "(says IS NULL) = (said_at IS NULL)", name=op.f("ck_asked_whether_said_at_some_time")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_asked_whether_{table}_id_{table}"),
                ondelete="CASCADE",
            )
            for table in ("decision", "account")
        ),
        sa.PrimaryKeyConstraint("decision_id", "account_id", name=op.f("pk_asked_whether")),
    )
    with op.batch_alter_table("asked_whether") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_asked_whether_account_id"), ["account_id"], unique=False
        )
    with op.batch_alter_table("thread_pace") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_thread_pace_has_why"), type_="check")
    for column in LOCKED:
        old = sa.JSON() if column.name == "passages" else sa.String()
        _keep_as(column, old, sa.LargeBinary(), _locked)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"ALTER TABLE {column.table} ALTER {column.name} SET STATISTICS 0")
    with op.batch_alter_table("thread_pace") as batch_op:
        batch_op.create_check_constraint(batch_op.f("ck_thread_pace_has_why"), "length(why) > 28")


def downgrade() -> None:
    with op.batch_alter_table("thread_pace") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_thread_pace_has_why"), type_="check")
    for column in LOCKED:
        new = sa.JSON() if column.name == "passages" else sa.String()
        _keep_as(column, sa.LargeBinary(), new, _unlocked)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"ALTER TABLE {column.table} ALTER {column.name} SET STATISTICS 0")
    with op.batch_alter_table("thread_pace") as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_thread_pace_has_why"), "length(trim(why)) > 0"
        )
    op.drop_table("asked_whether")
    _remove_decisions("DELETE FROM decision WHERE outcome IN ('distance', 'apology')")
    _allow("")


def _keep_as(
    column: Column,
    old: sa.types.TypeEngine[Any],
    new: sa.types.TypeEngine[Any],
    change: Callable[[Column, Any], Any],
) -> None:
    """The words of this column in one of another kind."""
    there = sa.table(column.table, sa.column("id", sa.Uuid()), sa.column(column.name, old))
    rows = op.get_bind().execute(sa.select(there)).all()
    with op.batch_alter_table(column.table) as batch_op:
        batch_op.drop_column(column.name)
    with op.batch_alter_table(column.table) as batch_op:
        batch_op.add_column(sa.Column(column.name, new, nullable=True))
    there = sa.table(column.table, sa.column("id", sa.Uuid()), sa.column(column.name, new))
    for row in rows:
        words = {column.name: change(column, getattr(row, column.name))}
        op.get_bind().execute(sa.update(there).where(there.c.id == row.id).values(words))
    with op.batch_alter_table(column.table) as batch_op:
        batch_op.alter_column(column.name, existing_type=new, nullable=False)


def _locked(column: Column, words: Any) -> bytes:
    said = words if isinstance(words, str) else "\n".join(words)
    nonce = os.urandom(12)
    return nonce + _cipher(column.purpose).encrypt(nonce, said.encode(), None)


def _unlocked(column: Column, kept: bytes) -> Any:
    found = _cipher(column.purpose).decrypt(bytes(kept[:12]), bytes(kept[12:]), None).decode()
    return found.splitlines() if column.name == "passages" else found


def _cipher(purpose: str) -> AESGCM:
    key = current_app.config["CASE_KEY"].encode()
    own = HKDF(algorithm=SHA256(), length=32, salt=UUID(int=0).bytes, info=purpose.encode())
    return AESGCM(own.derive(key))


def _allow(outcomes: str) -> None:
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_outcome"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_outcome"), OUTCOMES.format(outcomes)
        )
    _refuse_again()


def _remove_decisions(statement: str) -> None:
    """What refuses change stands aside for this one statement. SQLite’s comes back with the table
    that is made anew."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER decision_no_{verb}")
        op.execute(f"DELETE FROM decision_words WHERE decision_id IN ({OF_TWO})")  # noqa: S608
        op.execute(statement)
        return
    op.execute("ALTER TABLE decision DISABLE TRIGGER USER")
    op.execute(statement)
    op.execute("ALTER TABLE decision ENABLE TRIGGER USER")


def _refuse_again() -> None:
    """SQLite has made the table of decisions anew, without what refuses change."""
    if op.get_bind().dialect.name != "sqlite":
        return
    refuses = "BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END"
    op.execute(f"CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision {refuses}")
    op.execute(
        "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision "
        f"WHEN NOT EXISTS ({FORGOTTEN}) {refuses}"
    )
