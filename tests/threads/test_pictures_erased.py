"""A picture that was taken out or erased with its words leaves the files of the store."""

from collections.abc import Iterator
from random import Random

import pytest
from flask import Flask

from community.groups.claims import actor_of
from community.threads import actions as threads_actions
from community.threads.jobs import erase_pictures, erase_taken_back
from community.threads.pictures import actions
from community.threads.pictures.rules import COMES_BACK_FOR, Redrawn, Shape
from community.threads.rules.drafts import Place
from community.threads.taken_back import actions as taken_back
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.make import Make

WORDS = b"A qwyxzheron on one leg"
DOTS = Random(33).randbytes(3000)
IN_A_POST = {"taken out", "erased by a press"}


@pytest.fixture
def app(store: Store) -> Iterator[Flask]:
    with own_app(store.url) as app:
        yield app


@pytest.fixture
def make(app: Flask) -> Make:
    clock = app.extensions["ports"].clock
    assert isinstance(clock, FrozenClock)
    return Make(app, clock)


@pytest.mark.holds("promise:10")
@pytest.mark.parametrize(
    "way", ["taken out", "erased by a press", "never sent", "erased with its words"]
)
def test_nothing_of_it_is_left_in_the_files(app: Flask, make: Make, store: Store, way: str) -> None:
    everyone, now = make.everyone(), make.clock.now()
    ana = make.member("Ana")
    thread_id = make.thread(everyone, ana)
    place = Place(thread_id)

    def add_and_let_go() -> None:
        me = actor_of(ana.id, now=now)
        drawn = Redrawn(Shape(900, 600), DOTS[::-1], DOTS)
        picture_id = actions.take(me, place, drawn, WORDS.decode(), now=now)
        if way == "never sent":
            actions.take_out(me, picture_id, now=now)
            return
        sent = threads_actions.reply(me, thread_id, "Look", pictures=[picture_id], now=now)
        if way in IN_A_POST:
            actions.take_out(me, picture_id, now=now)
            if way == "erased by a press":
                actions.erase(me, picture_id, now=now)
        else:
            taken_back.take_back(me, sent.post_id, now=now)
            taken_back.erase(me, sent.post_id, now=now)

    make.done(add_and_let_go)
    with app.app_context():
        assert DOTS[:60] in store.on_disk()
        later = now if way.startswith("erased") else now + COMES_BACK_FOR
        erase_taken_back(later)
        erase_pictures(later)
        left = store.on_disk()
    for planted in (DOTS[:60], DOTS[::-1][:60]):
        assert planted not in left
    assert (WORDS in left) is (way in IN_A_POST)  # earlier versions say what there was
