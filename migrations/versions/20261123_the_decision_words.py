"""decisions' words are locked, apart; the record says in which role; accounts can be locked

The seals are made anew over what is left in the rows: those that were whole. From the first that
wasn't, they stay as they are, so that it shows as before.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

revision = "fe359e2a23db"
down_revision = "0bc9a866bd7c"
branch_labels = None
depends_on = None

LOCKED = (
    ("appeal", "words", "appeal-words", False),
    ("appeal", "answer", "appeal-answer", True),
    ("second_opinion", "question", "opinion-question", False),
    ("second_opinion", "opinion", "opinion", True),
    ("sanction_proposal", "why", "proposal-why", False),
    ("sanction_proposal", "note", "proposal-note", False),
    ("sanction_proposal", "answer", "proposal-answer", False),
    ("unmasking", "why", "unmasking", False),
)
IN_WORDS = {  # table: name of the check, column, whether it may be NULL
    "appeal": ("answered_in_words", "answer", True),
    "second_opinion": ("given_in_words", "opinion", True),
    "sanction_proposal": ("has_why", "why", False),
    "unmasking": ("has_why", "why", False),
}
WHOLE = {  # other checks of those columns
    "appeal": {
        "answered_whole": "(result IS NULL) = (answered_at IS NULL) "
        "AND (result IS NULL) = (answer IS NULL) AND (result IS NULL) = (answered_by IS NULL)"
    },
    "second_opinion": {
        "given_whole": "(given_by IS NULL) = (given_at IS NULL) "
        "AND (given_by IS NULL) = (opinion IS NULL)"
    },
}
LAST = {"decision": "last_decision", "audit_event": "last_event"}
FORGOTTEN = (
    "SELECT 1 FROM record_seal AS anchor "
    "JOIN record_seal AS forgotten ON forgotten.number = anchor.forgot "
    "WHERE OLD.id <= forgotten.{}"
)

WHEN = sa.DateTime(timezone=True)


def _columns(names: str, **kinds: Any) -> list[sa.ColumnClause[Any]]:
    return [sa.column(name, kinds.get(name, sa.String())) for name in names.split()]


_IDS = dict.fromkeys(
    (
        "id",
        "item_id",
        "target_id",
        "author_id",
        "decided_by",
        "supersedes_id",
        "actor_id",
        "group_id",
    ),
    sa.Uuid(),
)
_MADE: dict[str, Any] = _IDS | {
    "automated": sa.Boolean(),
    "decided_at": WHEN,
    "hidden_until": WHEN,
    "appealable_until": WHEN,
}
_DONE: dict[str, Any] = _IDS | {"at": WHEN}
DECISION = (
    "id item_id target_id author_id decided_by outcome rule_id facts {}scope source automated "
    "decided_at hidden_until appealable_until supersedes_id{}"
)
EVENT = "id at actor_id acted_for action item_id group_id before after reason{}"
SEAL = sa.table(
    "record_seal",
    *_columns(
        "id number last_event last_decision digest sealed_at forgot kept",
        id=sa.Uuid(),
        number=sa.Integer(),
        last_event=sa.Uuid(),
        last_decision=sa.Uuid(),
        sealed_at=WHEN,
        forgot=sa.Integer(),
    ),
)
WORDS = sa.table(
    "decision_words",
    *_columns(
        "decision_id why note salt",
        decision_id=sa.Uuid(),
        why=sa.LargeBinary(),
        note=sa.LargeBinary(),
        salt=sa.LargeBinary(),
    ),
)


class Record(NamedTuple):
    """What is sealed, as its columns are at one time."""

    events: sa.TableClause
    decisions: sa.TableClause


BEFORE = Record(
    sa.table("audit_event", *_columns(EVENT.format(""), **_DONE)),
    sa.table("decision", *_columns(DECISION.format("why note ", ""), **_MADE)),
)
AFTER = Record(
    sa.table("audit_event", *_columns(EVENT.format(" role_at_time request_id"), **_DONE)),
    sa.table("decision", *_columns(DECISION.format("", " words_digest"), **_MADE)),
)


def upgrade() -> None:
    whole = _whole(BEFORE)
    with op.batch_alter_table("audit_event") as batch_op:
        batch_op.alter_column("group_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.add_column(sa.Column("role_at_time", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("request_id", sa.String(), nullable=True))
    with op.batch_alter_table("decision") as batch_op:
        batch_op.add_column(
            sa.Column("words_digest", sa.String(), nullable=False, server_default="")
        )
    op.create_table(
        "decision_words",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(why) > 28", name=op.f("ck_decision_words_has_why")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_decision_words_decision_id_decision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_words")),
    )
    _stand_aside("decision")
    _put_words_apart()
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_has_why"), type_="check")
        batch_op.drop_column("why")
        batch_op.drop_column("note")
        batch_op.alter_column("words_digest", existing_type=sa.String(), server_default=None)
    _refuse_again()
    _never_changed()
    _let_accounts_be_locked()
    _keep_as(sa.LargeBinary(), _locked, "length({}) > 28")
    _no_samples()
    _seal_again(AFTER, whole)


def downgrade() -> None:
    whole = _whole(AFTER)
    _keep_as(sa.String(), _unlocked, "length(trim({})) > 0")
    with op.batch_alter_table("decision") as batch_op:
        batch_op.add_column(sa.Column("why", sa.String(), nullable=False, server_default="–"))
        batch_op.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))
    _stand_aside("decision")
    _put_words_back()
    op.drop_table("decision_words")
    op.drop_table("account_lock")
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_column("words_digest")
        for column in ("why", "note"):
            batch_op.alter_column(column, existing_type=sa.String(), server_default=None)
        batch_op.create_check_constraint(batch_op.f("ck_decision_has_why"), "length(trim(why)) > 0")
    _stand_aside("audit_event")
    op.execute("DELETE FROM audit_event WHERE group_id IS NULL")
    with op.batch_alter_table("audit_event") as batch_op:
        batch_op.drop_column("request_id")
        batch_op.drop_column("role_at_time")
        batch_op.alter_column("group_id", existing_type=sa.Uuid(), nullable=False)
    _refuse_again()
    _seal_again(BEFORE, whole)


def _let_accounts_be_locked() -> None:
    reasons = "reason IN ('taken-over', 'asked', 'mail', 'program')"
    op.create_table(
        "account_lock",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("locked_at", WHEN, nullable=False),
        sa.Column("ends_at", WHEN, nullable=False),
        sa.CheckConstraint(reasons, name=op.f("ck_account_lock_lockreason")),
        sa.CheckConstraint(
            "ends_at > locked_at", name=op.f("ck_account_lock_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_lock_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_lock")),
    )


def _put_words_apart() -> None:
    bind, made = op.get_bind(), BEFORE.decisions
    put = sa.text("UPDATE decision SET words_digest = :digest WHERE id = :id")
    put = put.bindparams(sa.bindparam("id", type_=sa.Uuid()))
    for row in bind.execute(sa.select(made.c.id, made.c.why, made.c.note)).all():
        salt = secrets.token_hex(16)
        words = {"why": row.why.strip(), "note": row.note.strip(), "salt": salt}
        plain = json.dumps([salt, words["why"], words["note"]], ensure_ascii=False)
        locked = {name: _locked(f"decision-{name}", each) for name, each in words.items()}
        bind.execute(sa.insert(WORDS).values(decision_id=row.id, **locked))
        bind.execute(put, {"digest": sha256(plain.encode()).hexdigest(), "id": row.id})


def _put_words_back() -> None:
    put = sa.text("UPDATE decision SET why = :why, note = :note WHERE id = :id")
    put = put.bindparams(sa.bindparam("id", type_=sa.Uuid()))
    for row in op.get_bind().execute(sa.select(WORDS)).all():
        words = {
            name: _unlocked(f"decision-{name}", getattr(row, name)) for name in ("why", "note")
        }
        op.get_bind().execute(put, {**words, "id": row.decision_id})


def _keep_as(kind: sa.types.TypeEngine[Any], change: Callable[[str, Any], Any], said: str) -> None:
    """The words of these tables in columns of this kind."""
    for table in IN_WORDS:
        columns = [each[1:] for each in LOCKED if each[0] == table]
        old = sa.table(table, sa.column("id", sa.Uuid()), *(sa.column(each[0]) for each in columns))
        rows = op.get_bind().execute(sa.select(old)).all()
        with op.batch_alter_table(table) as batch_op:
            for name in _checks(table, said):
                batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
            for name, _, _ in columns:
                batch_op.drop_column(name)
        with op.batch_alter_table(table) as batch_op:
            for name, _, _ in columns:
                batch_op.add_column(sa.Column(name, kind, nullable=True))
        new = sa.table(
            table, sa.column("id", sa.Uuid()), *(sa.column(each[0], kind) for each in columns)
        )
        for row in rows:
            words = {
                name: None if getattr(row, name) is None else change(purpose, getattr(row, name))
                for name, purpose, _ in columns
            }
            op.get_bind().execute(sa.update(new).where(new.c.id == row.id).values(words))
        with op.batch_alter_table(table) as batch_op:
            for name, _, is_null in columns:
                batch_op.alter_column(name, existing_type=kind, nullable=is_null)
            for name, condition in _checks(table, said).items():
                batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), condition)


def _checks(table: str, said: str) -> dict[str, str]:
    """Those that these columns are in."""
    name, column, is_null = IN_WORDS[table]
    in_words = f"{column} IS NULL OR {said}" if is_null else said
    return {name: in_words.format(column), **WHOLE.get(table, {})}


def _no_samples() -> None:
    if op.get_bind().dialect.name == "postgresql":
        words = [("decision_words", name) for name in ("why", "note", "salt")]
        for table, column in (*words, *(each[:2] for each in LOCKED)):
            op.execute(f"ALTER TABLE {table} ALTER {column} SET STATISTICS 0")


def _locked(purpose: str, words: str) -> bytes:
    nonce = os.urandom(12)
    return nonce + _cipher(purpose).encrypt(nonce, words.encode(), None)


def _unlocked(purpose: str, kept: bytes) -> str:
    return _cipher(purpose).decrypt(bytes(kept[:12]), bytes(kept[12:]), None).decode()


def _cipher(purpose: str) -> AESGCM:
    key = current_app.config["CASE_KEY"].encode()
    own = HKDF(algorithm=SHA256(), length=32, salt=UUID(int=0).bytes, info=purpose.encode())
    return AESGCM(own.derive(key))


def _stand_aside(*tables: str) -> None:
    """What refuses change."""
    for table in tables:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            continue
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def _refuse_again() -> None:
    """SQLite has made the tables anew, without what refuses change."""
    if op.get_bind().dialect.name == "postgresql":
        for table in LAST:
            op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    for table, last in LAST.items():
        _stand_aside(table)
        refuses = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuses}")
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"WHEN NOT EXISTS ({FORGOTTEN.format(last)}) {refuses}"
        )


def _never_changed() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER decision_words_append_only BEFORE UPDATE ON decision_words "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    op.execute(
        "CREATE TRIGGER decision_words_no_update BEFORE UPDATE ON decision_words "
        "BEGIN SELECT RAISE(ABORT, 'decision_words is append-only'); END"
    )


# The seals, as `flask admin verify` looks at them


class Chain(NamedTuple):
    """Where the seals begin that can be looked at: after the last that is forgotten."""

    seals: dict[int, Any]
    anchor: Any | None
    forgotten: Any | None

    @property
    def first(self) -> int:
        return self.forgotten.number if self.forgotten else 0


def _chain() -> Chain:
    found = op.get_bind().execute(sa.select(SEAL).order_by(SEAL.c.number)).all()
    seals = {each.number: each for each in found}
    anchor = next((each for each in reversed(found) if each.forgot is not None), None)
    return Chain(seals, anchor, seals.get(anchor.forgot) if anchor else None)


def _whole(record: Record) -> int | None:
    """The number of the last seal that is as it should be. None if not even the anchor is."""
    chain = _chain()
    if chain.anchor and chain.anchor.kept != _kept(record, chain):
        return None
    last = chain.first
    for number, digest in _again(record, chain, {}):
        if number not in chain.seals or chain.seals[number].digest != digest:
            break
        last = number
    return last


def _seal_again(record: Record, whole: int | None) -> None:
    chain = _chain()
    if whole is None:
        return
    kept = {chain.anchor.number: _kept(record, chain)} if chain.anchor else {}
    made = dict(_again(record, chain, kept))
    _stand_aside("record_seal")
    for number, digest in made.items():
        values = {"digest": digest} if number <= whole else {}
        values |= {"kept": kept[number]} if number in kept else {}
        if values:
            change = sa.update(SEAL).where(SEAL.c.number == number).values(values)
            op.get_bind().execute(change)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE record_seal ENABLE TRIGGER USER")
        return
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER record_seal_no_{verb} BEFORE {verb.upper()} ON record_seal "
            "BEGIN SELECT RAISE(ABORT, 'record_seal is append-only'); END"
        )


def _again(record: Record, chain: Chain, kept: dict[int, str]) -> Iterator[tuple[int, str]]:
    """What each seal is, over these rows."""
    before = chain.forgotten.digest if chain.forgotten else ""
    since = _ends(chain.forgotten)
    for number in range(chain.first + 1, max(chain.seals, default=0) + 1):
        seal = chain.seals.get(number)
        if seal is None:
            return
        if seal.kept is None:
            before = _digest(before, _rows(record, since, _ends(seal)))
        else:
            gone = chain.seals[seal.forgot]
            said = ["forgotten", gone.number, gone.digest, gone.sealed_at, *_ends(gone)]
            before = _digest(before, [[*said, kept.get(number, seal.kept)]])
        since = _ends(seal)
        yield number, before


def _kept(record: Record, chain: Chain) -> str:
    return _digest("", _rows(record, (None, None), _ends(chain.forgotten)))


def _ends(seal: Any | None) -> tuple[UUID | None, UUID | None]:
    return (seal.last_event, seal.last_decision) if seal else (None, None)


def _rows(
    record: Record, since: tuple[UUID | None, ...], until: tuple[UUID | None, ...]
) -> Iterator[Sequence[Any]]:
    for table, after, last in zip(record, since, until, strict=True):
        if last is None:
            continue
        query = sa.select(table).where(table.c.id <= last).order_by(table.c.id)
        if after is not None:
            query = query.where(table.c.id > after)
        for row in op.get_bind().execute(query):
            yield [table.name, *row]


def _digest(before: str, rows: Iterable[Sequence[Any]]) -> str:
    found = sha256(before.encode())
    for row in rows:
        found.update(json.dumps([_plain(each) for each in row], ensure_ascii=False).encode())
        found.update(b"\n")
    return found.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, bool | int) else str(value)
