"""What happens in a circle: lock the row, ask the machine, keep what it says."""

from datetime import datetime
from uuid import UUID

from community.calls import actions as calls_actions
from community.calls.models import Call
from community.calls.rules import CallState, may_see
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import Refused
from community.live import queries
from community.live.models import LiveRoom, RoomEvent, RoomText
from community.live.rules.entry import may_enter
from community.live.rules.events import (
    Back,
    Empty,
    Event,
    Knock,
    Lost,
    Restarted,
    Say,
    System,
    Wire,
)
from community.live.rules.may import ENDED, may
from community.live.rules.room import INSIDE, Phase, Room, Way
from community.live.rules.step import Step, step
from community.live.rules.stored import from_json, to_json

CALL_STATES = {Phase.OPENING: CallState.LIVE, Phase.ENDED: CallState.ENDED}


def enter(actor: Actor, call_id: UUID, way: Way, shows_card: bool, *, now: datetime) -> Step:
    """Come to the circle. The first to come opens its lobby; whoever is in already stays in."""
    call = locked(Call, call_id)
    place = queries.place_in(actor, call_id)
    may_enter(actor, place, now).require()
    row = _row(call) or _open_lobby(call)
    room = from_json(row.state)
    here = room.find(actor.id)
    if here is not None and here.presence in INSIDE:
        return Step(room)
    knock = Knock(
        by=actor.id,
        name=actor.name,
        part=place.part,
        way=way,
        place=place.number,
        confirmed=place.is_confirmed,
        card=place.card if shows_card and place.card else None,
    )
    return _take(row, knock, now)


def happen(actor: Actor, call_id: UUID, event: Wire, event_id: UUID, *, now: datetime) -> Step:
    """A press. The same press again gets the same answer; a refused one changes nothing."""
    row = _row_for(actor, call_id)
    if queries.was_taken(event_id, actor.id):
        return Step(from_json(row.state))
    db.session.add(RoomEvent(event_id=event_id, call_id=call_id, account_id=actor.id))
    return _take(row, event, now)


def say(actor: Actor, call_id: UUID, words: str, event_id: UUID, *, now: datetime) -> Step:
    """Words of a typed turn. They live in a row of their own and are erased with the circle."""
    row = _row_for(actor, call_id)
    if queries.was_taken(event_id, actor.id):
        return Step(from_json(row.state))
    happened = _take(row, Say(by=actor.id), now)
    db.session.add(RoomEvent(event_id=event_id, call_id=call_id, account_id=actor.id))
    db.session.add(
        RoomText(
            call_id=call_id,
            account_id=actor.id,
            number=happened.room.version,
            words=words,
            said_at=now,
        )
    )
    return happened


def came_back(actor: Actor, call_id: UUID, *, now: datetime) -> Step:
    """This person's page is connected."""
    return _noticed(_row_for(actor, call_id), Back(person=actor.id), now)


def notice(call_id: UUID, event: Lost | Empty, *, now: datetime) -> Step | None:
    """What the system saw of this circle, if it still changes anything. None if it is over."""
    row = _row(locked(Call, call_id))
    return _noticed(row, event, now) if row else None


def after_restart(*, now: datetime) -> list[Step]:
    """The server is back: whoever was here is on their way back, with a fresh grace."""
    rows = [_row(locked(Call, room.call_id)) for room in queries.rooms_that_are_on()]
    return [_noticed(row, Restarted(), now) for row in rows if row]


def _row(call: Call) -> LiveRoom | None:
    """The row of the circle of a call that we have locked.

    The lock of the call guards both: a press may move the call too, and two who locked the two
    rows in a different order would wait for each other.
    """
    return db.session.get(LiveRoom, call.id, populate_existing=True)


def _row_for(actor: Actor, call_id: UUID) -> LiveRoom:
    """The row, for somebody who belongs to the group now. Whoever has left it can do nothing."""
    call = locked(Call, call_id)
    may_see(actor, call).require()
    row = _row(call)
    if row is None:
        raise Refused(ENDED)
    return row


def _noticed(row: LiveRoom, event: System, now: datetime) -> Step:
    """What the system saw, if it still changes anything."""
    room = from_json(row.state)
    return _take(row, event, now) if may(room, event, now) else Step(room)


def _open_lobby(call: Call) -> LiveRoom:
    row = LiveRoom(
        call_id=call.id, state=to_json(Room(call_id=call.id, prompt=call.about)), version=0
    )
    db.session.add(row)
    calls_actions.move_to(call.id, CallState.LOBBY)
    db.session.flush()
    return row


def _take(row: LiveRoom, event: Event, now: datetime) -> Step:
    before = from_json(row.state)
    happened = step(before, event, now)
    row.state = to_json(happened.room)
    row.version = happened.room.version
    if happened.room.phase is not before.phase and happened.room.phase in CALL_STATES:
        calls_actions.move_to(row.call_id, CALL_STATES[happened.room.phase])
    if happened.room.phase is Phase.ENDED:
        db.session.delete(row)  # and with it, by the database, every press and every word
    return happened
