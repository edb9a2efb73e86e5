"""What there is about groups, for this actor. Every select of groups."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.accounts.sanctions.queries import is_kept_from
from community.core.actor import Actor, Role, Standing
from community.core.asking import Rows, columns, made_once, some
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.claims import roles
from community.groups.models import Group, Invitation, JoinRequest, Membership, RoleChange
from community.groups.rules import INVITATION_OVER, GroupState, HoldPolicy, RequestState

A_PAGE = 50  # members on one page
LATEST = 10  # changes to somebody's roles


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


def weekly_seats(group_id: UUID) -> int | None:
    """How many calls somebody may sign up for in a week, if the group has a limit."""
    return db.session.scalar(select(Group.weekly_seats).where(Group.id == group_id))


def hold_policy(group_id: UUID) -> HoldPolicy | None:
    """Whose posts are read in this group before others see them."""
    return db.session.scalar(select(Group.hold_policy).where(Group.id == group_id))


def group_names(actor: Actor) -> dict[UUID, str]:
    """The groups this person belongs to, by name."""
    return {row.id: row.name for row in _group_names(actor)}


@made_once
def _group_names(actor: Actor) -> Rows:
    return (
        select(Group.id, Group.name)
        .where(Group.id.in_(actor.groups))
        .order_by(Group.is_built_in.desc(), func.lower(Group.name), Group.id)
    )


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
    waits = exists().where(
        JoinRequest.account_id == account_id,
        JoinRequest.group_id == group_id,
        JoinRequest.state == RequestState.WAITING,
    )
    return bool(db.session.scalar(select(waits)))


def declined_at(account_id: UUID, group_id: UUID) -> datetime | None:
    """When this group last declined this person, if it ever did."""
    theirs = (JoinRequest.account_id == account_id, JoinRequest.group_id == group_id)
    declined = (*theirs, JoinRequest.state == RequestState.REFUSED)
    return db.session.scalar(select(func.max(JoinRequest.decided_at)).where(*declined))


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


def asked_group(request_id: UUID) -> UUID:
    """The group that this request asks to join. Raises `Refused(NOT_FOUND)`."""
    group_id = db.session.scalar(select(JoinRequest.group_id).where(JoinRequest.id == request_id))
    if group_id is None:
        raise Refused(NOT_FOUND)
    return group_id


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
    mine = [group for group in actor.groups if actor.moderates(group)]
    return [Doorstep(*row) for row in columns(_DOORSTEPS, {"mine": mine})] if mine else []


_DOORSTEPS = (
    select(Group.id, Group.name, func.count())
    .join(JoinRequest, JoinRequest.group_id == Group.id)
    .where(Group.id.in_(some("mine")), JoinRequest.state == RequestState.WAITING)
    .group_by(Group.id, Group.name)
    .order_by(func.lower(Group.name), Group.id)
)


def owners(group_id: UUID) -> int:
    """How many own this group."""
    those = (Membership.group_id == group_id, Membership.owns)
    return db.session.scalar(select(func.count()).select_from(Membership).where(*those)) or 0


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a group, as the other members know them."""

    id: UUID
    name: str
    roles: frozenset[Role]
    since: datetime


@dataclass(frozen=True, slots=True)
class Members:
    """A page of them, and the member after whom the next page begins, if there is one."""

    people: list[Member]
    more_after: UUID | None


def members(group_id: UUID, now: datetime, *, after: UUID | None = None) -> Members:
    """Who has a row in this group and isn’t kept from it, by name, from after this member on."""
    further = [] if after is None else [_comes_after(after)]
    is_in = (Membership.group_id == group_id, ~is_kept_from(Account.id, group_id, now))
    people = _members(*is_in, *further, limit=A_PAGE + 1)
    more = people[A_PAGE - 1].id if len(people) > A_PAGE else None
    return Members(people[:A_PAGE], more)


def keepers(group_id: UUID) -> list[Member]:
    """Who looks after this group, by name."""
    has_a_role = or_(Membership.facilitates, Membership.moderates, Membership.owns)
    return _members(Membership.group_id == group_id, has_a_role)


def facilitators(group_id: UUID) -> list[Member]:
    """Who facilitates in this group, by name."""
    return _members(Membership.group_id == group_id, Membership.facilitates)


def _members(*which: ColumnExpressionArgument[bool], limit: int | None = None) -> list[Member]:
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
        .limit(limit)
    )
    return [
        Member(row.id, row.name, roles(row.facilitates, row.moderates, row.owns), row.since)
        for row in rows
    ]


def _comes_after(account_id: UUID) -> ColumnElement[bool]:
    last = aliased(Account)
    name = select(func.lower(last.name)).where(last.id == account_id).scalar_subquery()
    here = func.lower(Account.name)
    return or_(here > name, and_(here == name, Account.id > account_id))


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


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody's roles were changed."""

    by: str | None  # None when they have left the site since
    roles: frozenset[Role]
    at: datetime


def role_changes(group_id: UUID, account_id: UUID) -> list[Changed]:
    """The latest changes to what somebody does in this group, the newest first."""
    rows = db.session.execute(
        select(Account.name, RoleChange.after, RoleChange.changed_at)
        .outerjoin(Account, Account.id == RoleChange.changed_by)
        .where(RoleChange.group_id == group_id, RoleChange.account_id == account_id)
        .order_by(RoleChange.id.desc())
        .limit(LATEST)
    )
    return [Changed(row.name, frozenset(map(Role, row.after)), row.changed_at) for row in rows]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that is good."""

    id: UUID
    group_id: UUID
    group_name: str
    group_about: str
    is_for: str
    made_by: str
    ends_at: datetime
    uses_left: int


def open_invitations(group_id: UUID, *, now: datetime) -> list[Invited]:
    """The invitations of this group that are good, the newest first."""
    rows = db.session.execute(
        _invitations(now).where(Invitation.group_id == group_id).order_by(Invitation.id.desc())
    )
    return [Invited(*row) for row in rows]


def invitation(invitation_id: UUID, *, now: datetime) -> Invited:
    """One that is good. `Refused(INVITATION_OVER)` for any other, without a word about it."""
    row = db.session.execute(_invitations(now).where(Invitation.id == invitation_id)).first()
    if row is None:
        raise Refused(INVITATION_OVER)
    return Invited(*row)


def _invitations(now: datetime) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Invitation.id,
            Invitation.group_id,
            Group.name,
            Group.about,
            Invitation.is_for,
            Account.name,
            Invitation.ends_at,
            Invitation.uses_left,
        )
        .join(Group, Group.id == Invitation.group_id)
        .join(Account, Account.id == Invitation.made_by)
        .where(Group.state == GroupState.OPEN, Invitation.ends_at > now, Invitation.uses_left > 0)
    )
