"""Threads split and put together while others write in them: real threads, real commits."""

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.db import db
from community.threads import actions
from community.threads.gathering import actions as gathering
from community.threads.gathering import parting
from community.threads.gathering.rules import PinPlace
from community.threads.models import Post, Thread
from community.threads.taken_back import actions as taken_back_actions
from tests.make import Make
from tests.races.presses import at_once
from tests.threads.conftest import Cast, cast, scene

__all__ = ["cast", "scene"]


def standing(make: Make, thread_id: UUID) -> tuple[list[int], int, list[str]]:
    """The numbers of a thread, how many it says it has, and its words."""

    def read() -> tuple[list[int], int, list[str]]:
        rows = db.session.execute(
            select(Post.number, Post.text).where(Post.thread_id == thread_id).order_by(Post.number)
        ).all()
        count = db.session.get_one(Thread, thread_id).post_count
        return [row.number for row in rows], count, [row.text for row in rows]

    return make.done(read)


def is_whole(make: Make, *threads: UUID) -> list[str]:
    words = []
    for each in threads:
        numbers, count, said = standing(make, each)
        assert numbers == list(range(1, count + 1))
        words += said
    return words


@pytest.mark.parametrize("go", range(3))
def test_no_reply_is_lost_when_a_thread_is_split(make: Make, cast: Cast, go: int) -> None:
    thread_id, now = make.thread(cast.group_id, cast.ana, words="First."), make.clock.now()
    ids = [make.reply(thread_id, cast.ben, f"Before {number}.") for number in range(6)]
    writers = [cast.ana, cast.ben, cast.hana] * 2
    told = at_once(
        make,
        [
            partial(parting.split, cast.mori, thread_id, set(ids[::2]), "Apart", now=now),
            *(
                partial(actions.reply, who, thread_id, f"Reply {number}.", now=now)
                for number, who in enumerate(writers)
            ),
            partial(taken_back_actions.take_back, cast.ben, ids[0], now=now),
            partial(actions.edit, cast.ben, ids[1], "Changed.", 1, now=now),
        ],
    )
    assert set(told) <= {"taken", "stale", "not-shown-first"}
    assert told["taken"] >= len(writers) + 2
    threads = make.done(lambda: db.session.scalars(select(Thread.id)).all())
    assert len(is_whole(make, *threads)) == 7 + len(writers)


@pytest.mark.parametrize("go", range(3))
def test_no_reply_is_lost_when_two_are_put_together_from_both_sides(
    make: Make, cast: Cast, go: int
) -> None:
    one, other = (make.thread(cast.group_id, cast.ana) for _ in range(2))
    replies, now = [make.reply(one, cast.ben, "Before.") for _ in range(3)], make.clock.now()
    told = at_once(
        make,
        [
            partial(parting.merge, cast.mori, one, other, now=now),
            partial(parting.merge, cast.marta, other, one, now=now),
            *(partial(actions.reply, cast.hana, other, f"There {n}.", now=now) for n in range(3)),
            partial(taken_back_actions.take_back, cast.ben, replies[0], now=now),
        ],
    )
    assert set(told) <= {"taken", "stale", "not-found"}
    threads = make.done(
        lambda: db.session.scalars(select(Thread.id).where(Thread.merged_into.is_(None))).all()
    )
    words = is_whole(make, *threads)
    assert len(words) == 2 + 3 + sum(each.startswith("There") for each in words)


def test_three_pins_are_three_whoever_presses(make: Make, cast: Cast) -> None:
    threads, now = [make.thread(cast.group_id, cast.ana) for _ in range(6)], make.clock.now()
    told = at_once(
        make,
        [
            partial(gathering.pin, who, each, PinPlace.TOPIC, now=now)
            for each, who in zip(threads, [cast.mori, cast.marta] * 3, strict=True)
        ],
    )
    assert told == {"taken": 3, "three-pinned": 3}
