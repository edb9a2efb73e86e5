"""Somebody with their claims: which groups they belong to and what they do there."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, or_, select

from community.accounts import queries as accounts_queries
from community.accounts.models import Account
from community.accounts.rules import Badge
from community.accounts.sanctions import queries as sanctions_queries
from community.core.actor import Actor, Role, Staff, Standing
from community.core.asking import NOW, columns
from community.core.db import db
from community.groups.models import Group, Membership
from community.groups.rules import GroupState
from community.groups.topics import queries as topics_queries
from community.notifications.queries import unseen
from community.safety.blocks.queries import apart_from
from community.safety.models import Agreement
from community.safety.rules import GUIDELINES_VERSION


def actor_for(badge: Badge, *, now: datetime) -> Actor:
    """Who is asking, with their claims."""
    known = _actor(badge.account_id, badge.name, badge.standing, badge.zone, badge.staff, now)
    return replace(known, signed_in_at=badge.signed_in_at)


def actor_of(account_id: UUID, *, now: datetime) -> Actor:
    """Somebody with their claims, whether a browser of theirs is asking or not."""
    row = db.session.execute(
        select(Account.name, Account.standing, Account.zone).where(Account.id == account_id)
    ).one()
    staff = accounts_queries.staff_of(account_id)
    return _actor(account_id, row.name, row.standing, row.zone, staff, now)


def _actor(
    account_id: UUID,
    name: str,
    standing: Standing,
    zone: str,
    staff: frozenset[Staff],
    now: datetime,
) -> Actor:
    """In one statement: every active member belongs to the built-in group without a row, so
    there always is a group to read the agreement beside, and what is in force for them. It says
    too which topics there are by now.

    Whoever may not write looks after nothing meanwhile, and a group they are kept from is none
    of theirs. Their rows stay, so that it is all as before when it is over.
    """
    if standing is not Standing.ACTIVE:
        return Actor(account_id, name, standing, zone)
    asked = {"who": account_id, "version": GUIDELINES_VERSION, "now": now}
    rows = columns(_CLAIMS, asked).all()
    if rows:
        topics_queries.keep_up(rows[0].topics)
    bounds = sanctions_queries.read(rows[0].bounds if rows else None)
    if bounds.is_suspended:
        return Actor(account_id, name, standing, zone, bounds=bounds)
    actor = Actor(
        id=account_id,
        name=name,
        standing=standing,
        zone=zone,
        staff=frozenset() if bounds.is_limited else staff,
        has_agreed=any(row.has_agreed for row in rows),
        news=max((row.news for row in rows), default=0),
        apart=frozenset(UUID(each) for row in rows[:1] if row.apart for each in row.apart.split()),
        bounds=bounds,
    )
    held = {
        row.id: roles(row.facilitates, row.moderates, row.owns)
        if actor.writes_in(row.id)
        else frozenset({Role.MEMBER})
        for row in rows
        if not actor.is_barred(row.id)
    }
    return replace(actor, roles=MappingProxyType(held))


def roles(facilitates: bool | None, moderates: bool | None, owns: bool | None) -> frozenset[Role]:
    """A member's roles in one group, from the columns of their row, if they have one."""
    held = {Role.FACILITATOR: facilitates, Role.MODERATOR: moderates, Role.OWNER: owns}
    return frozenset({Role.MEMBER, *(role for role, has in held.items() if has)})


# Made once, because every page asks for it.
_CLAIMS = (
    select(
        Group.id,
        Membership.facilitates,
        Membership.moderates,
        Membership.owns,
        exists()
        .where(Agreement.account_id == bindparam("who"), Agreement.version == bindparam("version"))
        .label("has_agreed"),
        unseen(bindparam("who"), NOW).label("news"),
        apart_from(bindparam("who")).label("apart"),
        sanctions_queries.bounds_of(bindparam("who"), bindparam("now")).label("bounds"),
        topics_queries.VERSION.label("topics"),
    )
    .outerjoin(
        Membership,
        and_(Membership.group_id == Group.id, Membership.account_id == bindparam("who")),
    )
    .where(
        Group.state == GroupState.OPEN,
        or_(Group.is_built_in, Membership.account_id.is_not(None)),
    )
)
