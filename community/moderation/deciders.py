"""Who could decide, for a group and for the site; and who of them doesn’t meet whom.

Somebody who may not write, or not come, looks after nothing meanwhile (`groups.claims`), so that
nothing waits for them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    String,
    Uuid,
    and_,
    cast,
    exists,
    literal,
    not_,
    null,
    or_,
    select,
    union_all,
)

from community.accounts.models import Account, StaffRole
from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.queries import in_force
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff, Standing
from community.core.db import Ids, db
from community.groups.models import Membership
from community.moderation.claims.models import ItemPassed
from community.moderation.models import ItemNamed
from community.safety.blocks.models import Block

_OF_SITE = (SanctionKind.LIMIT, SanctionKind.SUSPEND)
_OF_GROUP = (SanctionKind.MUTE, SanctionKind.BAN)


@dataclass(frozen=True, slots=True)
class Distance:
    """Whom those who could decide keep apart from, and who keeps apart from them."""

    chosen: Mapping[UUID, Set[UUID]]
    kept_away: Mapping[UUID, Set[UUID]]

    def apart(self, people: Set[UUID]) -> frozenset[UUID]:
        """Who of them chose not to meet one of these people."""
        return frozenset(who for who, others in self.chosen.items() if others & people)

    def shunned(self, people: Set[UUID]) -> frozenset[UUID]:
        """From whom one of these people keeps apart."""
        return frozenset(who for who, others in self.kept_away.items() if others & people)


@dataclass(frozen=True, slots=True)
class Able:
    """Who could decide."""

    groups: Mapping[UUID, frozenset[UUID]]
    site: frozenset[UUID]
    leads: frozenset[UUID]  # of those, the safety leads

    def everybody(self) -> frozenset[UUID]:
        return self.site.union(*self.groups.values())


def of_groups(groups: Collection[UUID], now: datetime) -> Able:
    """In each of these, and for the site: the SQL twins of `Actor.moderates` and
    `Actor.moderates_platform`."""
    found: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    site: dict[Staff, frozenset[UUID]] = defaultdict(frozenset)
    here = and_(Sanction.kind.in_(_OF_GROUP), Sanction.group_id == Membership.group_id)
    in_group = (
        select(Membership.group_id, Membership.account_id, cast(null(), String))
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.group_id.in_(groups),
            or_(Membership.moderates, Membership.owns),
            Account.standing == Standing.ACTIVE,
            _is_free(Membership.account_id, or_(here, Sanction.kind.in_(_OF_SITE)), now),
        )
    )
    on_site = select(cast(null(), Uuid), StaffRole.account_id, cast(StaffRole.role, String)).where(
        StaffRole.role.in_((Staff.PLATFORM_MODERATOR, Staff.SAFETY_LEAD)),
        _is_free(StaffRole.account_id, Sanction.kind.in_(_OF_SITE), now),
    )
    for group_id, account_id, role in db.session.execute(union_all(in_group, on_site)):
        if role is None:
            found[group_id] |= {account_id}
        else:
            site[Staff(role)] |= {account_id}
    return Able(found, frozenset().union(*site.values()), site[Staff.SAFETY_LEAD])


def distance(deciders: Collection[UUID]) -> Distance:
    """Between these and anybody else."""
    chosen: dict[UUID, set[UUID]] = defaultdict(set)
    kept_away: dict[UUID, set[UUID]] = defaultdict(set)
    query = select(Block.blocker_id, Block.blocked_id).where(
        or_(Block.blocker_id.in_(deciders), Block.blocked_id.in_(deciders))
    )
    for row in db.session.execute(query):
        chosen[row.blocker_id].add(row.blocked_id)
        kept_away[row.blocked_id].add(row.blocker_id)
    return Distance(chosen, kept_away)


@dataclass(frozen=True, slots=True)
class Outside:
    """Who doesn’t decide about some items, beside those who had a part in them."""

    passed: Mapping[UUID, frozenset[UUID]]  # they said that it isn’t for them
    named: Mapping[UUID, frozenset[UUID]]  # the words name or answer them


def outside(items: Ids) -> Outside:
    """Of these items, in one statement."""
    passed: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    named: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    rows = union_all(
        select(literal(value=False), ItemPassed.item_id, ItemPassed.account_id).where(
            ItemPassed.item_id.in_(items)
        ),
        select(literal(value=True), ItemNamed.item_id, ItemNamed.account_id).where(
            ItemNamed.item_id.in_(items)
        ),
    )
    for is_named, item_id, account_id in db.session.execute(rows):
        (named if is_named else passed)[item_id] |= {account_id}
    return Outside(passed, named)


def _is_free(account_id: Any, held: ColumnElement[bool], now: datetime) -> ColumnElement[bool]:
    return not_(exists().where(Sanction.account_id == account_id, held, in_force(now)))
