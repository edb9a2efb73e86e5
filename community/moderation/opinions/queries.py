"""What was asked, and what others think. Every select of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.core.db import Ids, db
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


def givers(items: Ids) -> Mapping[UUID, frozenset[UUID]]:
    """Who has said what they think of these."""
    found: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    query = select(SecondOpinion.item_id, SecondOpinion.given_by).where(
        SecondOpinion.item_id.in_(items), SecondOpinion.given_by.is_not(None)
    )
    for row in db.session.execute(query):
        found[row.item_id] |= {row.given_by}
    return found
