"""What is left of a circle in which something was reported: one locked copy, and then nothing."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from community.core.db import db
from community.core.jobs import run
from community.live.models import RoomText
from community.moderation.jobs import JOBS
from community.moderation.models import ReportedWords
from community.moderation.rules.case import APPEAL, Outcome
from tests.core.store import Store
from tests.live.test_jobs import by_hand, by_the_clock, marked, marks_in, marks_of
from tests.moderation.test_actions import again, count
from tests.moderation.typed import TypedCircle, typed_circle_at


@pytest.fixture
def filed(store: Store) -> Iterator[TypedCircle]:
    """A circle on a database of its own, where what is kept is kept."""
    with typed_circle_at(store.url) as circle:
        yield circle


@pytest.mark.holds("circle:13", "promise:10", "asvs:37")
@pytest.mark.parametrize("end", [by_hand, by_the_clock])
def test_after_the_end_no_reported_word_is_in_the_files_and_moderators_can_read_it(
    filed: TypedCircle, store: Store, end: Callable[[TypedCircle], None]
) -> None:
    filed.gathered()
    mark = marked()
    item_id = filed.report(filed.typed(mark), filed.ben)
    assert marks_of([mark]) <= marks_in(store)
    end(filed)
    assert not marks_of([mark]) & marks_in(store)
    assert count(filed.make, RoomText) == 0
    assert mark in filed.browsers["Mori"].get(f"/moderation/{item_id}").text
    assert not marks_of([mark]) & marks_in(store)


@pytest.mark.holds("moderation:20", "asvs:37")
def test_the_locked_copy_leaves_the_files_half_a_year_after_the_decision(
    filed: TypedCircle, store: Store
) -> None:
    filed.gathered()
    item_id = filed.report(filed.typed(marked()), filed.ben)
    assert item_id
    filed.end()
    with filed.make.app.app_context():
        locked = db.session.get_one(ReportedWords, item_id).locked
        db.session.rollback()
    filed.clock.pass_by(days=400)
    tidy(filed)
    assert count(filed.make, ReportedWords) == 1  # nobody has decided yet
    filed.make.decision(item_id, filed.mori, Outcome.WARN)
    filed.clock.pass_by(days=APPEAL.days, seconds=-1)
    tidy(filed)
    assert is_in(locked, store)
    filed.clock.pass_by(seconds=1)
    tidy(filed)
    assert count(filed.make, ReportedWords) == 0
    assert not is_in(locked, store)


def tidy(circle: TypedCircle) -> None:
    for job in JOBS:
        run(circle.make.app, job)


def is_in(locked: bytes, store: Store) -> bool:
    return locked in store.on_disk()


# What the database itself refuses


@pytest.mark.holds("moderation:19")
@pytest.mark.parametrize(
    "changes",
    [
        {},  # a second open item about the same share
        {"share_id": None},
        {"share_id": uuid4(), "call_id": None},
        {"share_id": uuid4(), "reported_html": "<p>These words in the open</p>"},
    ],
)
def test_an_item_is_about_one_thing_and_keeps_no_word_of_a_circle_in_the_open(
    circle: TypedCircle, changes: dict[str, object]
) -> None:
    circle.gathered()
    item_id = circle.report(circle.typed(), circle.ben)
    assert item_id
    with pytest.raises(IntegrityError):
        circle.make.done(lambda: again(item_id, **changes))
