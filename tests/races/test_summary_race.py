"""Several people put one thread in short at once: real threads, real commits."""

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.core.db import db
from community.threads.summary import actions
from community.threads.summary.actions import Seen
from community.threads.summary.models import ThreadSummary
from community.threads.summary.rules import LONG
from community.threads.taken_back import actions as taken_back_actions
from tests.make import Make
from tests.races.presses import at_once
from tests.threads.conftest import Cast, cast, scene

__all__ = ["cast", "scene"]


@pytest.fixture
def thread_id(make: Make, cast: Cast) -> UUID:
    thread_id = make.thread(cast.group_id, cast.ana)
    for _ in range(LONG + 1):
        make.reply(thread_id, cast.ben)
    return thread_id


def kept(make: Make) -> int:
    count = select(func.count()).select_from(ThreadSummary)
    return make.done(lambda: db.session.scalar(count) or 0)


def writings(make: Make, cast: Cast, thread_id: UUID) -> list[partial[None]]:
    """Each of them saw that nothing stood there."""
    seen = {"seen": Seen(None, LONG + 2), "to_newest": False, "now": make.clock.now()}
    return [
        partial(actions.write, who, thread_id, f"In short, {who.name}.", **seen)
        for who in (cast.ana, cast.hana, cast.mori, cast.marta)
    ]


@pytest.mark.parametrize("go", range(3))
def test_one_of_them_stands_and_every_other_is_told(
    make: Make, cast: Cast, thread_id: UUID, go: int
) -> None:
    assert at_once(make, writings(make, cast, thread_id)) == {"taken": 1, "stale": 3}
    assert kept(make) == 1


@pytest.mark.parametrize("go", range(3))
def test_none_stands_where_how_the_thread_began_is_taken_back_meanwhile(
    make: Make, cast: Cast, thread_id: UUID, go: int
) -> None:
    opening, now = make.opening(thread_id), make.clock.now()
    taken = partial(taken_back_actions.take_back, cast.ana, opening, now=now)
    told = at_once(make, [*writings(make, cast, thread_id), taken])
    assert set(told) <= {"taken", "stale", "not-shown"}
    assert kept(make) == 0
