"""One person adds pictures in several windows at the same moment: real commits."""

from functools import partial
from uuid import uuid4

from community.threads.pictures import actions, queries
from community.threads.pictures.rules import A_POST, Redrawn, Shape
from community.threads.rules.drafts import NEW_THREAD
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
