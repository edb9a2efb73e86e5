"""The one commit: all or nothing, on what is true now, one writer on SQLite."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier, Event
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Connection, event, select, text
from sqlalchemy.exc import OperationalError

from community.accounts.models import Account
from community.accounts.rules import SignInLinkAsked
from community.core import letters
from community.core.db import db, locked, transaction
from community.core.letters import OutboxLetter
from community.core.verdict import NOT_FOUND, Refused
from tests.core.db.kept import (
    account,
    names,
    only_postgresql,
    only_sqlite,
    renamed_elsewhere,
)
from tests.fakes import FRIDAY_NOON


def test_everything_inside_a_transaction_is_kept(ana_id: UUID) -> None:
    with transaction():
        locked(Account, ana_id).name = "Ana"
        db.session.add(account("ben@example.org"))
    db.session.remove()
    assert names() == ["Ana", ""]


@pytest.mark.holds("asvs:7")
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


@pytest.mark.holds("promise:6")
def test_a_letter_goes_the_way_of_the_transaction_that_wrote_it(ana_id: UUID) -> None:
    letter = SignInLinkAsked(uuid4(), is_new=False)

    def write(address: str) -> None:
        with transaction():
            letters.write(address, letter, zone="UTC", now=FRIDAY_NOON)
            db.session.flush()
            if address == "nobody@example.org":
                raise Refused(NOT_FOUND)

    write("ana@example.org")
    with pytest.raises(Refused):
        write("nobody@example.org")
    assert list(db.session.scalars(select(OutboxLetter.address))) == ["ana@example.org"]


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


# One writer on SQLite, many on PostgreSQL


@only_sqlite
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
            assert has_read.wait(60)

    with ThreadPoolExecutor(1) as other:
        writing = other.submit(write)
        assert is_writing.wait(60)
        assert names() == [""]
        has_read.set()
        writing.result()
    db.session.rollback()
    assert names() == ["Ana"]


@only_sqlite
def test_a_transaction_says_from_the_start_that_it_will_write(app: Flask, ana_id: UUID) -> None:
    with (
        closing(sqlite3.connect(str(db.engine.url.database), timeout=0)) as other,
        transaction(),
        pytest.raises(sqlite3.OperationalError, match="database is locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


@only_sqlite
def test_writers_of_one_process_wait_for_each_other_even_if_sqlite_would_not(app: Flask) -> None:
    """With no patience at all in SQLite itself, whoever got past our own gate would fail."""

    def impatient(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")

    with app.app_context():
        event.listen(db.engine, "engine_connect", impatient)
    people, start = 8, Barrier(8)

    def add(number: int) -> None:
        with app.app_context():
            start.wait()
            for _ in range(10):
                with transaction():
                    db.session.add(account(f"{uuid4()}@example.org"))

    with ThreadPoolExecutor(people) as everybody:
        list(everybody.map(add, range(people)))
    with app.app_context():
        assert len(names()) == 10 * people


# Connections


@only_sqlite
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


@only_postgresql
def test_postgresql_speaks_utc_and_waits_for_a_row_only_so_long(inside: None) -> None:
    with db.engine.connect() as connection:
        told = {
            name: connection.scalar(text(f"SHOW {name}")) for name in ("timezone", "lock_timeout")
        }
    assert told == {"timezone": "UTC", "lock_timeout": "15s"}


@only_postgresql
def test_more_people_than_connections_are_served_one_after_the_other(
    app: Flask, ana_id: UUID
) -> None:
    people = 4 * db.engine.pool.size()  # type: ignore[attr-defined]
    db.session.remove()
    start = Barrier(people)

    def rename(number: int) -> None:
        with app.app_context():
            start.wait()
            with transaction():
                locked(Account, ana_id).name += "x"

    with ThreadPoolExecutor(people) as everybody:
        list(everybody.map(rename, range(people)))
    assert names() == ["x" * people]
