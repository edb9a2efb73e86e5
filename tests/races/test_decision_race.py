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
from community.moderation import actions
from community.moderation.actions import Choice
from community.moderation.models import AuditEvent, Decision, Report, ReviewItem
from community.moderation.rules import Outcome
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


@pytest.mark.holds("moderation:19")
def test_twenty_reports_at_once_make_one_item(make: Make, scene: Scene) -> None:
    presses = [
        partial(actions.report, person, scene.reply_id, "disbelief", "", now=make.clock.now())
        for person in [*scene.moderators, scene.ben] * 3
    ]
    assert at_once(make, presses[:20]) == {"taken": 20}
    counted = kept(make)
    assert (counted["ReviewItem"], counted["Report"]) == (1, 7)
