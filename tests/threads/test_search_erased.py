"""Words that were changed or taken back are found by nobody at once, and leave the files of the
index with the next job."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from community.core.db import db, scrub
from community.groups.claims import actor_of
from community.threads import actions
from community.threads.models import Draft, Post, PostVersion, Thread
from community.threads.search import queries
from community.threads.search.jobs import erase_words
from community.threads.search.models import PostWords
from community.threads.search.queries import Asked
from community.threads.search.rules import read
from community.threads.taken_back import actions as taken_back
from community.threads.taken_back.models import TakenBack
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.make import Make

# Nothing else in the index begins alike, so that it stands there letter by letter.
WORD = b"qwyxzfjord"


@pytest.fixture
def app(store: Store) -> Iterator[Flask]:
    with own_app(store.url) as app:
        yield app


@pytest.fixture
def make(app: Flask) -> Make:
    clock = app.extensions["ports"].clock
    assert isinstance(clock, FrozenClock)
    return Make(app, clock)


def how_many_have_left(make: Make) -> int:
    found = select(PostWords.id).where(PostWords.has_left)
    return len(make.done(lambda: db.session.scalars(found).all()))


@pytest.mark.holds("promise:10")
@pytest.mark.parametrize("changed", [True, False])
def test_what_isnt_said_any_more_leaves_the_files(
    app: Flask, make: Make, store: Store, changed: bool
) -> None:
    everyone, now = make.everyone(), make.clock.now()
    ana = make.member("Ana")
    for number in range(30):
        make.thread(everyone, ana, words=f"Tea and rain, {number} times.")
    thread_id = make.thread(everyone, ana, words=f"A {WORD.decode()}.", title="Rain")
    post_id = make.opening(thread_id)

    def found() -> list[UUID]:
        asked = Asked(read(WORD.decode()))
        actor = actor_of(ana.id, now=now)
        return [row.id for row in queries.find(actor, asked, now).rows]

    def unsay() -> None:
        actor = actor_of(ana.id, now=now)
        if changed:
            actions.edit(actor, post_id, "A heron.", 1, now=now)
        taken_back.take_back(actor, post_id, now=now)
        taken_back.erase(actor, post_id, now=now)
        taken_back.forget(now=now)

    assert make.done(found) == [post_id]
    make.done(unsay)
    assert make.done(found) == []
    with app.app_context():
        assert scrub(
            Post, PostVersion, Thread, Draft, TakenBack
        )  # what is left is left in the index
        assert WORD in store.on_disk()  # the trap
        assert how_many_have_left(make) == 1
        erase_words(now)
    assert WORD not in store.on_disk()
    assert how_many_have_left(make) == 0
    with app.app_context():
        tea = make.done(lambda: queries.find(actor_of(ana.id, now=now), Asked(read("tea")), now))
    assert len(tea.rows) == queries.A_PAGE


def test_there_is_nothing_to_do_where_nothing_was_unsaid(app: Flask, make: Make) -> None:
    make.thread(make.everyone(), make.member("Ana"))
    with app.app_context():
        erase_words(make.clock.now())
    assert how_many_have_left(make) == 0
