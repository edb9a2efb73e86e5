"""Staff who make a topic of one tag at the same moment, and who change its words: real commits."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from community.core.actor import Actor, Staff
from community.core.db import db
from community.dystonia.tags import tag
from community.dystonia.topics import Catalogue, Kind, learn
from community.groups.topics import queries
from community.groups.topics.models import PromotedTopic
from community.moderation.models import AuditEvent
from community.moderation.topics import actions
from community.moderation.topics.rules import AUTHORS, THREADS, Carried
from tests.make import Make
from tests.races.presses import at_once

DBS = tag("dbs")
FIRST = Carried("Stimulation", "Before it and with it.", Kind.LIVING)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """What this process learnt goes with the rows."""
    yield
    learn(Catalogue())


@pytest.fixture
def staff(make: Make) -> list[Actor]:
    """Four of them, and a tag under which much is written."""
    people = [make.member(f"Writer {number}") for number in range(AUTHORS)]
    group_id = make.group("Everything", members=people)
    for number in range(THREADS):
        make.thread(group_id, people[number % AUTHORS], tags=["dbs"])
    return [make.staff(f"Pat {number}", Staff.PLATFORM_MODERATOR) for number in range(4)]


def test_one_of_them_makes_it_and_one_of_them_changes_it(make: Make, staff: list[Actor]) -> None:
    now = make.clock.now()
    made, changed = (
        [replace(FIRST, words=f"{words}, said in way {number}.") for number in range(len(staff))]
        for words in ("Before it and with it", "With it and after it")
    )
    presses = [
        partial(actions.promote, each, DBS.id, words, now=now)
        for each, words in zip(staff, made, strict=True)
    ]
    assert at_once(make, presses) == {"taken": 1, "is-topic": 3}
    with make.app.app_context():
        queries.look()
    presses = [
        partial(actions.reword, each, DBS.id, words, 1, now=now)
        for each, words in zip(staff, changed, strict=True)
    ]
    assert at_once(make, presses) == {"taken": 1, "stale": 3}
    written_down_once_each(make)


@pytest.mark.holds("F:F82")
def test_many_presses_of_one_are_the_first_again(make: Make, staff: list[Actor]) -> None:
    now, pat = make.clock.now(), staff[0]
    press = partial(actions.promote, pat, DBS.id, FIRST, now=now)
    assert at_once(make, [press] * 4) == {"taken": 4}
    with make.app.app_context():
        queries.look()
    other = replace(FIRST, words="With it and after it.")
    press = partial(actions.reword, pat, DBS.id, other, 1, now=now)
    assert at_once(make, [press] * 4) == {"taken": 4}
    written_down_once_each(make)


def written_down_once_each(make: Make) -> None:
    with make.app.app_context():
        assert db.session.scalars(select(PromotedTopic.version)).all() == [2]
        acts = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
        assert acts == ["promoted", "reworded"]
