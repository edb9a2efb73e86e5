"""What somebody is in a circle by now, as the rows say it: the room learns it from here."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from community.accounts.models import Account
from community.calls.models import Call
from community.calls.queries import roster_of
from community.calls.rules.call import Held
from community.calls.rules.call import leads as leads_call
from community.calls.rules.seats import SeatState
from community.core.actor import Actor, Standing
from community.core.db import db
from community.groups.claims import actor_of
from community.groups.models import Membership
from community.live.models import LiveRoom
from community.live.rules.events import Became
from community.live.rules.may import may
from community.live.rules.room import Part, Presence, Room
from community.live.rules.stored import Kept, from_text


def part_in(actor: Actor, call: Held) -> Part | None:
    """What somebody is in the circle of this call, as the rows say it; None outside its group, and
    for whoever is kept from its circles."""
    if not actor.belongs_to(call.group_id) or not actor.may_be_in_circles(call.group_id):
        return None
    may_lead = actor.facilitates(call.group_id) or actor.owns(call.group_id)
    return Part.FACILITATOR if may_lead and leads_call(call, actor.id) else Part.MEMBER


def has_become(actor: Actor, room: Room) -> Became:
    """What this person is in the circle now, for the room to learn if it says otherwise."""
    return become(actor, db.session.get_one(Call, room.call_id), room)


def become(actor: Actor, call: Held, room: Room) -> Became:
    """The same, where the row of its call is known."""
    me = room.find(actor.id)
    knocks = me is not None and me.presence is Presence.KNOCKING
    return Became(actor.id, part_in(actor, call), knocks and _has_seat(actor, room.call_id))


def _has_seat(actor: Actor, call_id: UUID) -> bool:
    call = db.session.get_one(Call, call_id)
    return roster_of(call).state_of(actor.id) is SeatState.CONFIRMED


def is_news(actor: Actor, call_id: UUID, now: datetime) -> bool:
    """Does the room of this call, if one is on, say otherwise than the rows what this person is?"""
    state = db.session.scalar(select(LiveRoom.state).where(LiveRoom.call_id == call_id))
    room = None if state is None else from_text(state)
    return room is not None and bool(may(room, has_become(actor, room), now))


def who_leads_no_more(rooms: Iterable[Kept], now: datetime) -> list[tuple[UUID, Actor]]:
    """Who leads one of these circles and may not by what the rows say, with the call.

    Mostly it is nobody, so whoever still may is left out first, all of them at once.
    """
    may_lead = {
        (call_id, account_id)
        for call_id, account_id in db.session.execute(
            select(LiveRoom.call_id, Account.id)
            .join(Call, Call.id == LiveRoom.call_id)
            .join(Account, Account.id.in_((Call.facilitator_id, Call.co_facilitator_id)))
            .join(
                Membership,
                and_(Membership.group_id == Call.group_id, Membership.account_id == Account.id),
            )
            .where(
                Account.standing == Standing.ACTIVE,
                or_(Membership.facilitates, Membership.owns),
            )
        )
    }
    doubtful = [
        (kept.room, actor_of(person, now=now))
        for kept in rooms
        for person in kept.leading
        if (kept.call_id, person) not in may_lead
    ]
    return [
        (room.call_id, actor) for room, actor in doubtful if may(room, has_become(actor, room), now)
    ]
