"""Opening groups, coming in, leaving, and who looks after what."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.accounts import queries as accounts_queries
from community.core.actor import Actor, Role
from community.core.db import db, locked
from community.core.verdict import NOT_FOUND, Refused
from community.groups import queries
from community.groups.models import Group, JoinRequest, Membership
from community.groups.rules import (
    EVERYONE,
    EVERYONE_ABOUT,
    GroupDeclined,
    GroupOpened,
    GroupState,
    JoiningApproved,
    JoiningRefused,
    RequestState,
    keeps_an_owner,
    may_appoint,
    may_ask_to_join,
    may_ask_to_open,
    may_decide_joining,
    may_decide_opening,
    may_leave,
)
from community.notifications.actions import tell


def ensure_everyone(*, now: datetime) -> UUID:
    """The built-in group that every member belongs to; made once."""
    known = queries.everyone()
    if known is not None:
        return known
    group = Group(
        name=EVERYONE,
        about=EVERYONE_ABOUT,
        question="",
        state=GroupState.OPEN,
        is_built_in=True,
        asked_at=now,
    )
    db.session.add(group)
    db.session.flush()
    return group.id


def ask_to_open(actor: Actor, name: str, about: str, question: str, *, now: datetime) -> UUID:
    """Ask for a group of one's own. A platform moderator answers."""
    may_ask_to_open(actor).require()
    group = Group(
        name=name,
        about=about,
        question=question,
        state=GroupState.ASKED,
        asked_by=actor.id,
        asked_at=now,
    )
    db.session.add(group)
    db.session.flush()
    return group.id


def decide_opening(
    actor: Actor, group_id: UUID, words: str, *, approve: bool, now: datetime
) -> None:
    """Open the group, its asker becoming the owner, or decline it. Either way with words."""
    group = locked(Group, group_id)
    may_decide_opening(actor, group.asked_by, group.state).require()
    group.state = GroupState.OPEN if approve else GroupState.DECLINED
    group.decided_by = actor.id
    group.decided_at = now
    group.decision_words = words
    if group.asked_by is None:  # whoever asked has left the site since
        return
    if approve:
        db.session.add(
            Membership(group_id=group_id, account_id=group.asked_by, owns=True, since=now)
        )
        tell(group.asked_by, GroupOpened(group_id, group.name, words), now=now)
    else:
        tell(group.asked_by, GroupDeclined(group.name, words), now=now)


def ask_to_join(actor: Actor, group_id: UUID, answer: str, *, now: datetime) -> None:
    """Ask to come in, with an answer to the group's question."""
    group = locked(Group, group_id)
    has_asked = queries.has_asked(actor.id, group_id)
    may_ask_to_join(actor, group_id, group.state, has_asked).require()
    db.session.add(
        JoinRequest(
            group_id=group_id,
            account_id=actor.id,
            answer=answer,
            state=RequestState.WAITING,
            asked_at=now,
        )
    )
    db.session.flush()


def decide_joining(
    actor: Actor, request_id: UUID, words: str, *, approve: bool, now: datetime
) -> None:
    """Let somebody in, or not now. Either way with words, by letter."""
    request = locked(JoinRequest, request_id)
    may_decide_joining(actor, request.group_id, request.account_id, request.state).require()
    request.state = RequestState.APPROVED if approve else RequestState.REFUSED
    request.decided_by = actor.id
    request.decided_at = now
    request.words = words
    name = db.session.get_one(Group, request.group_id).name
    if approve:
        db.session.add(
            Membership(group_id=request.group_id, account_id=request.account_id, since=now)
        )
        tell(request.account_id, JoiningApproved(request.group_id, name, words), now=now)
    else:
        tell(request.account_id, JoiningRefused(name, words), now=now)


def leave(actor: Actor, group_id: UUID) -> None:
    """Leave quietly. Nobody is told."""
    group = locked(Group, group_id)  # so that two owners can't both leave as "not the last"
    may_leave(actor, group_id, group.is_built_in, queries.owners(group_id)).require()
    db.session.execute(
        delete(Membership).where(Membership.group_id == group_id, Membership.account_id == actor.id)
    )


def appoint(
    actor: Actor, group_id: UUID, account_id: UUID, roles: frozenset[Role], *, now: datetime
) -> None:
    """Give a member exactly these roles beside being a member."""
    group = locked(Group, group_id)
    may_appoint(actor, group_id, group.is_built_in).require()
    membership = _place(group, account_id, now=now)
    owners = queries.owners(group_id)
    keeps_an_owner(group.is_built_in, membership.owns, roles, owners).require()
    membership.facilitates = Role.FACILITATOR in roles
    membership.moderates = Role.MODERATOR in roles
    membership.owns = Role.OWNER in roles and not group.is_built_in
    db.session.flush()


def _place(group: Group, account_id: UUID, *, now: datetime) -> Membership:
    """A member's row. In the built-in group it is made when somebody first gets a role."""
    membership = db.session.get(Membership, (group.id, account_id))
    if membership is None:
        if not group.is_built_in or not accounts_queries.is_active(account_id):
            raise Refused(NOT_FOUND)
        membership = Membership(group_id=group.id, account_id=account_id, owns=False, since=now)
        db.session.add(membership)
    return membership
