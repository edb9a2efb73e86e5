"""Opening groups, coming in, leaving, and who looks after what."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_, update

from community.accounts import queries as accounts_queries
from community.core import deeds
from community.core.actor import Actor, Role
from community.core.db import add_once, db, locked
from community.core.deeds import HOLDS_CHOSEN, ROLES_CHANGED, Deed
from community.core.verdict import NOT_FOUND, Refused
from community.groups import claims, queries
from community.groups.models import Group, Invitation, JoinRequest, Membership, RoleChange
from community.groups.rules import (
    EVERYONE,
    EVERYONE_ABOUT,
    INVITATION_OVER,
    GroupDeclined,
    GroupOpened,
    GroupState,
    HoldPolicy,
    JoiningApproved,
    JoiningRefused,
    RequestState,
    RolesChanged,
    keeps_an_owner,
    may_appoint,
    may_ask_to_join,
    may_ask_to_open,
    may_choose_holds,
    may_come_back,
    may_come_in,
    may_decide_joining,
    may_decide_opening,
    may_give,
    may_invite,
    may_leave,
    may_limit_seats,
    not_barred,
    still_invites,
)
from community.notifications.actions import tell
from community.notifications.rules import News


def ensure_everyone(*, now: datetime) -> UUID:
    """The built-in group that every member belongs to; made once."""
    add_once(
        Group,
        name=EVERYONE,
        about=EVERYONE_ABOUT,
        question="",
        state=GroupState.OPEN,
        is_built_in=True,
        asked_at=now,
    )
    everyone = queries.everyone()
    assert everyone is not None
    return everyone


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
    """Open the group, its asker becoming the owner, who may hold its calls too, or decline it.

    Either way with words.
    """
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
            Membership(
                group_id=group_id, account_id=group.asked_by, owns=True, facilitates=True, since=now
            )
        )
        tell(group.asked_by, GroupOpened(group_id, group.name, words), about=News.GROUPS, now=now)
    else:
        tell(group.asked_by, GroupDeclined(group.name, words), about=News.GROUPS, now=now)


def limit_seats(actor: Actor, group_id: UUID, most: int | None) -> None:
    """From now on somebody signs up for so many calls of this group in a week, or as they like.
    Whoever has more keeps them."""
    group = locked(Group, group_id)
    may_limit_seats(actor, group_id, group.is_built_in).require()
    group.weekly_seats = most
    db.session.flush()


def choose_holds(actor: Actor, group_id: UUID, policy: HoldPolicy, *, now: datetime) -> None:
    """From now on these people’s posts are read before others see them. What waits goes on
    waiting."""
    group = locked(Group, group_id)
    may_choose_holds(actor, group_id, group.is_built_in).require()
    if group.hold_policy is policy:
        return
    deed = Deed(actor, HOLDS_CHOSEN, group_id, group_id, group.hold_policy, policy, now)
    group.hold_policy = policy
    db.session.flush()
    deeds.say(deed)


def ask_to_join(actor: Actor, group_id: UUID, answer: str, *, now: datetime) -> None:
    """Ask to come in, with an answer to the group's question."""
    group = locked(Group, group_id)
    has_asked = queries.has_asked(actor.id, group_id)
    not_barred(actor, group_id).require()
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
    group = locked(Group, queries.asked_group(request_id))  # the same order as come_in()
    request = locked(JoinRequest, request_id)
    may_decide_joining(actor, request.group_id, request.account_id, request.state).require()
    request.state = RequestState.APPROVED if approve else RequestState.REFUSED
    request.decided_by = actor.id
    request.decided_at = now
    request.words = words
    if approve:
        db.session.add(
            Membership(group_id=request.group_id, account_id=request.account_id, since=now)
        )
        letter = JoiningApproved(group.id, group.name, words)
        tell(request.account_id, letter, about=News.GROUPS, now=now)
    else:
        tell(request.account_id, JoiningRefused(group.name, words), about=News.GROUPS, now=now)


def leave(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Leave quietly. Nobody is told; that roles went with them is kept."""
    group = locked(Group, group_id)  # so that two owners can't both leave as "not the last"
    may_leave(actor, group_id, group.is_built_in, queries.owners(group_id)).require()
    place = db.session.get_one(Membership, (group_id, actor.id))
    had = claims.roles(place.facilitates, place.moderates, place.owns)
    if had != {Role.MEMBER}:
        _record(actor, group, actor.id, had, frozenset(), now=now)
    db.session.execute(
        delete(Membership).where(Membership.group_id == group_id, Membership.account_id == actor.id)
    )
    _end_invitations_of(actor.id, group_id)


def appoint(
    actor: Actor, group_id: UUID, account_id: UUID, roles: frozenset[Role], *, now: datetime
) -> None:
    """Give a member exactly these roles beside being a member. It is kept, and they are told."""
    group = locked(Group, group_id)
    may_appoint(actor, group_id, group.is_built_in).require()
    membership = _place(group, account_id, now=now)
    owners = queries.owners(group_id)
    keeps_an_owner(group.is_built_in, membership.owns, roles, owners).require()
    had = claims.roles(membership.facilitates, membership.moderates, membership.owns)
    wanted = (roles - {Role.OWNER} if group.is_built_in else roles) | {Role.MEMBER}
    may_give(actor, account_id, had, wanted, now).require()
    if wanted == had:
        return
    membership.facilitates = Role.FACILITATOR in wanted
    membership.moderates = Role.MODERATOR in wanted
    membership.owns = Role.OWNER in wanted
    if not still_invites(wanted):
        _end_invitations_of(account_id, group_id)
    _record(actor, group, account_id, had, wanted, now=now)
    db.session.flush()


def _record(
    actor: Actor,
    group: Group,
    account_id: UUID,
    had: frozenset[Role],
    has: frozenset[Role],
    *,
    now: datetime,
) -> None:
    """Keep who changed what, and tell the member if somebody else did."""
    db.session.add(
        RoleChange(
            group_id=group.id,
            account_id=account_id,
            changed_by=actor.id,
            before=sorted(had),
            after=sorted(has),
            changed_at=now,
        )
    )
    before, after = " ".join(sorted(had)), " ".join(sorted(has))
    deeds.say(Deed(actor, ROLES_CHANGED, account_id, group.id, before, after, now))
    if account_id != actor.id:
        beside = tuple(sorted(has - {Role.MEMBER}))
        tell(account_id, RolesChanged(group.id, group.name, beside), now=now)


def _place(group: Group, account_id: UUID, *, now: datetime) -> Membership:
    """A member's row. In the built-in group it is made when somebody first gets a role."""
    membership = db.session.get(Membership, (group.id, account_id))
    if membership is None:
        if not group.is_built_in or not accounts_queries.is_active(account_id):
            raise Refused(NOT_FOUND)
        membership = Membership(group_id=group.id, account_id=account_id, owns=False, since=now)
        db.session.add(membership)
    return membership


def invite(
    actor: Actor, group_id: UUID, is_for: str, uses: int, days: int, *, now: datetime
) -> UUID:
    """A link that lets so many people in, for so many days."""
    group = locked(Group, group_id)
    may_invite(actor, group_id, group.is_built_in).require()
    made = Invitation(
        group_id=group_id,
        made_by=actor.id,
        made_at=now,
        ends_at=now + timedelta(days=days),
        uses_left=uses,
        is_for=is_for,
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def take_invitation_back(actor: Actor, group_id: UUID, invitation_id: UUID) -> None:
    """Nobody comes in by it any more. One that has gone already changes nothing."""
    group = locked(Group, group_id)
    may_invite(actor, group_id, group.is_built_in).require()
    db.session.execute(
        delete(Invitation).where(Invitation.id == invitation_id, Invitation.group_id == group_id)
    )


def come_in(actor: Actor, invitation_id: UUID, *, now: datetime) -> UUID:
    """Join by an invitation; the group. Whoever had asked to join needs no answer any more.

    One guarded update decides, so that never more people come in than were invited.
    """
    invited = queries.invitation(invitation_id, now=now)
    group = locked(Group, invited.group_id)
    membership = db.session.get(Membership, (group.id, actor.id))
    not_barred(actor, group.id).require()
    may_come_in(actor, membership is not None).require()
    used = update(Invitation).where(Invitation.id == invitation_id, Invitation.uses_left > 0)
    left = Invitation.uses_left - 1
    if db.session.scalar(used.values(uses_left=left).returning(Invitation.id)) is None:
        raise Refused(INVITATION_OVER)
    _let_in(actor, group.id, now)
    return group.id


def come_back(actor: Actor, group_id: UUID, *, left_at: datetime | None, now: datetime) -> None:
    """Undo having left. A second press changes nothing."""
    group = locked(Group, group_id)
    if db.session.get(Membership, (group_id, actor.id)) is None:
        declined_at = queries.declined_at(actor.id, group_id)
        may_come_back(
            actor, group_id, group.state, left_at=left_at, declined_at=declined_at
        ).require()
        _let_in(actor, group_id, now)


def _let_in(actor: Actor, group_id: UUID, now: datetime) -> None:
    """They are a member from now on, and what they asked needs no answer any more."""
    db.session.execute(
        delete(JoinRequest).where(
            JoinRequest.group_id == group_id,
            JoinRequest.account_id == actor.id,
            JoinRequest.state == RequestState.WAITING,
        )
    )
    db.session.add(Membership(group_id=group_id, account_id=actor.id, since=now))
    db.session.flush()


def forget_old_invitations(*, now: datetime) -> None:
    """Those that nobody can use any more, and with them the words about whom they were for."""
    db.session.execute(
        delete(Invitation).where(or_(Invitation.ends_at <= now, Invitation.uses_left == 0))
    )


def _end_invitations_of(account_id: UUID, group_id: UUID) -> None:
    """Whoever looks after the group no more invites nobody any more."""
    db.session.execute(
        delete(Invitation).where(Invitation.made_by == account_id, Invitation.group_id == group_id)
    )
