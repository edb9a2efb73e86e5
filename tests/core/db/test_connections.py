"""PostgreSQL: who reads holds nothing open, and a connection that is gone is nobody's fault."""

from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from community.accounts.models import Account
from community.core import db as core_db
from community.core.asking import columns
from community.core.db import db, transaction
from tests.core.db.kept import account, names, only_postgresql, renamed_elsewhere
from tests.core.store import Store

pytestmark = only_postgresql

COUNT = select(func.count()).select_from(Account)


def status() -> TransactionStatus:
    driver = db.session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver.info.transaction_status


def restart(store: Store) -> None:
    """As far as whoever is connected can tell."""
    with psycopg.connect(store.url) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_who_reads_holds_no_transaction_open(ana_id: UUID) -> None:
    assert db.session.scalar(COUNT) == 1
    assert status() is TransactionStatus.IDLE


def test_who_writes_holds_one_open_until_the_end(ana_id: UUID) -> None:
    with transaction():
        db.session.add(account("ben@example.org"))
        db.session.flush()
        assert status() is TransactionStatus.INTRANS
    assert db.session.scalar(COUNT) == 2


def test_who_has_read_writes_on_the_same_connection(ana_id: UUID) -> None:
    pid = select(func.pg_backend_pid())
    read_on = db.session.scalar(pid)
    ana = db.session.get_one(Account, ana_id)
    renamed_elsewhere("Ana")
    with transaction():
        assert db.session.scalar(pid) == read_on
        assert status() is TransactionStatus.INTRANS
        assert ana.name == "Ana"  # read again


def test_a_connection_that_was_read_on_is_one_for_transactions_again(ana_id: UUID) -> None:
    assert db.session.scalar(COUNT) == 1
    db.session.remove()
    with db.engine.connect() as connection:
        connection.execute(text("DELETE FROM account"))
        connection.rollback()
    assert db.session.scalar(COUNT) == 1


def test_each_statement_sees_what_was_kept_by_then(ana_id: UUID) -> None:
    assert names() == [""]
    renamed_elsewhere("Ana")
    assert names() == ["Ana"]


def test_a_restart_of_the_server_is_not_noticed_by_who_comes_after_it(
    ana_id: UUID, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core_db, "RESTS", 0)  # as if it had been longer ago
    assert names() == [""]
    db.session.remove()
    restart(store)
    assert names() == [""]


def as_columns() -> object:
    return columns(COUNT, {}).scalar()


def by_session() -> object:
    return db.session.scalar(COUNT)


@pytest.mark.parametrize("ask", [as_columns, by_session])
def test_who_found_the_server_gone_may_write_once_it_is_back(
    ana_id: UUID, store: Store, ask: Callable[[], object]
) -> None:
    ask()
    restart(store)
    with pytest.raises(OperationalError):
        ask()
    with transaction():
        db.session.get_one(Account, ana_id).name = "Ana"
    assert names() == ["Ana"]


def test_what_could_not_be_written_does_not_keep_the_next_from_it(ana_id: UUID) -> None:
    db.session.add(account())  # there is one of that address
    with pytest.raises(IntegrityError):
        names()
    with transaction():
        db.session.add(account("ben@example.org"))
    assert names() == ["", ""]


@pytest.mark.parametrize("ask", [as_columns, by_session])
def test_whoever_asks_meanwhile_is_told_and_nobody_else_gets_that_connection(
    ana_id: UUID, store: Store, ask: Callable[[], object]
) -> None:
    ask()
    restart(store)
    with pytest.raises(OperationalError) as gone:
        ask()
    assert gone.value.connection_invalidated
    db.session.remove()
    ask()
