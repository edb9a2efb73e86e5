"""Giving up every role, and closing what nobody is left in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update

from community.core import deeds
from community.core.actor import Actor, Role
from community.core.db import db, locked
from community.core.deeds import ROLES_CHANGED, Deed
from community.groups.claims import roles
from community.groups.models import Group, Invitation, JoinRequest, Membership, RoleChange
from community.groups.parting import queries
from community.groups.parting.queries import Place
from community.groups.rules import GroupState, RequestState, RolesChanged, may_part
from community.notifications.actions import tell


def give_up_roles(actor: Actor, *, now: datetime) -> None:
    """This person looks after nothing any more, nobody comes in by their invitation, and nobody
    has to answer what they asked. They stay a member, as long as they are here."""
    places = queries.places_of(actor.id)
    for place in places:
        locked(Group, place.group_id)  # so that two owners can't both go as "not the last"
    for place in queries.places_of(actor.id):
        may_part(place.is_needed, actor.is_active).require()
        if place.is_needed:
            _hand_over(actor, place, now=now)
        row = db.session.get_one(Membership, (place.group_id, actor.id))
        had = roles(row.facilitates, row.moderates, row.owns)
        row.facilitates = row.moderates = row.owns = False
        _record(actor, row, had, now=now)
    db.session.execute(delete(Invitation).where(Invitation.made_by == actor.id))
    db.session.execute(
        delete(JoinRequest).where(
            JoinRequest.account_id == actor.id, JoinRequest.state == RequestState.WAITING
        )
    )


def _hand_over(actor: Actor, place: Place, *, now: datetime) -> None:
    row = queries.heir_of(place.group_id, actor.id, now)
    had = roles(row.facilitates, row.moderates, row.owns)
    row.owns = True
    _record(actor, row, had, now=now)
    beside = tuple(sorted((had | {Role.OWNER}) - {Role.MEMBER}))
    tell(row.account_id, RolesChanged(place.group_id, place.name, beside), now=now)


def _record(actor: Actor, row: Membership, had: frozenset[Role], *, now: datetime) -> None:
    has = roles(row.facilitates, row.moderates, row.owns)
    if had != has:
        before, after = sorted(had), sorted(has)
        db.session.add(
            RoleChange(
                group_id=row.group_id,
                account_id=row.account_id,
                changed_by=actor.id,
                before=before,
                after=after,
                changed_at=now,
            )
        )
        what = (row.account_id, row.group_id, " ".join(before), " ".join(after), now)
        deeds.say(Deed(actor, ROLES_CHANGED, *what))
    db.session.flush()


def close(account_id: UUID) -> None:
    """Before the account goes: a group in which nobody else is left closes, and what was said
    about it goes; a group that they asked for, and that never opened, is gone."""
    for place in queries.places_of(account_id):
        if not place.is_built_in and not place.others:
            locked(Group, place.group_id)
            db.session.execute(update(Group).where(Group.id == place.group_id).values(**CLOSED))
    never = (Group.asked_by == account_id, Group.state != GroupState.OPEN)
    db.session.execute(delete(Group).where(*never))


CLOSED = {
    "state": GroupState.DECLINED,
    "name": "",
    "about": "",
    "question": "",
    "decision_words": "",
    "asked_by": None,
}
