"""A hand that presses twice, and one person in several windows: real threads, real commits."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from community.core.actor import Actor
from community.core.db import db, transaction
from community.threads import actions
from community.threads.models import Draft, Post, ReadMark, Thread
from community.threads.rules.drafts import Place, Typed
from community.threads.rules.posts import Press, Wish
from tests.make import Make


@pytest.fixture
def ana(make: Make) -> Actor:
    return make.member("Ana")


@pytest.fixture
def thread_id(make: Make, ana: Actor) -> UUID:
    return make.thread(make.everyone(), ana)


def at_once(make: Make, presses: Sequence[Callable[[], object]]) -> list[object]:
    """Each in a thread of its own, let go at the same moment; what each was given."""
    start = Barrier(len(presses))

    def go(press: Callable[[], object]) -> object:
        with make.app.app_context():
            start.wait()
            with transaction():
                return press()

    with ThreadPoolExecutor(len(presses)) as all_of_them:
        return list(all_of_them.map(go, presses))


@pytest.mark.holds("F:F82")
def test_six_presses_at_once_start_one_thread_and_send_one_reply(
    make: Make, ana: Actor, thread_id: UUID
) -> None:
    now, press = make.clock.now(), Press(uuid4())
    what = (ana, make.everyone(), "hand", "Pens", Wish.IDEAS, "Which?")
    started = at_once(make, [partial(actions.start, *what, press=press, now=now)] * 6)
    replying = partial(actions.reply, ana, thread_id, "Rain.", press=press, now=now)
    sent = at_once(make, [replying] * 6)
    assert len(set(started)) == len(set(sent)) == 1
    assert len(make.done(lambda: db.session.scalars(select(Thread.id)).all())) == 2
    assert sorted(make.done(lambda: list(db.session.scalars(select(Post.text))))) == [
        "Rain.",
        "Today I looked at the rain for forty minutes.",
        "Which?",
    ]


@pytest.mark.holds("F:F83")
def test_windows_that_save_and_send_at_once_lose_nothing(
    make: Make, ana: Actor, thread_id: UUID
) -> None:
    now, place, press = make.clock.now(), Place(thread_id), Press(uuid4())
    windows = ["From the desk.", "From the sofa.", "From the bus."]
    saving = [
        partial(actions.keep_draft, ana, place, Typed(words), press=Press(uuid4()), now=now)
        for words in windows
    ]
    late = partial(actions.keep_draft, ana, place, Typed("Sent."), press=press, now=now)
    sending = partial(actions.reply, ana, thread_id, "Sent.", press=press, now=now)
    at_once(make, [*saving, late, sending])
    draft = make.done(lambda: db.session.execute(select(Draft.words, Draft.overtaken)).one())
    assert {draft.words, *draft.overtaken} == set(windows)


def test_a_place_kept_from_many_windows_is_the_furthest(
    make: Make, ana: Actor, thread_id: UUID
) -> None:
    ben = make.member("Ben")
    for _ in range(10):
        make.reply(thread_id, ana)
    at_once(make, [partial(actions.keep_place, ben, thread_id, number) for number in (5, 9, 2, 7)])
    row = select(ReadMark.number).where(ReadMark.account_id == ben.id)
    assert make.done(lambda: db.session.scalar(row)) == 9
