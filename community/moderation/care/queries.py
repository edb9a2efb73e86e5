"""What was done for whom. Every select of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.core.db import Ids, db
from community.moderation.care.models import CareTaken
from community.moderation.rules.care import CareStep, Taken
from community.moderation.rules.case import Care


def taken(item_id: UUID) -> Sequence[Taken]:
    """The steps that were taken, in order."""
    rows = db.session.execute(
        select(
            CareTaken.step,
            CareTaken.taken_by,
            Account.name,
            CareTaken.taken_at,
            CareTaken.country,
            CareTaken.handed_to,
        )
        .outerjoin(Account, Account.id == CareTaken.taken_by)
        .where(CareTaken.item_id == item_id)
        .order_by(CareTaken.id)
    )
    return [Taken(*row) for row in rows]


def care_of(items: Ids) -> Mapping[UUID, Care]:
    """What the rules need to know of it, for each of these."""
    by: dict[UUID, set[UUID]] = defaultdict(set)
    pointed: set[UUID] = set()
    query = select(CareTaken.item_id, CareTaken.step, CareTaken.taken_by)
    for row in db.session.execute(query.where(CareTaken.item_id.in_(items))):
        by[row.item_id].add(row.taken_by)
        if row.step is CareStep.POINTED:
            pointed.add(row.item_id)
    return {item: Care(frozenset(who), item in pointed) for item, who in by.items()}
