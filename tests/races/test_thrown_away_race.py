"""One person throws drafts away in several windows at the same moment: real commits."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.actor import Actor
from community.core.db import db
from community.threads import actions as threads_actions
from community.threads.rules.drafts import NEW_THREAD, Place, Typed
from community.threads.rules.posts import Press
from community.threads.thrown_away import actions, keeping
from community.threads.thrown_away.models import ThrownAway
from tests.make import Make
from tests.races.presses import at_once

MOST = 3


@pytest.fixture
def ana(make: Make) -> Actor:
    return make.member("Ana")


def written(make: Make, ana: Actor, place: Place, words: str) -> UUID:
    """A draft, by its stamp."""
    keep = partial(threads_actions.keep_draft, ana, place, Typed(words), press=Press())
    stamp: UUID = make.done(lambda: keep(now=make.clock.now()).stamp)
    return stamp


@pytest.mark.parametrize("go", range(3))
def test_no_more_are_kept_than_stand_on_the_page(
    make: Make, ana: Actor, monkeypatch: pytest.MonkeyPatch, go: int
) -> None:
    monkeypatch.setattr(keeping, "THROWN_MOST", MOST)
    now, everyone = make.clock.now(), make.everyone()
    places = [NEW_THREAD, *(Place(make.thread(everyone, ana)) for _ in range(3))]
    for each in range(MOST):
        stamp = written(make, ana, NEW_THREAD, f"Hail {each}.")
        make.done(partial(actions.throw_away, ana, stamp, now=now))
    stamps = [written(make, ana, place, "Rain.") for place in places]
    throw = [partial(actions.throw_away, ana, stamp, now=now) for stamp in stamps[:2]]
    empty = [
        partial(
            threads_actions.keep_draft, ana, place, Typed(""), press=Press(draft=stamp), now=now
        )
        for place, stamp in zip(places[2:], stamps[2:], strict=True)
    ]
    presses: list[Callable[[], object]] = [*throw, *empty]
    assert at_once(make, presses) == {"taken": 4}
    in_sight = select(ThrownAway.words).where(ThrownAway.erase_at > now)
    kept = make.done(lambda: db.session.scalars(in_sight).all())
    assert kept == ["Rain."] * MOST
