"""What follows: `step(room, event, now)` is the room afterwards, and what the edges must do.

Every move of the floor is the consequence of somebody's press. The version rises by exactly one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from community.calls.rules.call import EndReason
from community.live.rules.events import (
    Accept,
    AddAgain,
    Admit,
    Back,
    BeginRound,
    Break,
    ComeBack,
    Empty,
    End,
    Event,
    Finish,
    HandOver,
    Help,
    Hold,
    Knock,
    Later,
    Leave,
    ListenOnly,
    Lost,
    LowerHand,
    MicOff,
    MicOn,
    MoveDown,
    MoveOn,
    MoveUp,
    Mute,
    NobodyCame,
    Nudge,
    Offer,
    Opened,
    OpenFloor,
    Pass,
    Pause,
    RaiseHand,
    Refuse,
    Release,
    Remove,
    Restarted,
    Resume,
    Say,
    SayGoodbye,
    SetMode,
    Skip,
    Start,
    StepAway,
    TakeBack,
    TakeDevice,
    TakeOver,
    Tell,
    WaitMore,
)
from community.live.rules.floor import (
    accept,
    add,
    close_turn,
    decline,
    go_on,
    hold,
    join_line,
    kept,
    mark,
    microphone,
    move_on,
    offer_next,
    queue_without,
    skip,
    step_away,
    swap,
    take_back,
    undos_without,
)
from community.live.rules.may import may
from community.live.rules.room import (
    HERE,
    INSIDE,
    OPEN,
    Ask,
    AskKind,
    Choice,
    Holding,
    HoldReason,
    Idle,
    Offered,
    Person,
    Phase,
    Presence,
    Room,
    Status,
    Way,
    chosen_to_end,
    heard,
    line_up,
    waiting_like,
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
class DeviceLeft:
    """Close what this page of theirs hears and sends, and tell them that they are elsewhere."""

    person: UUID
    page: UUID


@dataclass(frozen=True, slots=True)
class Ended:
    """Thank all of them alike, and erase. A turn that is still owed is offered in writing."""

    people: frozenset[UUID]
    why: EndReason
    owed: frozenset[UUID] = frozenset()


Effect = Heard | NotAdmitted | Removed | DeviceLeft | Ended


@dataclass(frozen=True, slots=True)
class Step:
    room: Room
    effects: tuple[Effect, ...] = ()


def step(room: Room, event: Event, now: datetime) -> Step:
    """The room after this event, or `Refused` and nothing has changed."""
    may(room, event, now).require()
    after, effects = _cleared(_follow(room, event, now)), _effects(room, event)
    if after.phase is Phase.ENDED:
        effects = (_ended(room, event),)
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
        case TakeDevice() if (page := room.person(event.by).page) is not None:
            return (DeviceLeft(event.by, page),)
        case _:
            return ()


def _ended(room: Room, event: Event) -> Ended:
    told = (each for each in room.people if each.presence is not Presence.REMOVED)
    owed = (each.person for each in room.queue if each.status is Status.OWED)
    return Ended(frozenset(each.id for each in told), _why(room, event), frozenset(owed))


def _why(room: Room, event: Event) -> EndReason:
    match event:
        case End() if room.person(event.by).facilitates:
            return event.why
        case Empty():
            return EndReason.EMPTY
        case _:
            return EndReason.FACILITATOR_ABSENT


def _cleared(room: Room) -> Room:
    """With a facilitator here again, nobody has to choose how to go on without one."""
    is_led = any(each.facilitates and each.presence in HERE for each in room.people)
    return replace(room, choices=()) if is_led and room.choices else room


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
        case TakeDevice():
            return _take_device(room, event)
        case Restarted():
            return _restart(room, event, now)
        case Start():
            return _start(room, event.by, now)
        case BeginRound():
            begun = replace(room, phase=Phase.ROUND, queue=line_up(room), prompt=event.prompt)
            return offer_next(begun, event.by, now)
        case OpenFloor():
            owed = tuple(each for each in room.queue if each.status is Status.OWED)
            return replace(room, phase=Phase.OPEN_FLOOR, queue=owed, undos=(), thanked=None)
        case RaiseHand():
            return add(room, event.by)
        case LowerHand():
            return replace(room, queue=queue_without(room, event.by))
        case SayGoodbye():
            return replace(room, phase=Phase.GOODBYE, undos=())
        case End() if not room.person(event.by).facilitates:
            chosen = _choose(room, Choice(event.by, ends=True, at=now))
            return _over(room) if chosen_to_end(chosen) else chosen
        case End() | Empty() | NobodyCame():
            return _over(room)
        case WaitMore():
            return _choose(room, Choice(event.by, ends=False, at=now))
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
        case Nudge():
            assert isinstance(room.floor, Holding)
            return replace(room, floor=replace(room.floor, nudged=True))
        case MoveUp() | MoveDown():
            line = waiting_like(room, event.person)
            step_by = -1 if isinstance(event, MoveUp) else 1
            return swap(room, event.person, line[line.index(event.person) + step_by])
        case Skip():
            return skip(room, event.person)
        case AddAgain():
            return add(room, event.person)
        case StepAway():
            return step_away(room, event.by, now)
        case ComeBack():
            return room.with_person(replace(room.person(event.by), resting=False))
        case Say():
            is_written = room.phase is Phase.GOODBYE
            return mark(room, event.by, Status.WRITTEN) if is_written else room
        case Tell() | Help():
            kind = AskKind.LINE if isinstance(event, Tell) else AskKind.HELP
            ask = Ask(room.version + 1, event.by, kind, at=now)
            return replace(room, asks=(*room.asks, ask))
        case Opened():
            asks = (replace(e, opened=e.opened or e.number == event.number) for e in room.asks)
            return replace(room, asks=tuple(asks))
        case MicOn():
            return microphone(room, event.by, on=True)
        case MicOff():
            return microphone(room, event.by, on=False)
        case Mute():
            return microphone(room, event.person, on=False)
        case Hold():
            return hold(room, HoldReason.FACILITATOR)
        case Break():
            return hold(room, HoldReason.BREAK)
        case Release():
            return _release(room, event.by, now)
        case HandOver():
            return replace(room, lead=event.person)
        case TakeOver():
            return replace(room, lead=event.by)
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)


def _whose(room: Room) -> tuple[type, UUID | None]:
    """Where the floor is, whatever is done with it there."""
    return type(room.floor), room.floor.person


def _knock(room: Room, event: Knock) -> Room:
    """Whoever has a confirmed seat comes in at once, and so does whoever was in before."""
    known = room.find(event.by)
    person = Person(
        event.by,
        event.name,
        event.part,
        event.way,
        event.place,
        event.card,
        turns=0 if known is None else known.turns,
    )
    if event.confirmed or person.facilitates or known is not None:
        return _enter(room, person)
    return room.with_person(person)


def _enter(room: Room, person: Person) -> Room:
    """In, with the microphone off. During a round they join the end of the line."""
    here = Presence.IN_LOBBY if room.phase is Phase.LOBBY else Presence.CONNECTED
    presence = here if person.away_since is None else Presence.RECONNECTING
    room = room.with_person(replace(person, presence=presence, mic=False))
    if person.facilitates and room.lead is None:
        room = replace(room, lead=person.id)
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
    gone = replace(person, presence=Presence.GONE, away_since=now, mic=False, page=None)
    room = room.with_person(gone)
    if room.floor.person != person_id:
        return room
    return close_turn(room, person_id, kept(room), person_id, now)


def _remove(room: Room, event: Remove, now: datetime) -> Room:
    """Nothing of theirs stays but the fact, so that they can't come back."""
    removed = replace(
        room.person(event.person), presence=Presence.REMOVED, mic=False, card=None, page=None
    )
    had_floor = room.floor.person == event.person
    room = replace(
        room.with_person(removed),
        queue=queue_without(room, event.person),
        undos=undos_without(room, event.person),
        asks=tuple(each for each in room.asks if each.person != event.person),
        choices=tuple(each for each in room.choices if each.person != event.person),
        thanked=None if room.thanked == event.person else room.thanked,
    )
    return offer_next(room, event.by, now) if had_floor else room


def _connection(room: Room, event: Lost | Back, now: datetime) -> Room:
    """The floor waits for whoever is away; on the same page their microphone is as they left it."""
    person = room.person(event.person)
    if isinstance(event, Lost):
        return room.with_person(_away(person, now))
    is_same = person.page == event.page
    back = replace(person, page=event.page, mic=person.mic and is_same)
    return room.with_person(_here(room, back))


def _take_device(room: Room, event: TakeDevice) -> Room:
    """Here from now on, with the microphone off: only a press on this page opens it."""
    person = replace(room.person(event.by), page=event.page, mic=False)
    return room.with_person(_here(room, person))


def _here(room: Room, person: Person) -> Person:
    here = Presence.IN_LOBBY if room.phase is Phase.LOBBY else Presence.CONNECTED
    presence = Presence.KNOCKING if person.presence is Presence.KNOCKING else here
    return replace(person, presence=presence, away_since=None)


def _away(person: Person, now: datetime) -> Person:
    is_knocking = person.presence is Presence.KNOCKING
    presence = Presence.KNOCKING if is_knocking else Presence.RECONNECTING
    return replace(person, presence=presence, away_since=now)


def _restart(room: Room, event: Restarted, now: datetime) -> Room:
    """Whoever was on the way back could not come back then, so their grace begins anew too."""
    for person in room.people:
        is_away = person.id in event.people or person.away_since is not None
        if is_away and person.presence in INSIDE | {Presence.KNOCKING}:
            room = room.with_person(_away(person, now))
    return room


def _start(room: Room, by: UUID, now: datetime) -> Room:
    """Whoever starts it leads it."""
    people = tuple(
        replace(each, presence=Presence.CONNECTED) if each.presence is Presence.IN_LOBBY else each
        for each in room.people
    )
    return replace(room, phase=Phase.OPENING, people=people, lead=by, rested_at=now)


def _choose(room: Room, choice: Choice) -> Room:
    others = tuple(each for each in room.choices if each.person != choice.person)
    return replace(room, choices=(*others, choice))


def _over(room: Room) -> Room:
    """Nothing is left but that it is over."""
    return Room(room.call_id, phase=Phase.ENDED, version=room.version)


def _release(room: Room, by: UUID, now: datetime) -> Room:
    rested_at = now if room.hold is HoldReason.BREAK else room.rested_at
    room = replace(room, hold=None, rested_at=rested_at)
    waits = room.phase is Phase.ROUND and room.floor == Idle()
    return offer_next(room, by, now) if waits else room
