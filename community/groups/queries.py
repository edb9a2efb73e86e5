"""What there is about groups, for this actor. Every select of groups."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from community.accounts import queries as accounts_queries
from community.accounts.models import Account
from community.accounts.rules import Badge
from community.core.actor import Actor, Role, Staff, Standing
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group, JoinRequest, Membership
from community.groups.rules import GroupState, RequestState
from community.safety.models import Agreement
from community.safety.rules import GUIDELINES_VERSION


def actor_for(badge: Badge) -> Actor:
    """Who is asking, with their claims."""
    return _actor(badge.account_id, badge.name, badge.standing, badge.zone, badge.staff)


def actor_of(account_id: UUID) -> Actor:
    """Somebody with their claims, whether a browser of theirs is asking or not."""
    row = db.session.execute(
        select(Account.name, Account.standing, Account.zone).where(Account.id == account_id)
    ).one()
    return _actor(
        account_id, row.name, row.standing, row.zone, accounts_queries.staff_of(account_id)
    )


def _actor(
    account_id: UUID, name: str, standing: Standing, zone: str, staff: frozenset[Staff]
) -> Actor:
    """In one statement: every active member belongs to the built-in group without a row, so
    there always is a group to read the agreement beside.
    """
    if standing is not Standing.ACTIVE:
        return Actor(account_id, name, standing, zone)
    has_agreed = exists().where(
        Agreement.account_id == account_id, Agreement.version == GUIDELINES_VERSION
    )
    rows = db.session.execute(
        select(
            Group.id,
            Membership.facilitates,
            Membership.moderates,
            Membership.owns,
            has_agreed.label("has_agreed"),
        )
        .outerjoin(
            Membership,
            and_(Membership.group_id == Group.id, Membership.account_id == account_id),
        )
        .where(
            Group.state == GroupState.OPEN,
            or_(Group.is_built_in, Membership.account_id.is_not(None)),
        )
    ).all()
    return Actor(
        id=account_id,
        name=name,
        standing=standing,
        zone=zone,
        staff=staff,
        roles=MappingProxyType(
            {row.id: roles(row.facilitates, row.moderates, row.owns) for row in rows}
        ),
        has_agreed=any(row.has_agreed for row in rows),
    )


def roles(facilitates: bool | None, moderates: bool | None, owns: bool | None) -> frozenset[Role]:
    """A member's roles in one group, from the columns of their row, if they have one."""
    held = {Role.FACILITATOR: facilitates, Role.MODERATOR: moderates, Role.OWNER: owns}
    return frozenset({Role.MEMBER, *(role for role, has in held.items() if has)})


def everyone() -> UUID | None:
    """The built-in group."""
    return db.session.scalar(select(Group.id).where(Group.is_built_in))


@dataclass(frozen=True, slots=True)
class GroupCard:
    """What any member may know of an open group."""

    id: UUID
    name: str
    about: str
    question: str
    is_built_in: bool


def open_groups() -> list[GroupCard]:
    """Every open group, the built-in one first, then by name."""
    rows = db.session.execute(
        _CARD.where(Group.state == GroupState.OPEN).order_by(
            Group.is_built_in.desc(), func.lower(Group.name), Group.id
        )
    )
    return [GroupCard(*row) for row in rows]


def open_group(group_id: UUID) -> GroupCard:
    """One open group. Raises `Refused(NOT_FOUND)`."""
    row = db.session.execute(
        _CARD.where(Group.id == group_id, Group.state == GroupState.OPEN)
    ).first()
    if row is None:
        raise Refused(NOT_FOUND)
    return GroupCard(*row)


_CARD = select(Group.id, Group.name, Group.about, Group.question, Group.is_built_in)


def group_names(actor: Actor) -> dict[UUID, str]:
    """The groups this person belongs to, by name."""
    rows = db.session.execute(
        select(Group.id, Group.name)
        .where(Group.id.in_(actor.groups))
        .order_by(Group.is_built_in.desc(), func.lower(Group.name), Group.id)
    )
    return {row.id: row.name for row in rows}


@dataclass(frozen=True, slots=True)
class Opening:
    """A group that somebody would like to open."""

    id: UUID
    name: str
    about: str
    question: str
    state: GroupState
    asked_at: datetime
    asked_by: UUID | None
    asker: str | None


def openings() -> list[Opening]:
    """Those waiting for an answer, the first asked first."""
    rows = db.session.execute(_OPENING.order_by(Group.asked_at, Group.id))
    return [Opening(*row) for row in rows]


def opening(group_id: UUID) -> Opening:
    """One of them. Raises `Refused(NOT_FOUND)` when it is no longer waiting."""
    row = db.session.execute(_OPENING.where(Group.id == group_id)).first()
    if row is None:
        raise Refused(NOT_FOUND)
    return Opening(*row)


_OPENING = (
    select(
        Group.id,
        Group.name,
        Group.about,
        Group.question,
        Group.state,
        Group.asked_at,
        Group.asked_by,
        Account.name,
    )
    .outerjoin(Account, Account.id == Group.asked_by)
    .where(Group.state == GroupState.ASKED)
)


def asked_for(actor: Actor) -> list[str]:
    """The names of the groups this person asked for that wait for an answer."""
    return list(
        db.session.scalars(
            select(Group.name)
            .where(Group.asked_by == actor.id, Group.state == GroupState.ASKED)
            .order_by(Group.asked_at, Group.id)
        )
    )


def has_asked(account_id: UUID, group_id: UUID) -> bool:
    """Whether this person waits for an answer of this group."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    JoinRequest.account_id == account_id,
                    JoinRequest.group_id == group_id,
                    JoinRequest.state == RequestState.WAITING,
                )
            )
        )
    )


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody who asks to come in."""

    id: UUID
    group_id: UUID
    account_id: UUID
    name: str
    answer: str
    state: RequestState
    asked_at: datetime


def knocks(group_id: UUID) -> list[Knock]:
    """Who waits for an answer of this group, the first asked first."""
    rows = db.session.execute(
        _KNOCK.where(JoinRequest.group_id == group_id).order_by(
            JoinRequest.asked_at, JoinRequest.id
        )
    )
    return [Knock(*row) for row in rows]


def knock(group_id: UUID, request_id: UUID) -> Knock:
    """One of them. Raises `Refused(NOT_FOUND)` when it is no longer waiting."""
    row = db.session.execute(
        _KNOCK.where(JoinRequest.id == request_id, JoinRequest.group_id == group_id)
    ).first()
    if row is None:
        raise Refused(NOT_FOUND)
    return Knock(*row)


_KNOCK = (
    select(
        JoinRequest.id,
        JoinRequest.group_id,
        JoinRequest.account_id,
        Account.name,
        JoinRequest.answer,
        JoinRequest.state,
        JoinRequest.asked_at,
    )
    .join(Account, Account.id == JoinRequest.account_id)
    .where(JoinRequest.state == RequestState.WAITING)
)


@dataclass(frozen=True, slots=True)
class Doorstep:
    """A group where somebody waits to come in."""

    group_id: UUID
    name: str
    waiting: int


def doorsteps(actor: Actor) -> list[Doorstep]:
    """The groups this person answers for where somebody waits, by name."""
    mine = [group for group in actor.groups if actor.owns(group) or actor.moderates(group)]
    rows = db.session.execute(
        select(Group.id, Group.name, func.count())
        .join(JoinRequest, JoinRequest.group_id == Group.id)
        .where(Group.id.in_(mine), JoinRequest.state == RequestState.WAITING)
        .group_by(Group.id, Group.name)
        .order_by(func.lower(Group.name), Group.id)
    )
    return [Doorstep(*row) for row in rows]


def owners(group_id: UUID) -> int:
    """How many own this group."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Membership)
            .where(Membership.group_id == group_id, Membership.owns)
        )
        or 0
    )


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a group, as the other members know them."""

    id: UUID
    name: str
    roles: frozenset[Role]
    since: datetime


def members(group_id: UUID) -> list[Member]:
    """Who has a row in this group, by name. In the built-in group: whoever had a role in it."""
    return _members(Membership.group_id == group_id)


def keepers(group_id: UUID) -> list[Member]:
    """Who looks after this group, by name."""
    has_a_role = or_(Membership.facilitates, Membership.moderates, Membership.owns)
    return _members(Membership.group_id == group_id, has_a_role)


def _members(*which: ColumnElement[bool]) -> list[Member]:
    rows = db.session.execute(
        select(
            Account.id,
            Account.name,
            Membership.facilitates,
            Membership.moderates,
            Membership.owns,
            Membership.since,
        )
        .join(Membership, Membership.account_id == Account.id)
        .where(*which, Account.standing == Standing.ACTIVE)
        .order_by(func.lower(Account.name), Account.id)
    )
    return [
        Member(row.id, row.name, roles(row.facilitates, row.moderates, row.owns), row.since)
        for row in rows
    ]


def member(group_id: UUID, account_id: UUID) -> Member:
    """One member of a group, with a row or (in the built-in group) without."""
    row = db.session.execute(
        select(
            Account.id,
            Account.name,
            Account.joined_at,
            Group.is_built_in,
            Membership.group_id,
            Membership.facilitates,
            Membership.moderates,
            Membership.owns,
            Membership.since,
        )
        .select_from(Account)
        .join(Group, Group.id == group_id)
        .outerjoin(
            Membership,
            and_(Membership.account_id == Account.id, Membership.group_id == Group.id),
        )
        .where(Account.id == account_id, Account.standing == Standing.ACTIVE)
    ).first()
    if row is None or (row.group_id is None and not row.is_built_in):
        raise Refused(NOT_FOUND)
    held = roles(row.facilitates, row.moderates, row.owns)
    return Member(row.id, row.name, held, row.since or row.joined_at)
