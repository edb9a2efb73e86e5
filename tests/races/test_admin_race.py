"""Admins who end each other's role at the same moment: real threads, real commits."""

from dataclasses import replace
from functools import partial
from itertools import permutations

import pytest
from sqlalchemy import func, select

from community.accounts import actions as accounts_actions
from community.accounts import queries
from community.accounts.locks.models import AccountLock
from community.accounts.locks.rules import LockReason
from community.accounts.models import SignedInBrowser
from community.admin import actions
from community.core.actor import Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.moderation.models import AuditEvent
from tests.make import Make
from tests.races.presses import at_once


@pytest.mark.holds("asvs:7")
def test_admins_who_end_each_others_role_at_once_leave_one(make: Make) -> None:
    now = make.clock.now()
    admins = [
        replace(make.staff(name, Staff.ADMIN), signed_in_at=now) for name in ("Ada", "Bo", "Cy")
    ]
    told = at_once(
        make,
        [
            partial(actions.take_role, one, other.id, Staff.ADMIN, now=now)
            for one, other in permutations(admins, 2)
        ],
    )
    with make.app.app_context():
        assert len(queries.admins()) == 1
    assert set(told) <= {"taken", "last-admin"}
    assert told["last-admin"] >= 1


def test_of_admins_who_lock_and_open_an_account_at_once_each_thing_is_done_once(
    make: Make,
) -> None:
    now, ana = make.clock.now(), make.member("Ana")
    admins = [replace(make.staff(name, Staff.ADMIN), signed_in_at=now) for name in ("Ada", "Bo")]
    how = (ana.id, LockReason.TAKEN_OVER, 3)
    told = at_once(make, [partial(actions.lock, one, *how, now=now) for one in admins * 2])
    assert told == {"taken": 1, "is-locked": 3}
    assert kept(make) == (1, 1, 1)
    told = at_once(make, [partial(actions.unlock, one, ana.id, now=now) for one in admins * 2])
    assert told == {"taken": 1, "is-open": 3}
    assert kept(make) == (0, 2, 2)


def test_whoever_comes_in_while_it_is_locked_is_signed_out_or_kept_out(make: Make) -> None:
    now, ana = make.clock.now(), make.member("Ana")
    ada = replace(make.staff("Ada", Staff.ADMIN), signed_in_at=now)
    lock = partial(actions.lock, ada, ana.id, LockReason.TAKEN_OVER, 3, now=now)
    come = [partial(accounts_actions.sign_in, ana.id, "Firefox", now=now) for _ in range(5)]
    told = at_once(make, [*come[:2], lock, *come[2:]])
    assert set(told) <= {"taken", "locked"}
    with make.app.app_context():
        theirs = SignedInBrowser.account_id == ana.id
        assert db.session.scalars(select(SignedInBrowser).where(theirs)).all() == []


def kept(make: Make) -> tuple[int, ...]:
    """Locks, acts in the record and letters."""
    with make.app.app_context():
        return tuple(
            db.session.scalar(select(func.count()).select_from(model)) or 0
            for model in (AccountLock, AuditEvent, OutboxLetter)
        )
