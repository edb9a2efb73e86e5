"""The one lock: the row as it is now, and nobody else’s until we are done; and adding once."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import psycopg.errors
import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from community.accounts.models import Account, StaffRole
from community.core.actor import Staff
from community.core.db import add_once, db, locked, transaction
from community.core.verdict import NOT_FOUND, Refused
from tests.core.db.kept import (
    account,
    names,
    only_postgresql,
    wait_until_somebody_waits,
)
from tests.fakes import FRIDAY_NOON


@pytest.mark.holds("asvs:7")
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


@pytest.mark.holds("asvs:7")
@only_postgresql
def test_whoever_comes_second_waits_and_then_sees_what_the_first_did(
    app: Flask, ana_id: UUID
) -> None:
    db.session.remove()

    def second() -> str:
        with app.app_context():
            seen_before = db.session.get_one(Account, ana_id)
            with transaction():
                ana = locked(Account, ana_id)
                assert ana is seen_before
                ana.name += " and the second"
                return ana.name

    with ThreadPoolExecutor(1) as other:
        with transaction():
            ana = locked(Account, ana_id)
            waiting = other.submit(second)
            wait_until_somebody_waits()
            ana.name = "The first"
        assert waiting.result() == "The first and the second"


@only_postgresql
def test_whoever_wants_another_row_does_not_wait(app: Flask, ana_id: UUID) -> None:
    with transaction():
        ben = account("ben@example.org")
        db.session.add(ben)
        db.session.flush()
        ben_id = ben.id

    def rename() -> None:
        with app.app_context(), transaction():
            locked(Account, ben_id).name = "Ben"

    with ThreadPoolExecutor(1) as other, transaction():
        locked(Account, ana_id).name = "Ana"
        other.submit(rename).result()
    assert names() == ["Ana", "Ben"]


@only_postgresql
def test_whoever_adds_what_only_refers_to_a_locked_row_does_not_wait(
    app: Flask, ana_id: UUID
) -> None:
    with ThreadPoolExecutor(1) as other, transaction():
        locked(Account, ana_id).name = "Ana"
        db.session.flush()
        assert other.submit(added, app, ana_id).result()


@only_postgresql
def test_of_two_who_wait_for_each_other_one_is_refused_and_leaves_nothing(
    app: Flask, ana_id: UUID
) -> None:
    """Actions lock in one order, so this is a fault of ours: it ends at once, and cleanly."""
    with transaction():
        ben = account("ben@example.org")
        db.session.add(ben)
        db.session.flush()
        ben_id = ben.id
    both_have_one = Barrier(2)

    def rename(first: UUID, then: UUID, name: str) -> str:
        with app.app_context(), transaction():
            locked(Account, first).name = name
            db.session.flush()
            both_have_one.wait()
            locked(Account, then).name = name
        return name

    with ThreadPoolExecutor(2) as both:
        done = [both.submit(rename, ana_id, ben_id, "A"), both.submit(rename, ben_id, ana_id, "B")]
        faults = [one.exception() for one in done]
    (deadlock,) = filter(None, faults)
    assert isinstance(deadlock, OperationalError)
    assert isinstance(deadlock.orig, psycopg.errors.DeadlockDetected)
    (kept,) = [one.result() for one, fault in zip(done, faults, strict=True) if not fault]
    assert names() == [kept, kept]


# Added once


def added(app: Flask, account_id: UUID) -> bool:
    with app.app_context(), transaction():
        return add_role(account_id)


def add_role(account_id: UUID) -> bool:
    return add_once(StaffRole, account_id=account_id, role=Staff.ADMIN, since=FRIDAY_NOON)


@pytest.mark.holds("asvs:7")
def test_of_many_who_add_the_same_at_once_one_adds_it(app: Flask, ana_id: UUID) -> None:
    people, start = 8, Barrier(8)

    def go(_: int) -> bool:
        start.wait()
        return added(app, ana_id)

    with ThreadPoolExecutor(people) as everybody:
        assert sorted(everybody.map(go, range(people))) == [False] * (people - 1) + [True]
    role = db.session.scalars(select(StaffRole)).one()
    assert (role.account_id, role.role, role.since) == (ana_id, Staff.ADMIN, FRIDAY_NOON)


def test_what_is_added_once_gets_the_same_key_and_values_as_any_row(inside: None) -> None:
    with transaction():
        assert add_once(Account, email="ana@example.org", joined_at=FRIDAY_NOON)
        assert not add_once(Account, email="ana@example.org", joined_at=FRIDAY_NOON)
    ana = db.session.scalars(select(Account)).one()
    assert ana.id.version == 7
    assert ana.text_size == 100


@only_postgresql
@pytest.mark.parametrize("is_kept", [True, False])
def test_whoever_adds_second_waits_until_the_first_is_sure(
    app: Flask, ana_id: UUID, is_kept: bool
) -> None:
    db.session.remove()

    def first(other: ThreadPoolExecutor) -> Future[bool]:
        with transaction():
            assert add_role(ana_id)
            waiting = other.submit(added, app, ana_id)
            wait_until_somebody_waits()
            if not is_kept:
                db.session.rollback()
            return waiting

    with ThreadPoolExecutor(1) as other:
        assert first(other).result() is not is_kept
