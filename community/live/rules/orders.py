"""The order of a round before it begins: told beforehand, and arranged by hand. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from community.live.rules.questions import asks_nobody, waiting_like
from community.live.rules.room import (
    INSIDE,
    OPEN,
    WELCOME,
    Entry,
    Order,
    Person,
    Phase,
    Room,
    Spot,
    Status,
)

_BEFORE = WELCOME | {Phase.LOBBY}
_SPOTS = (Spot.EARLY, Spot.ANY, Spot.LATE)


def is_arranged(room: Room, now: datetime) -> bool:
    """Is it the coming round that is put in order now? Otherwise it is whoever waits in this one,
    or has a hand up."""
    return room.phase in _BEFORE or _is_done(room, now)


def awaits_round(room: Room, now: datetime) -> bool:
    """Is the order of a coming round told now?"""
    return is_arranged(room, now) or room.phase is Phase.OPEN_FLOOR


def _is_done(room: Room, now: datetime) -> bool:
    return room.phase is Phase.ROUND and asks_nobody(room, now)


def coming(room: Room) -> tuple[UUID, ...]:
    """Who is before whom in the round to come: whoever is in and takes turns.

    Whoever wishes to speak early is before everybody else, and whoever wishes to speak late after
    them; between those, as it was arranged by hand, and then as the order says. A random order
    follows from the call and the round, so that it is the same for whoever looks, and whenever.
    """
    return room.once(_coming)


def _coming(room: Room) -> tuple[UUID, ...]:
    waiting = [each for each in room.people if each.takes_turns and each.presence in INSIDE]

    def place(person: Person) -> tuple[int, int, int | str]:
        is_by_hand = person.id in room.arranged
        by_hand = room.arranged.index(person.id) if is_by_hand else len(room.arranged)
        return _SPOTS.index(person.spot), by_hand, _draw(room, person)

    return tuple(each.id for each in sorted(waiting, key=place))


def _draw(room: Room, person: Person) -> int | str:
    if room.ordering is Order.SIGN_UP:
        return person.place
    return sha256(f"{room.call_id} {room.round + 1} {person.id}".encode()).hexdigest()


def changes_places(room: Room, person: UUID, now: datetime) -> tuple[UUID, ...]:
    """Everybody with whom this person could change places: those who wait in the same way, or
    who wish for the same in the round to come."""
    if not is_arranged(room, now):
        return waiting_like(room, person)
    return room.once(_beside).get(person, ())


def _beside(room: Room) -> Mapping[UUID, tuple[UUID, ...]]:
    """Of everybody in the round to come: who wishes for the same."""
    line = coming(room)
    spots = {each: room.person(each).spot for each in line}
    alike = {spot: tuple(each for each in line if spots[each] is spot) for spot in _SPOTS}
    return {each: alike[spot] for each, spot in spots.items()}


def arrange(room: Room, one: UUID, other: UUID) -> Room:
    """These two change places in the round to come."""
    changed = {one: other, other: one}
    return replace(room, arranged=tuple(changed.get(each, each) for each in coming(room)))


def new_line(room: Room) -> tuple[Entry, ...]:
    """The line of a round that begins now. Nobody is lost: what is owed is still owed, and whoever
    waited and is gone comes later."""
    waited = [each for each in room.queue if each.status in OPEN]
    owed = [each for each in waited if each.status is Status.OWED]
    due = [each for each in coming(room) if Entry(each, Status.OWED) not in owed]
    gone = [
        Entry(each.person, Status.LATER)
        for each in waited
        if each not in owed and each.person not in due
    ]
    return (*map(Entry, due), *owed, *gone)
