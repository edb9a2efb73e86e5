"""Two people decide about somebody, or somebody writes, at the same moment: real commits."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor, Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.groups.claims import actor_of
from community.moderation import actions as moderation_actions
from community.moderation.actions import Choice
from community.moderation.appeals import actions as appeal_actions
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result
from community.moderation.models import AuditEvent, Decision
from community.moderation.rules.case import Outcome
from community.moderation.sanctions import actions
from community.moderation.sanctions.actions import StepChoice
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.sanctions.rules import Step
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from tests.make import Make
from tests.races.presses import at_once

WARNING, CIRCLES, MUTE, BAN, LIMIT, SUSPEND = SanctionKind


@dataclass(frozen=True)
class Scene:
    """Ana’s reply, reported by Ben, in a group that four people moderate; and four of the site."""

    reply_id: UUID
    item_id: UUID
    ana: Actor
    moderators: list[Actor]
    of_the_site: list[Actor]


@pytest.fixture
def scene(make: Make) -> Scene:
    ana, ben = make.member("Ana"), make.member("Ben")
    moderators = [make.member(f"Moderator {number}") for number in range(4)]
    site = [make.staff(f"Site {number}", Staff.PLATFORM_MODERATOR) for number in range(4)]
    group_id = make.group("Neck, evenings", members=[ana, ben], moderators=moderators)
    reply_id = make.reply(make.thread(group_id, ben), ana)
    item_id = make.report(reply_id, ben, "stop_treatment")
    assert item_id is not None
    now = make.clock.now()
    return Scene(
        reply_id,
        item_id,
        make.actor(ana),
        [make.actor(one) for one in moderators],
        [replace(make.actor(one), signed_in_at=now) for one in site],
    )


def count(make: Make, *models: type) -> list[int]:
    with make.app.app_context():
        return [db.session.scalar(select(func.count()).select_from(each)) or 0 for each in models]


def choice(kind: SanctionKind, days: int, version: int = 1) -> StepChoice:
    return StepChoice(Step(kind, days), "medicine", "It came again.", "", version)


@pytest.mark.holds("moderation:3", "moderation:5", "asvs:7")
def test_four_moderators_at_once_make_one_sanction_and_one_letter(make: Make, scene: Scene) -> None:
    presses = [
        partial(actions.decide, one, scene.item_id, choice(MUTE, 7), now=make.clock.now())
        for one in scene.moderators
    ]
    before = count(make, Sanction, Decision, AuditEvent, OutboxLetter)
    assert at_once(make, presses) == {"taken": 1, "stale": 3}
    after = count(make, Sanction, Decision, AuditEvent, OutboxLetter)
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 1, 1]


@pytest.mark.holds("moderation:3")
def test_a_decision_about_the_words_and_one_about_the_person_come_one_after_the_other(
    make: Make, scene: Scene
) -> None:
    now = make.clock.now()
    words = Choice(Outcome.REMOVE, "medicine", "Only a prescriber can say that.", "", 1)
    presses = [
        partial(actions.decide, scene.moderators[0], scene.item_id, choice(MUTE, 7), now=now),
        partial(moderation_actions.decide, scene.moderators[1], scene.item_id, words, now=now),
    ]
    assert at_once(make, presses) == {"taken": 1, "stale": 1}
    assert count(make, Decision) == [1]


def test_a_proposal_is_answered_once(make: Make, scene: Scene) -> None:
    now = make.clock.now()
    first, *others = scene.of_the_site
    make.done(lambda: actions.decide(first, scene.item_id, choice(SUSPEND, 90), now=now))
    asked = make.done(lambda: db.session.scalars(select(SanctionProposal.id)).one())
    presses = [
        partial(actions.answer, one, asked, "", 2, agree=agree, now=now)
        for one, agree in zip(others, (True, False, True), strict=True)
    ]
    told = at_once(make, presses)
    assert told["taken"] == 1
    assert told["answered"] == 2
    assert count(make, Sanction)[0] in (0, 1)


def proposed(make: Make, scene: Scene) -> UUID:
    """A moderator of the group would keep Ana from it."""
    first, now = scene.moderators[0], make.clock.now()
    make.done(lambda: actions.decide(first, scene.item_id, choice(BAN, 90), now=now))
    return make.done(lambda: db.session.scalars(select(SanctionProposal.id)).one())


def in_force(make: Make) -> int:
    with make.app.app_context():
        running = select(func.count()).select_from(Sanction).where(Sanction.lifted_at.is_(None))
        return db.session.scalars(running).one()


@pytest.mark.holds("moderation:3")
def test_nobody_agrees_to_a_step_while_somebody_leaves_it_as_it_is(
    make: Make, scene: Scene
) -> None:
    asked, now = proposed(make, scene), make.clock.now()
    keep = Choice(Outcome.KEEP, "medicine", "It is their own story.", "", 2)
    agree = partial(actions.answer, scene.of_the_site[0], asked, "", agree=True, now=now)
    presses = [
        partial(agree, version=2),
        partial(moderation_actions.decide, scene.moderators[1], scene.item_id, keep, now=now),
    ]
    assert at_once(make, presses) == {"taken": 1, "stale": 1}
    kept = count(make, Decision)[0] - in_force(make)
    assert (kept, in_force(make)) in ((1, 0), (0, 1))
    assert at_once(make, [partial(agree, version=3)]) == {"overtaken" if kept else "answered": 1}


@pytest.mark.holds("moderation:3", "moderation:9")
def test_nothing_is_in_force_after_another_look_that_found_for_the_author(
    make: Make, scene: Scene
) -> None:
    asked, now = proposed(make, scene), make.clock.now()
    remove = Choice(Outcome.REMOVE, "medicine", "Only a prescriber can say that.", "", 2)
    by = scene.moderators[1]
    make.done(lambda: moderation_actions.decide(by, scene.item_id, remove, now=now))
    about = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    make.done(lambda: appeal_actions.ask(scene.ana, about, "They were my own.", now=now))
    look = make.done(lambda: db.session.scalars(select(Appeal.id)).one())
    what = (scene.moderators[2], look, Result.UPHELD, "They were.")
    upheld = partial(appeal_actions.answer, *what, now=now)
    agree = partial(actions.answer, scene.of_the_site[1], asked, "", 3, agree=True, now=now)
    told = at_once(make, [agree, partial(upheld, 3)])
    assert told in ({"taken": 1, "stale": 1}, {"taken": 1, "answered": 1})
    if told["stale"]:  # they read that it is in force now, and answer about that
        assert in_force(make) == 1
        assert at_once(make, [partial(upheld, 4)]) == {"taken": 1}
    assert in_force(make) == 0


@pytest.mark.holds("moderation:3", "moderation:9", "asvs:7")
def test_of_another_look_and_somebody_who_ends_it_at_once_one_does(
    make: Make, scene: Scene
) -> None:
    sanction_id, now = held(make, scene, MUTE), make.clock.now()
    about = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    make.done(lambda: appeal_actions.ask(scene.ana, about, "They were my own.", now=now))
    look = make.done(lambda: db.session.scalars(select(Appeal.id)).one())
    _, other, third, *_ = scene.of_the_site
    upheld = (other, look, Result.UPHELD, "They were.", 2)
    presses = [
        partial(appeal_actions.answer, *upheld, now=now),
        partial(actions.lift, third, scene.item_id, sanction_id, "It is enough.", 2, now=now),
    ]
    assert at_once(make, presses) == {"taken": 1, "stale": 1}
    outcomes = make.done(lambda: list(db.session.scalars(select(Decision.outcome))))
    assert outcomes.count(Outcome.LIFT) == 1
    assert in_force(make) == 0


@pytest.mark.holds("moderation:15")
def test_words_that_come_at_the_same_moment_are_there_before_it_or_not_at_all(
    make: Make, scene: Scene
) -> None:
    """Whoever writes is asked about as they were when they pressed; nothing waits for ever."""
    now = make.clock.now()
    thread_id = make.thread_of(scene.reply_id)

    def write() -> None:
        threads_actions.reply(actor_of(scene.ana.id, now=now), thread_id, "And more.", now=now)

    presses = [
        partial(actions.decide, scene.of_the_site[0], scene.item_id, choice(LIMIT, 7), now=now),
        write,
    ]
    assert at_once(make, presses) in (
        Counter({"taken": 2}),
        Counter({"taken": 1, "limited": 1}),
    )
    assert at_once(make, [write]) == {"limited": 1}


def held(make: Make, scene: Scene, kind: SanctionKind) -> UUID:
    """What one of the site has decided about Ana."""
    made = choice(kind, 90 if kind is BAN else 7)
    first, now = scene.of_the_site[0], make.clock.now()
    make.done(lambda: actions.decide(first, scene.item_id, made, now=now))
    return make.done(lambda: db.session.scalars(select(Sanction.id)).one())


def ends(make: Make, scene: Scene, sanction_id: UUID, which: tuple[bool, ...]) -> Counter[str]:
    """Some end it, and others let it go on, all from the page as it was."""
    now = make.clock.now()
    what = (scene.item_id, sanction_id, "We looked at it.", 2)
    presses = [
        partial(actions.lift if is_over else actions.go_on, one, *what, now=now)
        for one, is_over in zip(scene.of_the_site[1:], which, strict=False)
    ]
    return at_once(make, presses)


@pytest.mark.holds("moderation:3", "asvs:7")
@pytest.mark.parametrize("which", [(True, True, True), (False, False, False), (True, False, True)])
def test_what_is_in_force_is_ended_or_goes_on_once(
    make: Make, scene: Scene, which: tuple[bool, ...]
) -> None:
    sanction_id = held(make, scene, BAN)
    before = count(make, Decision, AuditEvent)
    assert ends(make, scene, sanction_id, which) == {"taken": 1, "stale": 2}
    after = count(make, Decision, AuditEvent)
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1]
    with make.app.app_context():
        running = db.session.scalars(select(Sanction).where(Sanction.lifted_at.is_(None))).all()
    assert len(running) == count(make, Sanction)[0] - 1 <= 1
    assert make.actor(scene.ana).belongs_to(group_of(make, scene)) is (not running)


def group_of(make: Make, scene: Scene) -> UUID:
    return make.done(lambda: threads_queries.reviewed(scene.reply_id).group_id)
