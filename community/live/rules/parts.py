"""How one part of the circle follows another: a round, the open floor, goodbye.

Whoever is in the middle of a turn, or waits for one, is not lost on the way.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.live.rules.floor import kept, mark, microphone, offer_next
from community.live.rules.orders import new_line
from community.live.rules.room import (
    CLOSING,
    INSIDE,
    OPEN,
    ROUNDS,
    Entry,
    Idle,
    Phase,
    Room,
    Status,
    Undo,
)


def begin(room: Room, phase: Phase, prompt: str, by: UUID, now: datetime) -> Room:
    """A round: everybody who takes turns is in line, and the first is asked. With any but the
    last we don’t close soon, whatever was said."""
    room = _cut_short(room)
    begun = replace(
        room,
        phase=phase,
        prompt=prompt,
        round=room.round + 1,
        queue=new_line(room),
        arranged=(),
        undos=_still_open(room),
        moved_on=None,
        thanked=None,
        closes_soon=phase in CLOSING,
    )
    return offer_next(begun, by, now)


def open_floor(room: Room) -> Room:
    """Whoever still waits for a turn has a hand up."""
    room = _cut_short(room)
    hands = tuple(each for each in room.queue if each.status in OPEN)
    return replace(room, phase=Phase.OPEN_FLOOR, queue=hands, undos=(), moved_on=None, thanked=None)


def say_goodbye(room: Room) -> Room:
    """Whoever is here and hasn’t had their turn in the round is owed it."""
    room = _cut_short(room)
    queue = tuple(
        Entry(each.person, Status.OWED) if _is_missed(room, each) else each for each in room.queue
    )
    return replace(
        room, phase=Phase.GOODBYE, queue=queue, undos=(), moved_on=None, closes_soon=True
    )


def _is_missed(room: Room, entry: Entry) -> bool:
    is_here = room.person(entry.person).presence in INSIDE
    return room.phase in ROUNDS and entry.status in OPEN and is_here


def _cut_short(room: Room) -> Room:
    """A turn that has begun is owed, and one that was only offered comes later."""
    if room.floor.person is None:
        return room
    person = room.floor.person
    return replace(microphone(mark(room, person, kept(room)), person, on=False), floor=Idle())


def _still_open(room: Room) -> tuple[Undo, ...]:
    """In a new round nobody takes a turn of the last one back; but whoever chose to listen may
    still change their mind."""
    return tuple(
        replace(each, mic=False, entry=None, position=0, floor=None)
        for each in room.undos
        if each.way is not room.person(each.person).way
    )
