"""What was asked, and what others think. Every select of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.core.db import Ids, db
from community.core.locked import EMPTY
from community.moderation.opinions.models import SecondOpinion


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """What somebody asked and, if anybody has said it, what another thinks."""

    asked_by: UUID
    asker: str | None  # None when they have left
    asked_at: datetime
    question: str
    giver: str | None
    given_at: datetime | None
    opinion: str | None


def opinions_on(item_id: UUID) -> Sequence[OpinionRow]:
    """All of an item, in the order they were asked for."""
    asker, giver = aliased(Account), aliased(Account)
    rows = db.session.execute(
        select(
            SecondOpinion.asked_by,
            asker.name,
            SecondOpinion.asked_at,
            SecondOpinion.question,
            giver.name,
            SecondOpinion.given_at,
            SecondOpinion.opinion,
        )
        .outerjoin(asker, asker.id == SecondOpinion.asked_by)
        .outerjoin(giver, giver.id == SecondOpinion.given_by)
        .where(SecondOpinion.item_id == item_id)
        .order_by(SecondOpinion.id)
    )
    return [OpinionRow(*row) for row in rows]


def waiting(item_id: UUID) -> SecondOpinion | None:
    """What waits for somebody’s opinion."""
    return db.session.scalar(
        select(SecondOpinion).where(
            SecondOpinion.item_id == item_id, SecondOpinion.given_at.is_(None)
        )
    )


def asked_about(items: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Of these items, those about which somebody waits for an opinion, and who."""
    query = select(SecondOpinion.item_id, SecondOpinion.asked_by).where(
        SecondOpinion.item_id.in_(list(items)), SecondOpinion.given_at.is_(None)
    )
    return {row.item_id: row.asked_by for row in db.session.execute(query)}


def who_thinks(items: Ids) -> Mapping[UUID, frozenset[UUID]]:
    """Who has said what they think of these: in an opinion, or where they asked for one."""
    found: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    query = select(
        SecondOpinion.item_id,
        SecondOpinion.given_by,
        case((func.length(SecondOpinion.question) > EMPTY, SecondOpinion.asked_by), else_=None),
    )
    for item_id, *both in db.session.execute(query.where(SecondOpinion.item_id.in_(items))):
        found[item_id] |= {who for who in both if who}
    return found
