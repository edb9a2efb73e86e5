"""Somebody would like a moderator, while others press too: real threads, real commits."""

from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import func, select

from community.core.db import db, locked_all
from community.core.letters import OutboxLetter
from community.live.models import HelpPress
from community.live.rules.room import UNANSWERED_AFTER
from community.moderation.help import actions
from community.moderation.help.models import HelpWanted
from community.moderation.help.rules import HelpStep
from community.moderation.models import AuditEvent
from tests.core.store import Store
from tests.moderation.typed import TypedCircle, typed_circle_at
from tests.races.presses import at_once, one_waits_for


@pytest.fixture
def circle(store: Store) -> Iterator[TypedCircle]:
    """A place of its own, where what is kept is kept."""
    with typed_circle_at(store.url) as circle:
        yield circle


def kept(circle: TypedCircle, kind: str) -> tuple[int, int, int]:
    """How many presses and how many who would like a moderator there are, and letters about it."""
    letters = select(func.count()).where(OutboxLetter.kind == f"moderation/{kind}")
    with circle.make.app.app_context():
        presses, wanted = (
            db.session.scalar(select(func.count()).select_from(model)) or 0
            for model in (HelpPress, HelpWanted)
        )
        return presses, wanted, db.session.scalar(letters) or 0


@pytest.mark.holds("promise:6")
def test_a_press_is_taken_over_once_whichever_job_comes_first(circle: TypedCircle) -> None:
    circle.gathered()
    circle.press("Ana", "help")
    now = circle.clock.pass_by(seconds=UNANSWERED_AFTER.total_seconds())
    at_once(circle.make, [partial(actions.take_over, now=now)] * 4)
    assert kept(circle, "help_asked") == (0, 1, 3)


@pytest.mark.holds("promise:6")
def test_telling_a_moderator_many_times_at_once_makes_one(circle: TypedCircle) -> None:
    thread_id, now = circle.make.thread(circle.group, circle.hana), circle.clock.now()
    ana = circle.make.actor(circle.ana)
    ask = partial(actions.ask, ana, thread_id, "Please.", about_moderator=False, now=now)
    assert at_once(circle.make, [ask] * 6) == {"taken": 6}
    assert kept(circle, "moderator_wanted") == (0, 1, 2)  # Hana began the thread


@pytest.mark.holds("moderation:17", "promise:6")
def test_of_two_second_names_one_closes_it(circle: TypedCircle) -> None:
    thread_id, now = circle.make.thread(circle.group, circle.ben), circle.clock.now()
    ana, mori, marta, pat = (
        circle.make.actor(each) for each in (circle.ana, circle.mori, circle.marta, circle.pat)
    )
    circle.make.done(lambda: actions.ask(ana, thread_id, "", about_moderator=False, now=now))
    find = select(HelpWanted.id)
    help_id = circle.make.done(lambda: db.session.scalars(find).one())
    circle.make.done(lambda: actions.take(mori, help_id, HelpStep.ALL_RIGHT, now=now))
    told = at_once(
        circle.make,
        [partial(actions.take, who, help_id, HelpStep.SECOND, now=now) for who in (marta, pat)],
    )
    assert told == {"taken": 1, "seen-to": 1}
    closed = select(func.count()).where(AuditEvent.item_id == help_id, AuditEvent.after == "closed")
    with circle.make.app.app_context():
        assert db.session.scalar(closed) == 1


@pytest.mark.holds("promise:6")
@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_whoever_tells_a_moderator_while_what_they_told_is_closed_is_heard(
    circle: TypedCircle,
) -> None:
    thread_id, now = circle.make.thread(circle.group, circle.ben), circle.clock.now()
    ana, mori, marta = (circle.make.actor(each) for each in (circle.ana, circle.mori, circle.marta))
    ask = partial(actions.ask, ana, thread_id, about_moderator=False, now=now)
    circle.make.done(lambda: ask("Please."))
    help_id = circle.make.done(lambda: db.session.scalars(select(HelpWanted.id)).one())
    circle.make.done(lambda: actions.take(mori, help_id, HelpStep.ALL_RIGHT, now=now))
    one_waits_for(
        circle.make,
        partial(actions.take, marta, help_id, HelpStep.SECOND, now=now),
        partial(ask, "It is worse now."),
        having=lambda: locked_all(HelpWanted),
    )
    words = circle.make.done(lambda: db.session.scalars(select(HelpWanted.words)).all())
    assert words == ["It is worse now."]
