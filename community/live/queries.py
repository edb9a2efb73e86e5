"""What is there of a circle: places, the room, the words typed in turns."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.calls.models import Call, Seat
from community.calls.rules import SeatState
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.live.models import LiveRoom, RoomEvent, RoomText
from community.live.rules.entry import Place
from community.live.rules.may import ENDED
from community.live.rules.room import INSIDE, Part, Person, Room
from community.live.rules.stored import from_json


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of a typed turn."""

    id: UUID
    person: UUID
    words: str


def place_in(actor: Actor, call_id: UUID) -> Place:
    """What the rows say about this person's place in the call. `Refused(NOT_FOUND)` for whoever
    isn't in its group."""
    host = aliased(Account)
    row = db.session.execute(
        select(Call, Seat.state, Seat.place, Account.access_card, host.name.label("host"))
        .outerjoin(Seat, and_(Seat.call_id == Call.id, Seat.account_id == actor.id))
        .outerjoin(host, host.id == Call.facilitator_id)
        .outerjoin(Account, Account.id == actor.id)
        .where(Call.id == call_id, Call.group_id.in_(actor.groups))
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    call: Call = row.Call
    leads = call.facilitator_id == actor.id
    return Place(
        call_id=call.id,
        group_id=call.group_id,
        title=call.title,
        about=call.about,
        starts_at=call.starts_at,
        minutes=call.minutes,
        seats=call.seats,
        state=call.state,
        host=row.host or "",
        part=Part.FACILITATOR if leads else Part.MEMBER,
        number=row.place if row.place is not None else 1_000_000,
        is_confirmed=leads or row.state is SeatState.CONFIRMED,
        has_seat=row.state is SeatState.CONFIRMED,
        card=row.access_card or "",
    )


def room_of(actor: Actor, call_id: UUID) -> Room | None:
    """The room, if one is on in a group of this person's."""
    state = db.session.scalar(
        select(LiveRoom.state)
        .join(Call, Call.id == LiveRoom.call_id)
        .where(LiveRoom.call_id == call_id, Call.group_id.in_(actor.groups))
    )
    return None if state is None else from_json(state)


def room_for(actor: Actor, call_id: UUID) -> Room:
    """The room. `Refused`: not found for whoever isn’t in its group, over if it isn’t on."""
    room = room_of(actor, call_id)
    if room is None:
        place_in(actor, call_id)  # refuses whoever may not know that there is such a call
        raise Refused(ENDED)
    return room


def rooms_that_are_on() -> list[Room]:
    """Every circle that is on."""
    return [from_json(state) for state in db.session.scalars(select(LiveRoom.state))]


def words_of(call_id: UUID) -> list[Said]:
    """The words typed in turns so far, in order."""
    rows = db.session.execute(
        select(RoomText.id, RoomText.account_id, RoomText.words)
        .where(RoomText.call_id == call_id)
        .order_by(RoomText.number)
    )
    return [Said(*row) for row in rows]


def was_taken(event_id: UUID, account_id: UUID) -> bool:
    """Has this very press been taken already?"""
    found = select(RoomEvent.event_id).where(
        RoomEvent.event_id == event_id, RoomEvent.account_id == account_id
    )
    return db.session.scalar(found) is not None


def people_in(actor: Actor, call_id: UUID) -> list[Person]:
    """Who is in the circle or its lobby right now."""
    room = room_of(actor, call_id)
    return [person for person in room.people if person.presence in INSIDE] if room else []
