"""Who can be asked, who was, and what they agreed on. Every select of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from community.accounts.models import Account
from community.core.actor import Actor, Standing
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.agreements.models import AskedWhether
from community.moderation.agreements.rules import ANSWER_WITHIN, Agreement, may_read
from community.moderation.models import Decision
from community.moderation.rules.case import BETWEEN_TWO, Outcome
from community.threads.mentions import queries as mentions_queries


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """What somebody was asked, by which decision, and about whose words."""

    decision_id: UUID
    item_id: UUID
    post_id: UUID
    asked_at: datetime
    other: str | None  # the name of the other one; None when they have left
    agreement: Agreement


def whom_to_ask(actor: Actor, post_id: UUID, author_id: UUID | None) -> Mapping[UUID, str]:
    """Whom these signed words name or answer under their own name, by their ids."""
    if author_id is None:
        return {}
    there = mentions_queries.openly_spoken_in(post_id) - {actor.id, author_id}
    rows = db.session.execute(
        select(Account.id, Account.name)
        .where(Account.id.in_(there), Account.standing == Standing.ACTIVE)
        .order_by(Account.name, Account.id)
    )
    return {row.id: row.name for row in rows}


def page(actor: Actor, decision_id: UUID) -> AgreementPage:
    """What this person was asked. Raises `Refused(NOT_FOUND)` for everybody else."""
    decision = db.session.get(Decision, decision_id)
    if decision is None or decision.outcome not in BETWEEN_TWO:
        raise Refused(NOT_FOUND)
    names, agreement = _asked(decision)
    may_read(actor, agreement).require()
    return AgreementPage(
        decision_id,
        decision.item_id,
        decision.target_id,
        decision.decided_at,
        next((name for who, name in names.items() if who != actor.id), None),
        agreement,
    )


def of_decision(decision_id: UUID) -> Agreement:
    """The same, past every rule."""
    return _asked(db.session.get_one(Decision, decision_id))[1]


def side_of(actor: Actor, decision_id: UUID) -> AskedWhether:
    """What this person has said, to be changed."""
    return db.session.get_one(AskedWhether, (decision_id, actor.id))


def are_asked(decisions: Mapping[UUID, Outcome]) -> Mapping[UUID, Agreement]:
    """What came of those of these decisions that asked two people something, as long as it is
    kept."""
    asked = [each for each, outcome in decisions.items() if outcome in BETWEEN_TWO]
    found = {each: of_decision(each) for each in asked}
    return {each: agreement for each, agreement in found.items() if agreement.says}


def answered_before(instant: datetime) -> Select[UUID]:
    """The decisions that asked somebody something, as old as that."""
    return select(Decision.id).where(
        Decision.outcome.in_(BETWEEN_TWO), Decision.decided_at <= instant
    )


def _asked(decision: Decision) -> tuple[Mapping[UUID, str], Agreement]:
    rows = db.session.execute(
        select(AskedWhether.account_id, AskedWhether.says, Account.name)
        .join(Account, Account.id == AskedWhether.account_id)
        .where(AskedWhether.decision_id == decision.id)
    ).all()
    says = {row.account_id: row.says for row in rows}
    until = decision.decided_at + ANSWER_WITHIN
    agreement = Agreement(decision.outcome, decision.author_id, says, until)
    return {row.account_id: row.name for row in rows}, agreement
