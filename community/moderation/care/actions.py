"""Pointing somebody to help, and writing down what was done for them."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.actions import locked_item, write_down
from community.moderation.care.models import CareTaken
from community.moderation.cases import case_of
from community.moderation.rules.care import CareStep, HandedTo, may_take_step
from community.moderation.rules.case import Target
from community.moderation.rules.letters import ThoughtOfYou
from community.notifications.actions import tell
from community.safety.crisis import BY_SLUG


def take_step(
    actor: Actor,
    item_id: UUID,
    step: CareStep,
    handed_to: HandedTo | None = None,
    country: str | None = None,
    *,
    now: datetime,
) -> None:
    """Write down what this person did; if they handed it over, to whom."""
    item, _ = locked_item(item_id)
    case = case_of(item, now)
    may_take_step(actor, case, step, now).require()
    taken = CareTaken(item_id=item_id, step=step, taken_by=actor.id, taken_at=now)
    taken.country, taken.handed_to = country, handed_to
    db.session.add(taken)
    item.version += 1
    scope = case.acted_for(actor, now)
    done = f"{step}-{handed_to}" if handed_to else step.value
    write_down(actor, item, scope, done, "open", "open", item.reason, now)


def point_to_help(
    actor: Actor, item_id: UUID, country: str | None, words: str, *, now: datetime
) -> None:
    """Write to whoever it is about where help is, in this country if it is known, with a few words
    of one’s own if there are any. They aren’t told that somebody reported."""
    if country is not None and country not in BY_SLUG:
        raise Refused(NOT_FOUND)
    take_step(actor, item_id, CareStep.POINTED, country=country, now=now)
    item, _ = locked_item(item_id)
    case = case_of(item, now)
    lines = BY_SLUG[country].lines if country else ()
    if case.author_id is not None:
        ways = tuple(line.ways for line in lines)
        tell(
            case.author_id,
            ThoughtOfYou(country, ways, words, wrote=case.about in {Target.POST, Target.SHARE}),
            now=now,
            once=f"care:{item_id}",
        )
