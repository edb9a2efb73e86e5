"""One person adds pictures in several windows at the same moment, or puts them back while they are
erased: real commits."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from community.core.actor import Actor
from community.core.db import db
from community.threads import actions as threads_actions
from community.threads.models import Post
from community.threads.pictures import actions, queries
from community.threads.pictures.models import PictureFile
from community.threads.pictures.rules import A_POST, COMES_BACK_FOR, Change, Redrawn, Shape
from community.threads.rules.drafts import NEW_THREAD, Place
from tests.make import Make
from tests.races.presses import at_once


def test_no_more_are_taken_than_a_post_has(make: Make) -> None:
    ana = make.actor(make.member("Ana"))
    drawn = Redrawn(Shape(2, 1), b"small", None)
    what = (ana, NEW_THREAD, drawn, "A grey cat asleep.")
    presses = [partial(actions.take, *what, now=make.clock.now())] * (A_POST + 2)
    assert at_once(make, presses) == {"taken": A_POST, "enough-here": 2}


def test_one_press_that_comes_twice_is_one_picture(make: Make) -> None:
    ana = make.actor(make.member("Ana"))
    what = (ana, NEW_THREAD, Redrawn(Shape(2, 1), b"small", None), "A grey cat asleep.")
    how = {"press_id": uuid4(), "now": make.clock.now()}
    assert at_once(make, [partial(actions.take, *what, **how)] * 4) == {"taken": 4}
    waiting = make.done(lambda: queries.on_page(ana, (), NEW_THREAD).waiting)
    assert len(waiting) == 1


@dataclass(frozen=True)
class Album:
    """Ana’s post, with the three pictures it may have."""

    make: Make
    ana: Actor
    post_id: UUID
    place: Place

    def done(self, do: Callable[..., object], *what: object) -> None:
        now = self.make.clock.now()
        self.make.done(lambda: do(self.ana, *what, now=now))

    def taken(self) -> UUID:
        """A picture more, that waits beside the words."""
        drawn = Redrawn(Shape(2, 1), b"small", None)
        what = (self.place, drawn, "A grey cat asleep.")
        now = self.make.clock.now()
        return self.make.done(lambda: actions.take(self.ana, *what, now=now))

    def shown(self) -> UUID:
        """A picture more, in the post."""
        picture_id, (words, version) = self.taken(), self.says()
        change = partial(threads_actions.edit, pictures=Change(added=[picture_id]))
        self.done(change, self.post_id, words, version)
        return picture_id

    def says(self) -> tuple[str, int]:
        """Its words, and which version of it that is."""
        its = select(Post.text, Post.version).where(Post.id == self.post_id)
        return self.make.done(lambda: db.session.execute(its).one())

    def seen(self) -> set[UUID]:
        """What is in the post, or waits beside its words."""
        found = self.make.done(lambda: queries.on_page(self.ana, [self.post_id], self.place))
        return {each.id for each in (*found.of(self.post_id), *found.waiting)}

    def pressed(self, *presses: Callable[..., object]) -> Counter[str]:
        """All at the same moment."""
        return at_once(self.make, presses)


@pytest.fixture
def album(make: Make) -> Album:
    ana = make.actor(make.member("Ana"))
    thread_id = make.thread(make.group("Neck, evenings", members=[ana]), ana)
    post_id = make.opening(thread_id)
    return Album(make, make.actor(ana), post_id, Place(thread_id, post_id))


@pytest.mark.parametrize("is_in_post", [True, False])
def test_one_that_is_put_back_in_two_windows_is_there_once(album: Album, is_in_post: bool) -> None:
    picture_id = album.shown() if is_in_post else album.taken()
    album.done(actions.take_out, picture_id)
    _, before = album.says()
    again = partial(actions.put_back, album.ana, picture_id, now=album.make.clock.now())
    assert album.pressed(again, again, again) == {"taken": 3}
    assert album.seen() == {picture_id}
    assert album.says()[1] == before + is_in_post


def test_of_two_for_the_last_place_one_comes_back(album: Album) -> None:
    out = [album.shown(), album.taken()]
    for each in out:
        album.done(actions.take_out, each)
    there = {album.shown(), album.taken()}
    now = album.make.clock.now()
    presses = [partial(actions.put_back, album.ana, each, now=now) for each in out]
    assert album.pressed(*presses) == {"taken": 1, "enough-here": 1}
    assert len(album.seen() - there) == 1
    assert len(album.seen()) == A_POST


@pytest.mark.parametrize("go", range(2))
@pytest.mark.parametrize("is_in_post", [True, False])
@pytest.mark.parametrize("by_press", [True, False])
def test_what_comes_back_while_it_is_erased_is_whole_or_gone(
    album: Album, is_in_post: bool, by_press: bool, go: int
) -> None:
    picture_id = album.shown() if is_in_post else album.taken()
    album.done(actions.take_out, picture_id)
    over = album.make.clock.now() + COMES_BACK_FOR
    just_before = over - timedelta(seconds=1)
    again = partial(actions.put_back, album.ana, picture_id, now=just_before)
    job = partial(actions.forget, now=over)
    press = partial(actions.erase, album.ana, picture_id, now=just_before)
    told = album.pressed(*[again, press if by_press else job][:: 1 if go % 2 else -1])
    is_back = album.seen() == {picture_id}
    assert told == ({"taken": 2} if is_back and not by_press else {"taken": 1, "not-found": 1})
    album.make.done(job)
    files = select(func.count()).select_from(PictureFile)
    assert album.make.done(lambda: db.session.scalar(files)) == is_back
