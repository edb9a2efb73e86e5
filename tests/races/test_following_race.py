"""One person presses in two windows, and two jobs find a letter due: real commits."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.core.actor import Actor
from community.core.db import db
from community.core.letters import OutboxLetter
from community.threads.bookmarks import actions as bookmarks_actions
from community.threads.bookmarks.models import Bookmark
from community.threads.feeds import actions as feeds_actions
from community.threads.feeds.models import ThreadFeed
from community.threads.following import actions
from community.threads.following.models import Following, HeardMark
from community.threads.following.rules import Level
from tests.make import Make
from tests.races.presses import at_once


@dataclass(frozen=True)
class Scene:
    """Ana’s thread, in a group of hers and Ben’s."""

    thread_id: UUID
    ana: Actor
    ben: Actor


@pytest.fixture
def scene(make: Make) -> Scene:
    ana, ben = make.member("Ana"), make.member("Ben")
    thread_id = make.thread(make.group("Neck, evenings", members=[ana, ben]), ana)
    return Scene(thread_id, make.actor(ana), make.actor(ben))


def count(make: Make, *models: type) -> list[int]:
    with make.app.app_context():
        return [db.session.scalar(select(func.count()).select_from(each)) or 0 for each in models]


def test_of_presses_in_several_windows_one_counts(make: Make, scene: Scene) -> None:
    now, opening = make.clock.now(), make.opening(scene.thread_id)
    of_thread = partial(actions.follow_thread, scene.ben, scene.thread_id, now=now)
    of_topic = partial(actions.follow_topic, scene.ben, "cervical", now=now)
    presses = [
        *(partial(press, level=level) for press in (of_thread, of_topic) for level in Level),
        *[partial(bookmarks_actions.keep, scene.ben, opening, now=now)] * 2,
        *[partial(feeds_actions.give_address, scene.ben)] * 2,
    ]
    assert at_once(make, presses) == {"taken": len(presses)}
    assert count(make, Following, Bookmark, ThreadFeed) == [2, 1, 1]


@pytest.mark.holds("promise:6")
def test_two_jobs_at_the_same_moment_write_one_letter(make: Make, scene: Scene) -> None:
    asked = make.clock.now() - timedelta(minutes=1)
    make.done(lambda: actions.follow_thread(scene.ben, scene.thread_id, Level.MAIL, now=asked))
    make.reply(scene.thread_id, scene.ana)
    presses = [partial(actions.tell_followed, scene.ben.id, now=make.clock.now())] * 4
    assert at_once(make, presses) == {"taken": 4}
    assert count(make, OutboxLetter, HeardMark) == [1, 1]
