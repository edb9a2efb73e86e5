"""In which groups somebody has a place. Every select of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.accounts.sanctions.queries import is_suspended
from community.core.actor import Standing
from community.core.db import db
from community.groups.models import Group, Membership
from community.groups.rules import leaves_alone


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody’s place in a group: whether they own it, how many do, and how many others are in."""

    group_id: UUID
    name: str
    is_built_in: bool
    owns: bool
    owners: int
    others: int

    @property
    def is_needed(self) -> bool:
        """Whether it would be left without an owner."""
        return leaves_alone(self.is_built_in, self.owns, self.owners, self.others)


def places_of(account_id: UUID) -> list[Place]:
    """Every group in which this person has a row, in the order in which they are locked."""
    other = aliased(Membership)
    is_here = (other.group_id == Group.id, Account.standing == Standing.ACTIVE)
    people = select(func.count()).select_from(other).join(Account, Account.id == other.account_id)
    rows = db.session.execute(
        select(
            Group.id,
            Group.name,
            Group.is_built_in,
            Membership.owns,
            people.where(*is_here, other.owns).scalar_subquery(),
            people.where(*is_here, other.account_id != account_id).scalar_subquery(),
        )
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.account_id == account_id)
        .order_by(Group.id)
    )
    return [Place(*row) for row in rows]


def heir_of(group_id: UUID, account_id: UUID, now: datetime) -> Membership:
    """Who else is in it and has looked after it longest; or, if nobody does, been in it longest."""
    return db.session.scalars(
        select(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.group_id == group_id,
            Membership.account_id != account_id,
            Account.standing == Standing.ACTIVE,
        )
        .order_by(
            is_suspended(Account.id, now),
            Membership.moderates.desc(),
            Membership.facilitates.desc(),
            Membership.since,
            Membership.account_id,
        )
        .limit(1)
    ).one()
