"""What follows: `step(room, event, now)` is the room afterwards, and what the edges must do.

Every move of the floor is the consequence of somebody's press. The version rises by exactly one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from community.live.rules.events import (
    Accept,
    Admit,
    Back,
    BeginRound,
    Empty,
    End,
    Event,
    Finish,
    Hold,
    Knock,
    Later,
    Leave,
    ListenOnly,
    Lost,
    MicOff,
    MicOn,
    MoveOn,
    Mute,
    Offer,
    Pass,
    Pause,
    Refuse,
    Release,
    Remove,
    Restarted,
    Resume,
    Say,
    SayGoodbye,
    SetMode,
    Start,
    TakeBack,
)
from community.live.rules.floor import (
    accept,
    close_turn,
    decline,
    go_on,
    hold,
    join_line,
    kept,
    microphone,
    move_on,
    offer_next,
    queue_without,
    take_back,
    undos_without,
)
from community.live.rules.may import may
from community.live.rules.room import (
    INSIDE,
    OPEN,
    HoldReason,
    Idle,
    Offered,
    Person,
    Phase,
    Presence,
    Room,
    Status,
    Way,
    heard,
    line_up,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """Who may be heard has changed: tell the media."""

    people: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """Tell this person, who knocked, that they can’t come in this time."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Removed:
    """End this person's access first; then tell them why, and how to ask us to look again."""

    person: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Thank all of them alike, and erase."""

    people: frozenset[UUID]


Effect = Heard | NotAdmitted | Removed | Ended


@dataclass(frozen=True, slots=True)
class Step:
    room: Room
    effects: tuple[Effect, ...] = ()


def step(room: Room, event: Event, now: datetime) -> Step:
    """The room after this event, or `Refused` and nothing has changed."""
    may(room, event, now).require()
    after, effects = _follow(room, event, now), _effects(room, event)
    version = room.version + 1
    moved = version if _whose(after) != _whose(room) else room.moved
    after = replace(after, version=version, moved=moved)
    if heard(after) != heard(room):
        effects = (Heard(heard(after)), *effects)
    return Step(after, effects)


def _effects(room: Room, event: Event) -> tuple[Effect, ...]:
    match event:
        case Refuse():
            return (NotAdmitted(event.person),)
        case Remove():
            return (Removed(event.person, event.why),)
        case End() | Empty():
            told = (each for each in room.people if each.presence is not Presence.REMOVED)
            return (Ended(frozenset(each.id for each in told)),)
        case _:
            return ()


def _follow(room: Room, event: Event, now: datetime) -> Room:
    match event:
        case Knock():
            return _knock(room, event)
        case Admit():
            return _enter(room, room.person(event.person))
        case Refuse():
            return room.without(event.person)
        case Leave():
            return _leave(room, event.by, now)
        case Remove():
            return _remove(room, event, now)
        case Lost() | Back():
            return _connection(room, event, now)
        case Restarted():
            return _restart(room, now)
        case Start():
            return _start(room)
        case BeginRound():
            begun = replace(room, phase=Phase.ROUND, queue=line_up(room), prompt=event.prompt)
            return offer_next(begun, event.by, now)
        case SayGoodbye():
            return replace(room, phase=Phase.GOODBYE, undos=())
        case End() | Empty():  # nothing is left but that it is over
            return Room(room.call_id, phase=Phase.ENDED, version=room.version)
        case Offer():
            return replace(room, floor=Offered(event.person))
        case Accept():
            return accept(room, event)
        case Finish():
            return decline(room, event.by, Status.DONE, now)
        case Pass():
            return decline(room, event.by, Status.PASSED, now)
        case Later():
            return decline(room, event.by, Status.LATER, now)
        case ListenOnly():
            after = decline(room, event.by, Status.PASSED, now)
            return after.with_person(replace(after.person(event.by), way=Way.LISTEN))
        case TakeBack():
            return take_back(room, event.by)
        case MoveOn():
            return move_on(room, event, now)
        case SetMode() | Pause() | Resume():
            return go_on(room, event)
        case Say():
            return room
        case MicOn():
            return microphone(room, event.by, on=True)
        case MicOff():
            return microphone(room, event.by, on=False)
        case Mute():
            return microphone(room, event.person, on=False)
        case Hold():
            return hold(room, HoldReason.FACILITATOR)
        case Release():
            return _release(room, event.by, now)
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)


def _whose(room: Room) -> tuple[type, UUID | None]:
    """Where the floor is, whatever is done with it there."""
    return type(room.floor), room.floor.person


def _knock(room: Room, event: Knock) -> Room:
    """Whoever has a confirmed seat comes in at once, and so does whoever was in before."""
    person = Person(event.by, event.name, event.part, event.way, event.place, event.card)
    if event.confirmed or person.facilitates or room.find(event.by) is not None:
        return _enter(room, person)
    return room.with_person(person)


def _enter(room: Room, person: Person) -> Room:
    """In, with the microphone off. During a round they join the end of the line."""
    here = Presence.IN_LOBBY if room.phase is Phase.LOBBY else Presence.CONNECTED
    presence = here if person.away_since is None else Presence.RECONNECTING
    room = room.with_person(replace(person, presence=presence, mic=False))
    entry = room.entry(person.id)
    if person.takes_turns:
        return join_line(room, person.id)
    if entry is not None and entry.status in OPEN:
        return replace(room, queue=queue_without(room, person.id))
    return room


def _leave(room: Room, person_id: UUID, now: datetime) -> Room:
    """The place is kept, and so is a turn that was waiting or under way."""
    person = room.person(person_id)
    if person.presence is Presence.KNOCKING:
        return room.without(person_id)
    gone = replace(person, presence=Presence.GONE, away_since=now, mic=False)
    room = room.with_person(gone)
    if room.floor.person != person_id:
        return room
    return close_turn(room, person_id, kept(room), person_id, now)


def _remove(room: Room, event: Remove, now: datetime) -> Room:
    """Nothing of theirs stays but the fact, so that they can't come back."""
    removed = replace(room.person(event.person), presence=Presence.REMOVED, mic=False, card=None)
    had_floor = room.floor.person == event.person
    room = replace(
        room.with_person(removed),
        queue=queue_without(room, event.person),
        undos=undos_without(room, event.person),
        thanked=None if room.thanked == event.person else room.thanked,
    )
    return offer_next(room, event.by, now) if had_floor else room


def _connection(room: Room, event: Lost | Back, now: datetime) -> Room:
    """The floor waits for whoever is away; their microphone is as they left it."""
    person = room.person(event.person)
    away_since = now if isinstance(event, Lost) else None
    if person.presence is Presence.KNOCKING:
        return room.with_person(replace(person, away_since=away_since))
    here = Presence.IN_LOBBY if room.phase is Phase.LOBBY else Presence.CONNECTED
    presence = here if away_since is None else Presence.RECONNECTING
    return room.with_person(replace(person, presence=presence, away_since=away_since))


def _restart(room: Room, now: datetime) -> Room:
    for person in room.people:
        if person.presence is Presence.KNOCKING:
            room = room.with_person(replace(person, away_since=now))
        elif person.presence in INSIDE:
            away = replace(person, presence=Presence.RECONNECTING, away_since=now)
            room = room.with_person(away)
    return room


def _start(room: Room) -> Room:
    people = tuple(
        replace(each, presence=Presence.CONNECTED) if each.presence is Presence.IN_LOBBY else each
        for each in room.people
    )
    return replace(room, phase=Phase.OPENING, people=people)


def _release(room: Room, by: UUID, now: datetime) -> Room:
    room = replace(room, hold=None)
    waits = room.phase is Phase.ROUND and room.floor == Idle()
    return offer_next(room, by, now) if waits else room
