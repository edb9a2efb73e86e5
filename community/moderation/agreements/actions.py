"""Asking two people, and what follows when both have said yes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import Refused
from community.moderation.agreements import queries
from community.moderation.agreements.models import AskedWhether
from community.moderation.agreements.rules import (
    ANSWER_WITHIN,
    NOBODY_ASKED,
    Answer,
    may_say,
)
from community.moderation.models import Decision, ReviewItem
from community.moderation.record import actions as record
from community.moderation.rules.case import Outcome
from community.moderation.rules.letters import AskedBoth, BothAgreed
from community.notifications.actions import tell
from community.safety.blocks import actions as blocks

AGREED = "agreed"
"""What the audit record says of whoever said yes after the other."""


def ask(actor: Actor, decision: Decision, other_id: UUID | None, *, now: datetime) -> None:
    """Both of them, by this decision: whoever wrote it reads it in the statement."""
    asked = queries.whom_to_ask(actor, decision.target_id, decision.author_id)
    if other_id is None or other_id not in asked:
        raise Refused(NOBODY_ASKED)
    db.session.flush()
    for account_id in (decision.author_id, other_id):
        db.session.add(AskedWhether(decision_id=decision.id, account_id=account_id))
    letter = AskedBoth(decision.id, decision.outcome, now + ANSWER_WITHIN)
    tell(other_id, letter, now=now, once=f"asked:{decision.id}")


def answer(actor: Actor, decision_id: UUID, says: Answer, *, now: datetime) -> bool:
    """Yes or no, and whether both have said yes now. The item is locked, so that of two answers at
    once the second knows the first."""
    item = locked(ReviewItem, queries.page(actor, decision_id).item_id)
    may_say(actor, queries.of_decision(decision_id), says, now).require()
    mine = queries.side_of(actor, decision_id)
    mine.says, mine.said_at = says, now
    db.session.flush()
    agreement = queries.of_decision(decision_id)
    if not agreement.is_agreed:
        return False
    one, other = agreement.says
    if agreement.outcome is Outcome.DISTANCE:
        blocks.both_keep_apart(one, other, now=now)
    record.write(
        actor,
        AGREED,
        item.id,
        group_id=item.group_id,
        scope=db.session.get_one(Decision, decision_id).scope,
        before="asked",
        after="agreed",
        reason=agreement.outcome,
        now=now,
    )
    for each in (one, other):
        letter = BothAgreed(decision_id, agreement.outcome)
        tell(each, letter, now=now, once=f"agreed:{decision_id}:{each}")
    return True


def withdraw(decision_id: UUID) -> None:
    """Nobody is asked any more. What both have agreed on stays theirs."""
    if not queries.of_decision(decision_id).is_agreed:
        db.session.execute(delete(AskedWhether).where(AskedWhether.decision_id == decision_id))


def forget_old(before: datetime) -> None:
    """Who was asked by then, and what they said. What they agreed on stays theirs."""
    old = AskedWhether.decision_id.in_(queries.answered_before(before))
    db.session.execute(delete(AskedWhether).where(old))
