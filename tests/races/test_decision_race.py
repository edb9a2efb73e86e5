"""Two moderators, or twenty reports, at the same moment: real threads, real commits."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.core.actor import Actor
from community.core.db import db
from community.core.letters import OutboxLetter
from community.groups.claims import actor_of
from community.groups.rules import HoldPolicy
from community.moderation import actions
from community.moderation.actions import Choice
from community.moderation.appeals import actions as appeal_actions
from community.moderation.appeals.models import Appeal, AppealClaim
from community.moderation.appeals.rules import Result
from community.moderation.care import actions as care_actions
from community.moderation.claims import actions as claim_actions
from community.moderation.claims.models import ItemClaim
from community.moderation.models import AuditEvent, Decision, Report, ReviewItem
from community.moderation.own import deciding
from community.moderation.reports import actions as report_actions
from community.moderation.reports import queries as report_queries
from community.moderation.rules.care import CareStep
from community.moderation.rules.case import Outcome
from community.threads import actions as threads_actions
from community.threads.models import Post, Thread
from community.threads.rules.posts import PostState
from tests.make import Make
from tests.races.presses import at_once


@dataclass(frozen=True)
class Scene:
    """Ana's reply to Ben, in a group that six people moderate."""

    reply_id: UUID
    ben: Actor
    moderators: list[Actor]


@pytest.fixture
def scene(make: Make) -> Scene:
    ana, ben = make.member("Ana"), make.member("Ben")
    moderators = [make.member(f"Moderator {number}") for number in range(6)]
    group_id = make.group("Neck, evenings", members=[ana, ben], moderators=moderators)
    reply_id = make.reply(make.thread(group_id, ben), ana)
    return Scene(reply_id, make.actor(ben), [make.actor(one) for one in moderators])


def kept(make: Make) -> dict[str, int]:
    models = (ReviewItem, Report, Decision, AuditEvent)
    with make.app.app_context():
        return {
            model.__name__: db.session.scalar(select(func.count()).select_from(model)) or 0
            for model in models
        }


@pytest.mark.holds("moderation:3", "moderation:8", "asvs:7")
def test_six_moderators_at_once_make_one_decision_and_each_person_hears_once(
    make: Make, scene: Scene
) -> None:
    item_id = make.report(scene.reply_id, scene.ben)
    choice = Choice(Outcome.REMOVE, "medicine", "Only a prescriber can say that.", "", 1)
    presses = [
        partial(actions.decide, moderator, item_id, choice, now=make.clock.now())
        for moderator in scene.moderators
    ]
    assert at_once(make, presses) == {"taken": 1, "stale": 5}
    counted = kept(make)
    assert (counted["Decision"], counted["AuditEvent"]) == (1, 1)
    with make.app.app_context():
        kinds = Counter(db.session.scalars(select(OutboxLetter.kind)))
    assert kinds == {"moderation/post_decided": 1, "moderation/report_answered": 1}


@pytest.mark.holds("moderation:9", "asvs:7")
def test_of_answers_at_once_to_one_appeal_one_is_taken(make: Make, scene: Scene) -> None:
    mori, *others = scene.moderators
    item_id = make.report(scene.reply_id, scene.ben, "spam")
    make.decision(item_id, mori, Outcome.REMOVE)
    now = make.clock.now()
    with make.app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
        author = actor_of(db.session.scalars(select(Decision.author_id)).one(), now=now)
    asking = [partial(appeal_actions.ask, author, decision_id, "", now=now)] * 4
    assert at_once(make, asking) == {"taken": 1, "asked": 3}
    with make.app.app_context():
        appeal_id = db.session.scalars(select(Appeal.id)).one()
    answers = [
        partial(appeal_actions.answer, each, appeal_id, result, "Read again.", 2, now=now)
        for each, result in zip(others, [Result.UPHELD, Result.REJECTED] * 3, strict=False)
    ]
    assert at_once(make, answers) == {"taken": 1, "answered": len(answers) - 1}
    with make.app.app_context():
        result = db.session.scalars(select(Appeal.result)).one()
        letters = Counter(db.session.scalars(select(OutboxLetter.kind)))
        assert len(db.session.scalars(select(Decision)).all()) == 1 + (result is Result.UPHELD)
    assert letters["moderation/appeal_answered"] == 1


@pytest.mark.holds("moderation:4")
def test_of_those_who_take_an_appeal_at_once_it_is_in_the_hands_of_one(
    make: Make, scene: Scene
) -> None:
    mori, *others = scene.moderators
    make.decision(make.report(scene.reply_id, scene.ben, "spam"), mori, Outcome.REMOVE)
    now = make.clock.now()
    with make.app.app_context():
        decision_id, author_id = db.session.execute(select(Decision.id, Decision.author_id)).one()
        author = actor_of(author_id, now=now)
    make.done(lambda: appeal_actions.ask(author, decision_id, "", now=now))
    appeal_id = make.done(lambda: db.session.scalars(select(Appeal.id)).one())
    taking = [partial(appeal_actions.claim, each, appeal_id, now=now) for each in others]
    assert at_once(make, taking) == {"taken": len(taking)}  # the last of them took it over
    with make.app.app_context():
        assert len(db.session.scalars(select(AppealClaim)).all()) == 1


@pytest.mark.holds("moderation:4")
def test_of_those_who_take_an_item_at_once_it_is_in_the_hands_of_one(
    make: Make, scene: Scene
) -> None:
    item_id = make.report(scene.reply_id, scene.ben, "spam")
    now = make.clock.now()
    taking = [partial(claim_actions.claim, each, item_id, now=now) for each in scene.moderators]
    assert at_once(make, taking) == {"taken": len(taking)}  # the last of them took it over
    with make.app.app_context():
        assert len(db.session.scalars(select(ItemClaim)).all()) == 1


@pytest.mark.holds("moderation:19")
def test_twenty_reports_at_once_make_one_item(make: Make, scene: Scene) -> None:
    presses = [
        partial(
            report_actions.report, person, scene.reply_id, "disbelief", "", now=make.clock.now()
        )
        for person in [*scene.moderators, scene.ben] * 3
    ]
    assert at_once(make, presses[:20]) == {"taken": 20}
    counted = kept(make)
    assert (counted["ReviewItem"], counted["Report"]) == (1, 7)


@pytest.mark.holds("moderation:3")
def test_six_moderators_at_once_show_what_was_held_once(make: Make, scene: Scene) -> None:
    thread_id, item_id = held(make, scene)
    choice = Choice(Outcome.APPROVE, "", "", "", 1)
    presses = [
        partial(actions.decide, moderator, item_id, choice, now=make.clock.now())
        for moderator in scene.moderators
    ]
    assert at_once(make, presses) == {"taken": 1, "stale": 5}
    counted = kept(make)
    assert (counted["Decision"], counted["AuditEvent"]) == (1, 1)
    with make.app.app_context():
        assert db.session.get_one(Thread, thread_id).post_count == 3


@pytest.mark.holds("moderation:18")
def test_a_change_and_a_decision_at_once_never_show_what_nobody_read(
    make: Make, scene: Scene
) -> None:
    thread_id, item_id = held(make, scene)
    make.holds(make.done(lambda: db.session.get_one(Thread, thread_id).group_id), HoldPolicy.ALL)
    with make.app.app_context():
        post = db.session.scalars(select(Post).where(Post.state == PostState.HELD)).one()
        post_id, author_id = post.id, post.author_id
    now = make.clock.now()
    ana = make.actor(author_id)
    choice = Choice(Outcome.APPROVE, "", "", "", 1)
    at_once(
        make,
        [
            partial(actions.decide, scene.moderators[0], item_id, choice, now=now),
            partial(threads_actions.edit, ana, post_id, "Something else.", 1, now=now),
        ],
    )
    with make.app.app_context():
        after = db.session.get_one(Post, post_id)
        assert (after.text, after.state) == ("Something else.", PostState.HELD)


def held(make: Make, scene: Scene) -> tuple[UUID, UUID]:
    """Another reply of Ana’s, which waits; its thread, and its item."""
    with make.app.app_context():
        post = db.session.get_one(Post, scene.reply_id)
        thread_id, author_id = post.thread_id, post.author_id
        group_id = db.session.get_one(Thread, thread_id).group_id
    make.holds(group_id, HoldPolicy.ALL)
    post_id = make.reply(thread_id, make.actor(author_id), "Stop the tablets.")
    item_id = make.done(lambda: report_queries.open_item(post_id))
    assert item_id is not None
    return thread_id, item_id


@pytest.mark.holds("moderation:3", "moderation:9", "asvs:7")
def test_asking_for_another_look_while_more_is_decided_is_about_what_stands(
    make: Make, scene: Scene
) -> None:
    """Hidden, then asked about and removed at once: asked before, it is about the hiding; after,
    there is something newer to ask about."""
    mori, marta, *_ = scene.moderators
    item_id, now = make.report(scene.reply_id, scene.ben), make.clock.now()
    make.decision(item_id, mori, Outcome.HIDE)
    with make.app.app_context():
        made = db.session.scalars(select(Decision)).one()
        hidden, author = made.id, actor_of(made.author_id, now=now)
    removal = Choice(Outcome.REMOVE, "medicine", "Only a prescriber can say that.", "", 2)
    told = at_once(
        make,
        [
            partial(appeal_actions.ask, author, hidden, "", now=now),
            partial(actions.decide, marta, item_id, removal, now=now),
        ],
    )
    assert told in ({"taken": 2}, {"taken": 1, "too-late": 1})
    with make.app.app_context():
        assert len(db.session.scalars(select(Appeal)).all()) == told["taken"] - 1
        assert len(db.session.scalars(select(Decision)).all()) == 2
        assert db.session.get_one(Post, scene.reply_id).state is PostState.REMOVED


@pytest.mark.holds("moderation:3", "moderation:9", "asvs:7")
def test_an_answer_that_shows_it_again_and_a_decision_come_one_after_the_other(
    make: Make, scene: Scene
) -> None:
    mori, marta, third, *_ = scene.moderators
    item_id, now = make.report(scene.reply_id, scene.ben), make.clock.now()
    make.decision(item_id, mori, Outcome.HIDE)
    with make.app.app_context():
        made = db.session.scalars(select(Decision)).one()
        hidden, author = made.id, actor_of(made.author_id, now=now)
    make.done(lambda: appeal_actions.ask(author, hidden, "", now=now))
    with make.app.app_context():
        appeal_id = db.session.scalars(select(Appeal.id)).one()
    removal = Choice(Outcome.REMOVE, "medicine", "Only a prescriber can say that.", "", 2)
    right = (appeal_id, Result.UPHELD, "Read again.", 2)
    told = at_once(
        make,
        [
            partial(appeal_actions.answer, third, *right, now=now),
            partial(actions.decide, marta, item_id, removal, now=now),
        ],
    )
    assert sum(told.values()) == 2
    with make.app.app_context():
        state = db.session.get_one(Post, scene.reply_id).state
        outcomes = list(db.session.scalars(select(Decision.outcome).order_by(Decision.id)))
        result = db.session.scalars(select(Appeal.result)).one()
        letters = Counter(db.session.scalars(select(OutboxLetter.kind)))
    assert (state is PostState.PUBLISHED) is (outcomes[-1] is Outcome.KEEP), outcomes
    assert letters["moderation/report_answered"] <= 1
    assert (result is Result.UPHELD) is (letters["moderation/appeal_answered"] == 1)


@pytest.mark.holds("moderation:17", "asvs:7")
def test_worry_taken_back_while_somebody_sees_to_it_stays_with_its_steps(
    make: Make, scene: Scene
) -> None:
    item_id, now = make.report(scene.reply_id, scene.ben, "crisis_self"), make.clock.now()
    presses = [
        partial(report_actions.take_back, scene.ben, scene.reply_id, now=now),
        partial(care_actions.take_step, scene.moderators[0], item_id, CareStep.TALKED, now=now),
    ]
    assert at_once(make, presses) == {"taken": 1, "worried": 1}
    with make.app.app_context():
        assert db.session.get_one(ReviewItem, item_id).closed_at is None


@pytest.mark.holds("moderation:19", "asvs:7")
def test_of_first_reports_at_once_one_holds_it_and_the_others_find_it_gone(
    make: Make, scene: Scene
) -> None:
    people, now = [scene.ben, *scene.moderators[:2]], make.clock.now()
    presses = [
        partial(report_actions.report, each, scene.reply_id, "privacy_id", "", now=now)
        for each in people
    ]
    assert at_once(make, presses) == {"taken": 1, "not-found": 2}
    counted = kept(make)
    assert (counted["ReviewItem"], counted["Report"]) == (1, 1)
    with make.app.app_context():
        assert db.session.get_one(Post, scene.reply_id).state is PostState.HELD


@pytest.mark.holds("moderation:3", "moderation:19", "asvs:7")
def test_of_those_who_come_upon_it_at_once_one_decides(make: Make, scene: Scene) -> None:
    now = make.clock.now()
    choice = Choice(Outcome.HIDE, "medicine", "Only a prescriber can say that.", "", 1)
    what = (scene.reply_id, "harassment", choice)
    presses = [partial(deciding.decide, each, *what, now=now) for each in scene.moderators[:4]]
    told = at_once(make, presses)
    assert told["taken"] == 1
    assert told.keys() <= {"taken", "stale", "decided"}
    counted = kept(make)
    assert (counted["ReviewItem"], counted["Decision"], counted["AuditEvent"]) == (1, 1, 2)


@pytest.mark.holds("moderation:19", "asvs:7")
def test_a_report_and_a_moderator_who_comes_upon_it_make_one_item(make: Make, scene: Scene) -> None:
    now = make.clock.now()
    told = at_once(
        make,
        [
            partial(deciding.take_up, scene.moderators[0], scene.reply_id, 1, now=now),
            partial(report_actions.report, scene.ben, scene.reply_id, "disbelief", "", now=now),
        ],
    )
    assert told in ({"taken": 2}, {"taken": 1, "stale": 1})
    counted = kept(make)
    assert (counted["ReviewItem"], counted["Report"]) == (1, 1)
