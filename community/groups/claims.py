"""Somebody with their claims: which groups they belong to and what they do there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, exists, or_, select
from sqlalchemy.exc import NoResultFound

from community.accounts.models import Account, StaffRole
from community.accounts.queries import VISIT, WHOSE, Visit, token_hash, visit_of
from community.accounts.sanctions import queries as sanctions_queries
from community.core.actor import Actor, Role, Standing
from community.core.asking import NOW, Rows, columns
from community.groups.models import Group, Membership
from community.groups.rules import GroupState
from community.groups.topics import queries as topics_queries
from community.notifications.queries import unseen
from community.safety.blocks.queries import apart_from
from community.safety.models import Agreement
from community.safety.rules import GUIDELINES_VERSION


def visit(token: str, *, now: datetime) -> tuple[Visit, Actor] | None:
    """The browser that carries this token, and who is asking with it: in one statement."""
    rows = columns(_VISIT, {"token_hash": token_hash(token)} | _as_of(now)).all()
    if not rows:
        return None
    found = visit_of(rows)
    return found, replace(_actor(rows), signed_in_at=found.badge.signed_in_at)


def actor_of(account_id: UUID, *, now: datetime) -> Actor:
    """Somebody with their claims, whether a browser of theirs is asking or not."""
    rows = columns(_SOMEBODY, {"who": account_id} | _as_of(now)).all()
    if not rows:
        raise NoResultFound
    return _actor(rows)


def _as_of(now: datetime) -> dict[str, Any]:
    return {"version": GUIDELINES_VERSION, "now": now}


def _actor(rows: Sequence[Any]) -> Actor:
    """What the rows of `_with_claims` say of somebody. Every active member belongs to the built-in
    group without a row.

    Whoever may not write looks after nothing meanwhile, and a group they are kept from is none
    of theirs. Their rows stay, so that it is all as before when it is over.
    """
    first = rows[0]
    known = Actor(first.id, first.name, first.standing, first.zone)
    if first.standing is not Standing.ACTIVE:
        return known
    topics_queries.keep_up(first.topics)
    bounds = sanctions_queries.read(first.bounds)
    if bounds.is_suspended:
        return replace(known, bounds=bounds)
    staff = frozenset(row.role for row in rows if row.role is not None)
    actor = replace(
        known,
        staff=frozenset() if bounds.is_limited else staff,
        has_agreed=first.has_agreed,
        news=first.news,
        apart=frozenset(map(UUID, (first.apart or "").split())),
        bounds=bounds,
    )
    held = {
        row.group_id: roles(row.facilitates, row.moderates, row.owns)
        if actor.writes_in(row.group_id)
        else frozenset({Role.MEMBER})
        for row in rows
        if row.group_id is not None and not actor.is_barred(row.group_id)
    }
    return replace(actor, roles=MappingProxyType(held))


def roles(facilitates: bool | None, moderates: bool | None, owns: bool | None) -> frozenset[Role]:
    """A member's roles in one group, from the columns of their row, if they have one."""
    held = {Role.FACILITATOR: facilitates, Role.MODERATOR: moderates, Role.OWNER: owns}
    return frozenset({Role.MEMBER, *(role for role, has in held.items() if has)})


def _with_claims(people: Rows, who: Any) -> Rows:
    """What is known of somebody, with what is read along of them: a row for each of their groups
    and each of their roles on the site."""
    joined = select(Membership.group_id).where(Membership.account_id == who)
    is_theirs = and_(Group.state == GroupState.OPEN, or_(Group.is_built_in, Group.id.in_(joined)))
    row_of_theirs = and_(Membership.group_id == Group.id, Membership.account_id == who)
    return (
        people.add_columns(
            StaffRole.role,
            Group.id.label("group_id"),
            Membership.facilitates,
            Membership.moderates,
            Membership.owns,
            exists()
            .where(Agreement.account_id == who, Agreement.version == bindparam("version"))
            .label("has_agreed"),
            unseen(who, NOW).label("news"),
            apart_from(who).label("apart"),
            sanctions_queries.bounds_of(who, bindparam("now")).label("bounds"),
            topics_queries.VERSION.label("topics"),
        )
        .outerjoin(StaffRole, StaffRole.account_id == Account.id)
        .outerjoin(Group, is_theirs)
        .outerjoin(Membership, row_of_theirs)
    )


# Made once, because every page and every press asks for it.
_VISIT = _with_claims(VISIT, WHOSE)
_SOMEBODY = _with_claims(
    select(Account.id, Account.name, Account.standing, Account.zone).where(
        Account.id == bindparam("who")
    ),
    bindparam("who", type_=Uuid()),
)
