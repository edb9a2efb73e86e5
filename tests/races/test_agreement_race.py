"""Two people who say yes at the same moment, and a yes while somebody looks again: real threads,
real commits."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.core.actor import Actor
from community.core.db import db
from community.core.letters import OutboxLetter
from community.moderation import actions as moderation
from community.moderation.actions import Choice
from community.moderation.agreements import actions
from community.moderation.agreements.actions import AGREED
from community.moderation.agreements.models import AskedWhether
from community.moderation.agreements.rules import Answer
from community.moderation.appeals import actions as appeals
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result
from community.moderation.models import AuditEvent, Decision
from community.moderation.rules.case import Outcome
from community.safety.blocks.models import Block
from tests.make import Make
from tests.races.presses import at_once


@dataclass(frozen=True)
class Scene:
    """Mori has asked Ana and Ben whether they keep apart."""

    ana: Actor
    ben: Actor
    marta: Actor
    decision_id: UUID


@pytest.fixture
def scene(make: Make) -> Scene:
    ana, ben, hana = (make.member(name) for name in ("Ana", "Ben", "Hana"))
    mori, marta = make.member("Mori"), make.member("Marta")
    group_id = make.group("Neck", members=[ana, ben, hana], moderators=[mori, marta])
    post_id = make.reply(make.thread(group_id, ben), ana, "@Ben, nobody asked you.")
    item_id, by, now = make.report(post_id, hana, "harassment"), make.actor(mori), make.clock.now()
    assert item_id
    choice = Choice(Outcome.DISTANCE, "experience", "You both may say no.", "", 1, other=ben.id)
    make.done(lambda: moderation.decide(by, item_id, choice, now=now))
    decision_id = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    return Scene(*(make.actor(each) for each in (ana, ben, marta)), decision_id)


def says_yes(make: Make, scene: Scene, person: Actor) -> partial[bool]:
    now = make.clock.now()
    return partial(actions.answer, person, scene.decision_id, Answer.YES, now=now)


def is_agreed(make: Make) -> bool:
    """Whether all that follows has followed, each once; or else nothing of it."""
    with make.app.app_context():
        kinds = Counter(db.session.scalars(select(OutboxLetter.kind)))
        acts = Counter(db.session.scalars(select(AuditEvent.action)))
        apart = db.session.scalar(select(func.count()).select_from(Block))
    found = (kinds["moderation/both_agreed"], acts[AGREED], apart)
    assert found in {(0, 0, 0), (2, 1, 2)}
    return found == (2, 1, 2)


@pytest.mark.holds("moderation:6")
def test_of_two_who_say_yes_at_once_the_second_makes_it_agreed_and_each_hears_once(
    make: Make, scene: Scene
) -> None:
    both = [says_yes(make, scene, person) for person in (scene.ana, scene.ben)]
    assert at_once(make, both) == {"taken": 2}
    assert is_agreed(make)


def test_of_many_presses_of_both_nothing_is_told_twice(make: Make, scene: Scene) -> None:
    both = [says_yes(make, scene, person) for person in (scene.ana, scene.ben)]
    told = at_once(make, both * 4)
    assert set(told) <= {"taken", "agreed"}
    assert is_agreed(make)


@pytest.mark.holds("moderation:9")
def test_a_last_yes_and_another_look_come_one_after_the_other(make: Make, scene: Scene) -> None:
    """Either both have said yes and it stays, or nobody is asked any more."""
    now, marta = make.clock.now(), scene.marta
    make.done(says_yes(make, scene, scene.ana))
    make.done(lambda: appeals.ask(scene.ana, scene.decision_id, "I like Ben.", now=now))
    appeal_id = make.done(lambda: db.session.scalars(select(Appeal.id)).one())
    what = (marta, appeal_id, Result.UPHELD, "You are right.", 2)
    undo = partial(appeals.answer, *what, now=now)
    told = at_once(make, [says_yes(make, scene, scene.ben), undo])
    assert told in ({"taken": 2}, {"taken": 1, "not-found": 1})
    with make.app.app_context():
        asked = len(db.session.scalars(select(AskedWhether)).all())
    assert (told["taken"] == 2) == is_agreed(make) == (asked == 2)
