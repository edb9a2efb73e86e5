"""What follows when a facilitator leads: one answer for each press of `leading`."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from community.live.rules import leading
from community.live.rules.floor import add, hold, microphone, offer_next, skip, swap
from community.live.rules.leading import Lead
from community.live.rules.people import enter, remove
from community.live.rules.questions import line_up, waiting_like
from community.live.rules.room import (
    Holding,
    HoldReason,
    Idle,
    Offered,
    Phase,
    Presence,
    Room,
    Status,
)


def led(room: Room, event: Lead, now: datetime) -> Room:
    """The room after this press, which `may` has allowed."""
    match event:
        case leading.Admit():
            return enter(room, room.person(event.person))
        case leading.Refuse():
            return room.without(event.person)
        case leading.Remove():
            return remove(room, event, now)
        case leading.Start():
            return _start(room, event.by, now)
        case leading.BeginRound():
            begun = replace(room, phase=Phase.ROUND, queue=line_up(room), prompt=event.prompt)
            return offer_next(begun, event.by, now)
        case leading.OpenFloor():
            owed = tuple(each for each in room.queue if each.status is Status.OWED)
            return replace(room, phase=Phase.OPEN_FLOOR, queue=owed, undos=(), thanked=None)
        case leading.SayGoodbye():
            return replace(room, phase=Phase.GOODBYE, undos=())
        case leading.Offer():
            return replace(room, floor=Offered(event.person))
        case leading.Nudge():
            assert isinstance(room.floor, Holding)
            return replace(room, floor=replace(room.floor, nudged=True))
        case leading.MoveUp() | leading.MoveDown():
            line = waiting_like(room, event.person)
            step_by = -1 if isinstance(event, leading.MoveUp) else 1
            return swap(room, event.person, line[line.index(event.person) + step_by])
        case leading.Skip():
            return skip(room, event.person)
        case leading.AddAgain():
            return add(room, event.person)
        case leading.Opened():
            asks = (replace(e, opened=e.opened or e.number == event.number) for e in room.asks)
            return replace(room, asks=tuple(asks))
        case leading.Mute():
            return microphone(room, event.person, on=False)
        case leading.Hold():
            return hold(room, HoldReason.FACILITATOR)
        case leading.Break():
            return hold(room, HoldReason.BREAK)
        case leading.Release():
            return _release(room, event.by, now)
        case leading.HandOver():
            return replace(room, lead=event.person)
        case leading.TakeOver():
            return replace(room, lead=event.by)
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)


def _start(room: Room, by: UUID, now: datetime) -> Room:
    """Whoever starts it leads it."""
    people = tuple(
        replace(each, presence=Presence.CONNECTED) if each.presence is Presence.IN_LOBBY else each
        for each in room.people
    )
    return replace(room, phase=Phase.OPENING, people=people, lead=by, rested_at=now)


def _release(room: Room, by: UUID, now: datetime) -> Room:
    rested_at = now if room.hold is HoldReason.BREAK else room.rested_at
    room = replace(room, hold=None, rested_at=rested_at)
    waits = room.phase is Phase.ROUND and room.floor == Idle()
    return offer_next(room, by, now) if waits else room
