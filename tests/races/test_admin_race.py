"""Admins who end each other's role at the same moment: real threads, real commits."""

from dataclasses import replace
from functools import partial
from itertools import permutations

import pytest

from community.accounts import queries
from community.admin import actions
from community.core.actor import Staff
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
