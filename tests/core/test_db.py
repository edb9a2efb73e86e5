"""What the house relies on: all or nothing, fresh rows, one writer, rules that the database holds.

On files of their own, with real commits and a second connection where a trap needs one.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier, Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import (
    Connection,
    column,
    create_engine,
    delete,
    inspect,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.pool import NullPool

from community.accounts.models import Account
from community.app import create_app
from community.core.actor import Standing
from community.core.db import db, locked, scrub, transaction
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.models import AuditEvent, Decision
from community.moderation.rules import Outcome, Scope, Source
from config import Settings
from tests.core.store import bytes_of, own_app

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The app on a file of its own, where what is kept is kept."""
    with own_app(tmp_path / "db.db") as app:
        yield app


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def account(email: str = "ana@example.org") -> Account:
    return Account(email=email, joined_at=NOW)


@pytest.fixture
def ana_id(inside: None) -> UUID:
    """Ana’s account, kept."""
    with transaction():
        ana = account()
        db.session.add(ana)
        db.session.flush()
        return ana.id


def elsewhere(sql: str, **values: object) -> None:
    """Done and committed by somebody else."""
    with db.engine.connect() as other:
        other.execute(text(sql), values)
        other.commit()


def renamed_elsewhere(name: str) -> None:
    elsewhere("UPDATE account SET name = :name", name=name)


def names() -> list[str]:
    return list(db.session.scalars(select(Account.name).order_by(Account.email)))


# Transactions


def test_everything_inside_a_transaction_is_kept(ana_id: UUID) -> None:
    with transaction():
        locked(Account, ana_id).name = "Ana"
        db.session.add(account("ben@example.org"))
    db.session.remove()
    assert names() == ["Ana", ""]


@pytest.mark.parametrize("fault", [ValueError, Refused, KeyboardInterrupt, SystemExit])
def test_nothing_inside_is_kept_when_anything_goes_wrong(
    ana_id: UUID, fault: type[BaseException]
) -> None:
    def go_wrong() -> None:
        with transaction():
            locked(Account, ana_id).name = "Ana"
            db.session.add(account("ben@example.org"))
            db.session.flush()
            raise Refused(NOT_FOUND) if fault is Refused else fault

    with pytest.raises(fault):
        go_wrong()
    assert names() == [""]


def test_a_transaction_does_not_nest_and_the_outer_one_is_kept_from_harm(ana_id: UUID) -> None:
    def nest() -> None:
        with transaction():
            locked(Account, ana_id).name = "Ana"
            with transaction():
                pass

    with pytest.raises(RuntimeError, match="does not nest"):
        nest()
    assert names() == [""]
    with transaction():  # and the next one works
        locked(Account, ana_id).name = "Ana"
    assert names() == ["Ana"]


def test_what_was_read_before_is_read_again_inside(ana_id: UUID) -> None:
    ana = db.session.get_one(Account, ana_id)
    assert ana.name == ""
    renamed_elsewhere("Anna")
    assert db.session.get_one(Account, ana_id).name == ""  # still the old read transaction
    with transaction():
        assert ana.name == "Anna"


def test_what_was_not_decided_by_an_action_is_not_kept_by_the_next_one(ana_id: UUID) -> None:
    db.session.get_one(Account, ana_id).name = "A slip outside every transaction"
    with transaction():
        pass
    assert names() == [""]


# Locks


def test_a_locked_row_is_as_it_is_now_even_if_it_was_loaded_before(ana_id: UUID) -> None:
    connection = db.session.connection()
    ana = db.session.get_one(Account, ana_id)
    connection.execute(update(Account).values(name="Anna"))  # behind the session’s back
    plain = db.session.scalars(select(Account).where(Account.id == ana_id)).one()
    assert plain is ana
    assert plain.name == ""  # the trap: the row came anew, the object stayed as it was
    assert locked(Account, ana_id).name == "Anna"


def test_a_row_that_nobody_has_is_not_found(inside: None) -> None:
    with pytest.raises(Refused) as refused, transaction():
        locked(Account, uuid4())
    assert refused.value.reason is NOT_FOUND


# One writer


def test_a_read_transaction_that_turns_to_writing_would_fail_at_once(ana_id: UUID) -> None:
    """The trap that BEGIN IMMEDIATE is for, shown with two connections of our own engine."""

    def read(connection: Connection) -> object:
        return connection.execute(text("SELECT name FROM account")).scalar()

    with db.engine.connect() as reader:
        read(reader)
        renamed_elsewhere("Anna")
        with pytest.raises(OperationalError, match="database is locked"):
            reader.execute(text("UPDATE account SET name = 'Upgraded'"))
    assert db.session.scalar(select(Account.name)) == "Anna"
    renamed_elsewhere("Again")
    with transaction():  # the session has read, somebody wrote: ours begins anew, and writes
        locked(Account, ana_id).name = "Ana"
    assert names() == ["Ana"]


def test_two_threads_that_write_at_once_both_succeed(app: Flask, ana_id: UUID) -> None:
    rounds, start = 40, Barrier(2)

    def add() -> None:
        start.wait()
        for _ in range(rounds):
            with app.app_context():
                db.session.scalar(select(Account.name))  # a read transaction is open already
                with transaction():
                    ana = locked(Account, ana_id)
                    ana.text_size = 150 if ana.text_size == 100 else 100
                    ana.access_card += "x"

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(add), both.submit(add)]:
            done.result()
    db.session.rollback()
    assert len(db.session.get_one(Account, ana_id).access_card) == 2 * rounds


def test_somebody_may_read_while_somebody_else_writes(app: Flask, ana_id: UUID) -> None:
    is_writing, has_read = Event(), Event()

    def write() -> None:
        with app.app_context(), transaction():
            locked(Account, ana_id).name = "Ana"
            db.session.flush()
            is_writing.set()
            assert has_read.wait(10)

    with ThreadPoolExecutor(1) as other:
        writing = other.submit(write)
        assert is_writing.wait(10)
        assert names() == [""]
        has_read.set()
        writing.result()
    db.session.rollback()
    assert names() == ["Ana"]


def test_sqlite_is_set_up_on_every_connection(inside: None) -> None:
    with db.engine.connect() as one, db.engine.connect() as two:
        for connection in (one, two):
            told = {
                name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "foreign_keys", "secure_delete", "busy_timeout")
            }
            assert told == {
                "journal_mode": "wal",
                "foreign_keys": 1,
                "secure_delete": 1,
                "busy_timeout": 15000,
            }


# Time


def test_an_instant_without_a_zone_is_refused(inside: None) -> None:
    naive = datetime(2026, 11, 20, 12, 0)  # noqa: DTZ001
    with pytest.raises(StatementError, match="an instant needs its zone"), transaction():
        db.session.add(Account(email="ana@example.org", joined_at=naive))


def test_an_instant_of_any_zone_comes_back_in_utc(ana_id: UUID) -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    with transaction():
        locked(Account, ana_id).joined_at = NOW.astimezone(kolkata)
    db.session.remove()
    kept = db.session.get_one(Account, ana_id).joined_at
    assert kept == NOW
    assert kept.tzinfo is UTC


# What the database itself refuses


def broken(**changes: object) -> None:
    """Ana’s row with a value that no action would write, sent past the models."""
    row = table("account", *map(column, changes))  # of no type, so that nobody checks first
    with db.engine.connect() as other:
        other.execute(update(row).values(changes))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"standing": "sanctioned"}, "ck_account_standing"),
        ({"standing": "active"}, "ck_account_active_has_name"),
        ({"theme": "neon"}, "ck_account_theme"),
        ({"email": "Ana@Example.org"}, "ck_account_email_lower"),
        ({"text_size": 999}, "ck_account_text_size"),
    ],
)
def test_the_database_refuses_by_name_what_no_rule_allows(
    ana_id: UUID, changes: dict[str, object], name: str
) -> None:
    with pytest.raises(IntegrityError, match=name):
        broken(**changes)


def test_every_rule_that_the_database_holds_has_a_name(inside: None) -> None:
    for each in db.metadata.sorted_tables:
        for constraint in each.constraints:
            assert constraint.name, (each.name, constraint)
    found = inspect(db.engine)
    for name in found.get_table_names():
        checks = found.get_check_constraints(name)
        assert all(check["name"] for check in checks), name
        assert all(key["name"] for key in found.get_foreign_keys(name)), name


def test_every_foreign_key_says_what_happens_when_the_row_goes(inside: None) -> None:
    for each in db.metadata.sorted_tables:
        for key in each.foreign_keys:
            assert key.ondelete, (each.name, key.parent.name)


def test_every_enum_is_checked_by_the_database(inside: None) -> None:
    found = inspect(db.engine)
    for each in db.metadata.sorted_tables:
        checks = {check["name"] for check in found.get_check_constraints(each.name)}
        for one in each.columns:
            if hasattr(one.type, "enum_class"):
                kind = one.type.enum_class.__name__.lower()
                assert f"ck_{each.name}_{kind}" in checks, (each.name, one.name)


def test_a_row_of_nobody_is_refused(inside: None) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        elsewhere(
            "INSERT INTO staff_role (account_id, role, since) VALUES (:who, 'admin', :now)",
            who=uuid4().hex,
            now=NOW.isoformat(),
        )


def test_keys_are_in_the_order_in_which_rows_were_made(inside: None) -> None:
    with transaction():
        made = [account(f"person{number:03}@example.org") for number in range(200)]
        for one in made:
            db.session.add(one)
            db.session.flush()
    ids = [one.id for one in made]
    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}


def test_an_enum_is_kept_by_its_value(ana_id: UUID) -> None:
    assert db.session.execute(text("SELECT standing FROM account")).scalar() == "arriving"
    assert db.session.get_one(Account, ana_id).standing is Standing.ARRIVING


# What is only ever added to


def a_decision(**more: Any) -> Decision:
    facts = {
        "item_id": uuid4(),
        "post_id": uuid4(),
        "author_id": uuid4(),
        "decided_by": uuid4(),
        "outcome": Outcome.REMOVE,
        "rule_id": "medicine",
        "facts": "disbelief",
        "why": "Only a prescriber can say that.",
        "note": "",
        "scope": Scope.GROUP,
        "source": Source.REPORT,
        "decided_at": NOW,
        "appealable_until": NOW,
    }
    return Decision(**(facts | more))


def an_event() -> AuditEvent:
    return AuditEvent(
        at=NOW, actor_id=uuid4(), acted_for=Scope.GROUP, action="remove", item_id=uuid4(),
        group_id=uuid4(), before="shown", after="removed", reason="medicine",
    )  # fmt: skip


@pytest.mark.holds("moderation:12")
@pytest.mark.parametrize("tables", [db.create_all, upgrade], ids=["create_all", "migrated"])
@pytest.mark.parametrize("make", [a_decision, an_event])
def test_what_was_decided_can_be_neither_changed_nor_removed(
    tmp_path: Path, tables: Callable[[], object], make: Callable[[], Decision | AuditEvent]
) -> None:
    path = tmp_path / "kept.db"
    with create_app(Settings.for_tests(f"sqlite:///{path}")).app_context():
        tables()
        with transaction():
            db.session.add(make())
        db.engine.dispose()
    name, words = make().__tablename__, "note" if make is a_decision else "reason"
    rows = table(name, column(words))
    with create_engine(
        f"sqlite:///{path}", poolclass=NullPool
    ).connect() as anybody:  # past the whole house
        before = anybody.execute(select(rows)).all()
        assert len(before) == 1
        for change in (update(rows).values({words: "Something else"}), delete(rows)):
            with pytest.raises(IntegrityError, match=f"{name} is append-only"):
                anybody.execute(change)
        assert anybody.execute(select(rows)).all() == before


@pytest.mark.holds("promise:8", "moderation:12")
@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"why": "  "}, "has_why"),
        ({"facts": ""}, "has_facts"),
        ({"automated": True}, "by_a_person"),
    ],
)
def test_the_database_refuses_a_decision_that_carries_no_reason(
    inside: None, wrong: dict[str, object], name: str
) -> None:
    with pytest.raises(IntegrityError, match=f"ck_decision_{name}"), transaction():
        db.session.add(a_decision(**wrong))


@pytest.mark.holds("promise:8")
def test_the_database_refuses_a_decision_of_somebody_about_themselves(inside: None) -> None:
    me = uuid4()
    with pytest.raises(IntegrityError, match="not_by_its_author"), transaction():
        db.session.add(a_decision(author_id=me, decided_by=me))


# What was deleted


@pytest.fixture
def words_deleted(app: Flask, ana_id: UUID) -> bytes:
    words = "A heron at the weir"
    with transaction():
        locked(Account, ana_id).access_card = words
    with transaction():
        db.session.delete(locked(Account, ana_id))
    return words.encode()


def test_what_was_deleted_is_in_no_file_after_a_scrub(
    app: Flask, words_deleted: bytes, tmp_path: Path
) -> None:
    assert words_deleted in bytes_of(tmp_path / "db.db")  # the log keeps it: the trap
    assert scrub()
    assert words_deleted not in bytes_of(tmp_path / "db.db")


def test_a_scrub_does_not_wait_for_ever_for_somebody_who_reads(
    app: Flask, words_deleted: bytes, tmp_path: Path
) -> None:
    with db.engine.connect() as reader:
        reader.execute(text("SELECT * FROM account"))
        elsewhere("INSERT INTO staff_role SELECT id, 'admin', '2026-11-20' FROM account")
        assert not scrub()
    assert scrub()
    assert words_deleted not in bytes_of(tmp_path / "db.db")
