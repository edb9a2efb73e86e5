"""Admins who end each other's role at the same moment: real threads, real commits."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from threading import Barrier

import pytest

from community.accounts import queries
from community.admin import actions
from community.core.actor import Actor, Staff
from community.core.db import transaction
from community.core.verdict import Refused
from tests.core.store import Store, own_app
from tests.make import Make


@pytest.fixture
def make(store: Store) -> Iterator[Make]:
    """A place of its own, where what is kept is kept."""
    with own_app(store.url) as app:
        yield Make(app, app.extensions["ports"].clock)


@pytest.mark.holds("asvs:7")
def test_admins_who_end_each_others_role_at_once_leave_one(make: Make) -> None:
    admins = [make.staff(name, Staff.ADMIN) for name in ("Ada", "Bo", "Cy")]
    pairs = list(permutations(admins, 2))
    start = Barrier(len(pairs))

    def press(pair: tuple[Actor, Actor]) -> str:
        one, other = pair
        with make.app.app_context():
            start.wait()
            try:
                with transaction():
                    actions.take_role(one, other.id, Staff.ADMIN)
            except Refused as refused:
                return refused.reason.code
            return "taken"

    with ThreadPoolExecutor(len(pairs)) as everybody:
        told = Counter(everybody.map(press, pairs))
    with make.app.app_context():
        assert len(queries.admins()) == 1
    assert set(told) <= {"taken", "last-admin"}
    assert told["last-admin"] >= 1
