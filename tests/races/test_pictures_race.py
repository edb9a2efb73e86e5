"""One person adds pictures in several windows at the same moment: real commits."""

from functools import partial

from community.threads.pictures import actions
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
