"""Somebody is erased while a moderator decides about them, or presses twice: real commits."""

from collections import Counter
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.accounts.models import Account
from community.accounts.sanctions.models import KeptAway, Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor, Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.moderation import actions as moderation_actions
from community.moderation.actions import Choice
from community.moderation.models import Decision
from community.moderation.rules.case import Outcome
from community.moderation.sanctions import actions as sanction_actions
from community.moderation.sanctions.actions import StepChoice
from community.moderation.sanctions.rules import Step
from community.privacy.leaving import actions
from community.privacy.leaving.models import Leaving
from community.threads import actions as threads_actions
from community.threads.models import Post
from community.threads.parting.rules import Words
from tests.make import Make
from tests.races.presses import at_once


def count(make: Make, *models: type) -> list[int]:
    with make.app.app_context():
        return [db.session.scalar(select(func.count()).select_from(each)) or 0 for each in models]


def just_in(make: Make, person: Actor) -> Actor:
    return replace(make.actor(person), signed_in_at=make.clock.now())


def leaving(make: Make, person: Actor) -> None:
    me, now = just_in(make, person), make.clock.now()
    make.done(lambda: actions.leave(me, Words.ERASED, at_once=True, now=now))


def test_two_presses_are_one(make: Make) -> None:
    ana = make.member("Ana")
    me, now = just_in(make, ana), make.clock.now()
    presses = [partial(actions.leave, me, Words.ERASED, now=now)] * 4
    assert at_once(make, presses) == {"taken": 4}
    assert count(make, Leaving, OutboxLetter) == [1, 1]


def test_two_jobs_erase_once(make: Make) -> None:
    ana = make.member("Ana")
    leaving(make, ana)
    presses = [partial(actions.erase, ana.id, now=make.clock.now())] * 3
    assert at_once(make, presses) == {"taken": 3}
    assert count(make, Account, Leaving, OutboxLetter) == [0, 0, 1]


def test_staying_and_being_erased_come_one_after_the_other(make: Make) -> None:
    """Either they stay, with everything, or there is nobody to stay."""
    ana = make.member("Ana")
    post_id = make.opening(make.thread(make.everyone(), ana, words="Rain."))
    leaving(make, ana)
    me, now = make.actor(ana), make.clock.now()
    told = at_once(make, [partial(actions.stay, me), partial(actions.erase, ana.id, now=now)])
    with make.app.app_context():
        text = db.session.get_one(Post, post_id).text
    stayed = count(make, Account) == [1]
    assert (told, text) == (
        (Counter({"taken": 2}), "Rain.") if stayed else (Counter({"taken": 1, "not-found": 1}), "")
    )


@pytest.fixture
def reported(make: Make) -> tuple[Actor, Actor, UUID, UUID]:
    """Ana, a moderator of the site who has just come in, and a post of hers that was reported."""
    ana, ben = make.member("Ana"), make.member("Ben")
    pat = make.staff("Pat", Staff.PLATFORM_MODERATOR)
    group_id = make.group("Neck, evenings", members=[ana, ben])
    post_id = make.reply(make.thread(group_id, ben), ana)
    item_id = make.report(post_id, ben, "stop_treatment")
    assert item_id is not None
    return make.actor(ana), just_in(make, pat), post_id, item_id


@pytest.mark.holds("moderation:20", "asvs:7")
@pytest.mark.parametrize("round_", range(3))
def test_being_erased_while_somebody_suspends_them(
    make: Make, reported: tuple[Actor, Actor, UUID, UUID], round_: int
) -> None:
    """Whoever is first is first: either it is in force, and goes on after them, or there is nobody
    to suspend. No half of either."""
    ana, pat, _, item_id = reported
    leaving(make, ana)
    now = make.clock.now()
    step = StepChoice(Step(SanctionKind.SUSPEND, 7), "medicine", "It came again.", "", 1)
    told = at_once(
        make,
        [
            partial(actions.erase, ana.id, now=now),
            partial(sanction_actions.decide, pat, item_id, step, now=now),
        ],
    )
    decided = told["taken"] == 2
    assert told in (Counter({"taken": 2}), Counter({"taken": 1, "not-now": 1}))
    assert count(make, Decision, Sanction, KeptAway) == [int(decided), 0, int(decided)]
    with make.app.app_context():
        assert db.session.get(Account, ana.id) is None


@pytest.mark.holds("moderation:20")
def test_being_erased_while_somebody_removes_their_words(
    make: Make, reported: tuple[Actor, Actor, UUID, UUID]
) -> None:
    ana, pat, post_id, item_id = reported
    leaving(make, ana)
    now = make.clock.now()
    remove = Choice(Outcome.REMOVE, "medicine", "Only a prescriber can say that.", "", 1)
    told = at_once(
        make,
        [
            partial(actions.erase, ana.id, now=now),
            partial(moderation_actions.decide, pat, item_id, remove, now=now),
        ],
    )
    assert told["taken"] >= 1
    with make.app.app_context():
        post = db.session.get_one(Post, post_id)
        assert (post.author_id, post.text, post.html) == (None, "", "")
        assert db.session.get(Account, ana.id) is None


def test_being_erased_while_others_answer_in_their_thread(make: Make) -> None:
    """Nobody waits for one another, and everybody’s words are there."""
    ana, ben = make.member("Ana"), make.member("Ben")
    thread_id = make.thread(make.everyone(), ana, words="Rain.")
    leaving(make, ana)
    now, ben = make.clock.now(), make.actor(ben)
    presses = [partial(actions.erase, ana.id, now=now)] + [
        partial(threads_actions.reply, ben, thread_id, f"Tea {number}.", now=now)
        for number in range(3)
    ]
    assert at_once(make, presses) == {"taken": 4}
    with make.app.app_context():
        texts = db.session.scalars(select(Post.text).order_by(Post.number)).all()
    assert sorted(texts) == ["", "Tea 0.", "Tea 1.", "Tea 2."]
