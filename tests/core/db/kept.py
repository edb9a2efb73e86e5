"""What the tests of the database share: one kind of database only, rows, and somebody else."""

import time

import pytest
from sqlalchemy import select, text

from community.accounts.models import Account
from community.core.db import db
from tests.fakes import FRIDAY_NOON

only_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("store", ["postgresql"], indirect=True)


def account(email: str = "ana@example.org") -> Account:
    return Account(email=email, joined_at=FRIDAY_NOON)


def elsewhere(sql: str, **values: object) -> None:
    """Done and committed by somebody else."""
    with db.engine.connect() as other:
        other.execute(text(sql), values)
        other.commit()


def renamed_elsewhere(name: str) -> None:
    elsewhere("UPDATE account SET name = :name", name=name)


def names() -> list[str]:
    return list(db.session.scalars(select(Account.name).order_by(Account.email)))


def wait_until_somebody_waits() -> None:
    """For a row or a key that somebody else has: PostgreSQL knows."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as looking:
        for _ in range(6000):
            if looking.scalar(waiting):
                return
            time.sleep(0.01)  # nothing tells us when another connection begins to wait
    raise AssertionError("nobody waits")
