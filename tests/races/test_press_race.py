"""A hand that presses twice, and one person in several windows: real threads, real commits."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import partial
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from community.core.actor import Actor
from community.core.db import db, locked_all, transaction
from community.core.verdict import Refused
from community.moderation.about import actions as about_actions
from community.moderation.about.models import Remark
from community.moderation.models import AuditEvent
from community.threads import actions
from community.threads.acts.rules import Because
from community.threads.models import Draft, Post, ReadMark, Thread
from community.threads.pace import actions as pace_actions
from community.threads.pace.actions import Plan
from community.threads.pace.models import ThreadPace
from community.threads.pace.rules import PaceKind
from community.threads.reading import actions as reading_actions
from community.threads.resonance import actions as resonance_actions
from community.threads.resonance.models import Resonance
from community.threads.resonance.rules import Word
from community.threads.rules.drafts import Place, Typed
from community.threads.rules.posts import Press, Wish
from community.threads.taken_back import actions as taken_back_actions
from community.threads.thrown_away import actions as thrown_away
from tests.make import Make
from tests.races.presses import one_waits_for


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


@pytest.mark.holds("F:F83")
@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_words_saved_while_the_draft_before_them_is_sent_are_kept(
    make: Make, ana: Actor, thread_id: UUID
) -> None:
    now, place, press = make.clock.now(), Place(thread_id), Press(uuid4())
    keep = partial(actions.keep_draft, ana, place, now=now)
    make.done(lambda: keep(Typed("Sent."), press=press))
    one_waits_for(
        make,
        partial(actions.reply, ana, thread_id, "Sent.", press=press, now=now),
        partial(keep, Typed("From the bus."), press=Press(uuid4())),
        having=lambda: locked_all(Draft),
    )
    draft = make.done(lambda: db.session.execute(select(Draft.words, Draft.overtaken)).one())
    assert tuple(draft) == ("From the bus.", [])


@pytest.mark.holds("F:F84")
def test_a_draft_is_thrown_away_once_and_put_back_once(
    make: Make, ana: Actor, thread_id: UUID
) -> None:
    now, place = make.clock.now(), Place(thread_id)
    keep = partial(actions.keep_draft, ana, place, Typed("Rain."), press=Press(), now=now)
    stamp = make.done(keep).stamp
    me = make.actor(ana)
    for press in (thrown_away.throw_away, thrown_away.put_back):
        assert sum(map(bool, at_once(make, [partial(press, me, stamp, now=now)] * 6))) == 1
    draft = make.done(lambda: db.session.execute(select(Draft.words, Draft.overtaken)).one())
    assert tuple(draft) == ("Rain.", [])


def test_a_place_kept_from_many_windows_is_the_furthest(
    make: Make, ana: Actor, thread_id: UUID
) -> None:
    ben = make.member("Ben")
    for _ in range(10):
        make.reply(thread_id, ana)
    at_once(
        make,
        [partial(reading_actions.keep_place, ben, thread_id, number) for number in (5, 9, 2, 7)],
    )
    row = select(ReadMark.number).where(ReadMark.account_id == ben.id)
    assert make.done(lambda: db.session.scalar(row)) == 9


@pytest.mark.holds("F:F82")
def test_a_word_that_is_given_six_times_at_once_is_given_once(
    make: Make, ana: Actor, thread_id: UUID
) -> None:
    ben, now = make.actor(make.member("Ben")), make.clock.now()
    what = (ben, make.opening(thread_id), Word.WITH_YOU)
    at_once(make, [partial(resonance_actions.give, *what, now=now)] * 6)
    assert make.done(lambda: db.session.scalars(select(Resonance.word)).all()) == [Word.WITH_YOU]


def test_a_word_never_outlives_the_words_it_is_for(make: Make, ana: Actor, thread_id: UUID) -> None:
    people = [make.actor(make.member(name)) for name in ("Ben", "Cleo", "Dan")]
    opening, now = make.opening(thread_id), make.clock.now()
    giving = [partial(_given_if_there, each, opening, now) for each in people]
    at_once(make, [*giving, partial(_erase, make.actor(ana), opening, now)])
    assert make.done(lambda: db.session.scalars(select(Resonance.post_id)).all()) == []


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_no_word_comes_to_words_that_are_just_being_taken_back(
    make: Make, ana: Actor, thread_id: UUID
) -> None:
    ben, opening, now = make.actor(make.member("Ben")), make.opening(thread_id), make.clock.now()
    taking_back = partial(taken_back_actions.take_back, ana, opening, now=now)
    with pytest.raises(Refused):
        one_waits_for(
            make, taking_back, partial(resonance_actions.give, ben, opening, Word.WITH_YOU, now=now)
        )
    assert make.done(lambda: db.session.scalars(select(Resonance.post_id)).all()) == []


def _erase(actor: Actor, post_id: UUID, now: datetime) -> None:
    """Taken back for good: until then the words that others gave are kept with them."""
    taken_back_actions.take_back(actor, post_id, now=now)
    taken_back_actions.erase(actor, post_id, now=now)


def _given_if_there(actor: Actor, post_id: UUID, now: datetime) -> None:
    with suppress(Refused):
        resonance_actions.give(actor, post_id, Word.WITH_YOU, now=now)


@pytest.mark.holds("F:F82")
def test_many_presses_of_a_moderator_are_the_first_again(make: Make, ana: Actor) -> None:
    """A note about somebody; a thread that rests, and goes on."""
    ben, mori, now = make.member("Ben"), make.member("Mori"), make.clock.now()
    group_id = make.group("Neck, evenings", members=[ana, ben], moderators=[mori])
    thread_id = make.thread(group_id, ben)
    item_id = make.report(make.reply(thread_id, ana), ben, "medical_claim")
    mori = make.actor(mori)
    noting = partial(about_actions.note, mori, item_id, "Wrote to them once.", 90, now=now)
    at_once(make, [noting] * 4)
    plan, because = Plan(PaceKind.PAUSE, 1, None, None), Because("kindness", "A breath.")
    at_once(make, [partial(pace_actions.set_pace, mori, thread_id, plan, because, now=now)] * 4)
    with make.app.app_context():
        assert len(db.session.scalars(select(Remark)).all()) == 1
        pace_id = db.session.scalars(select(ThreadPace.id)).one()
    ending = partial(pace_actions.end, mori, thread_id, PaceKind.PAUSE, pace_id, now=now)
    at_once(make, [ending] * 4)
    with make.app.app_context():
        acts = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert acts == ["wrote-about", "pause", "pace-ended"]
