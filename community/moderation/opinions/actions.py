"""Asking somebody else what they think, and saying it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import Refused
from community.groups.models import Group
from community.moderation.actions import locked_item, write_down
from community.moderation.cases import case_of
from community.moderation.opinions import queries
from community.moderation.opinions.models import SecondOpinion
from community.moderation.opinions.rules import (
    ASKED,
    GAVE,
    goes_further,
    may_ask,
    may_give,
    who_is_asked,
)
from community.moderation.rules.case import NOT_NOW
from community.moderation.rules.letters import OpinionAsked
from community.moderation.rules.reasons import Scope, wider
from community.notifications.actions import tell


def ask(actor: Actor, item_id: UUID, question: str, *, now: datetime) -> None:
    """Everybody else who may decide reads it in their queue, and is told once."""
    item, _ = locked_item(item_id)
    case, asked = case_of(item, now), queries.waiting(item_id)
    may_ask(actor, case, asked.asked_by if asked else None, now).require()
    scope = case.acted_for(actor, now)
    if scope is Scope.GROUP and goes_further(actor, case):
        item.scope = wider(item.scope, Scope.BOTH)
    row = SecondOpinion(item_id=item_id, asked_by=actor.id, asked_at=now, question=question)
    db.session.add(row)
    write_down(actor, item, scope, ASKED, "open", "open", item.reason, now)
    letter = OpinionAsked(item_id, db.session.get_one(Group, item.group_id).name)
    for each in who_is_asked(actor, replace(case, scope=item.scope), now):
        tell(each, letter, now=now, once=f"opinion:{row.id}:{each}")


def give(actor: Actor, item_id: UUID, opinion: str, *, now: datetime) -> None:
    """Whoever decides reads it beside the reports."""
    item, _ = locked_item(item_id)
    case, asked = case_of(item, now), queries.waiting(item_id)
    may_give(actor, case, asked.asked_by if asked else None, now).require()
    if asked is None:
        raise Refused(NOT_NOW)
    asked.given_by, asked.given_at, asked.opinion = actor.id, now, opinion
    scope = case.acted_for(actor, now)
    write_down(actor, item, scope, GAVE, "open", "open", item.reason, now)
