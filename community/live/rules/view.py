"""What one person sees of the circle: everything the page needs, and nothing of anybody's own.

What is private (a pass, what can be taken back, who knocks, who was removed) is left out here,
so no edge can let it through. Controls carry the answer of `may`: the page decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from community.core.verdict import Reason
from community.live.rules.events import (
    Accept,
    Admit,
    BeginRound,
    End,
    Event,
    Finish,
    Hold,
    Later,
    Leave,
    ListenOnly,
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
    Resume,
    Say,
    SayGoodbye,
    SetMode,
    Start,
    TakeBack,
    wire_name,
)
from community.live.rules.may import may, may_watch
from community.live.rules.room import (
    FACILITATOR_GRACE,
    HOLDER_GRACE,
    INSIDE,
    OFFERED_GRACE,
    Entry,
    Holding,
    HoldReason,
    Idle,
    Mode,
    Offered,
    Part,
    Person,
    Phase,
    Presence,
    Room,
    Status,
    Way,
    Wish,
    heard,
    line_up,
    next_up,
    round_is_over,
)

Can = Mapping[str, Reason | None]
"""Each control by its wire name: None, or why not."""

# A pass looks like a share, and a turn that was cut short like one that comes later.
_TO_OTHERS = {Status.PASSED: Status.DONE, Status.OWED: Status.LATER}


@dataclass(frozen=True, slots=True)
class Me:
    id: UUID
    name: str
    part: Part
    way: Way
    presence: Presence
    mic: bool
    mode: Mode  # how my turn begins, unless I choose otherwise


@dataclass(frozen=True, slots=True)
class SeenFloor:
    kind: str  # idle, offered or holding
    person: UUID | None = None
    name: str | None = None
    card: str | None = None  # how to listen to them, if they show it
    mode: Mode | None = None
    wish: Wish | None = None
    paused: bool = False
    waiting: bool = False  # for them to come back


@dataclass(frozen=True, slots=True)
class SeenEntry:
    person: UUID
    name: str
    text_only: bool
    presence: Presence
    status: Status
    is_me: bool


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """Somebody inside. Keep a connection to each of these, and to nobody else."""

    id: UUID
    name: str
    part: Part
    text_only: bool
    presence: Presence
    is_me: bool
    can: Can  # what a facilitator may do about them


@dataclass(frozen=True, slots=True)
class Knocker:
    id: UUID
    name: str
    can: Can


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The circle for one viewer. A client draws it if its version is newer.

    Whoever knocks, and everybody once it has ended, gets the first four facts only.
    """

    version: int
    phase: Phase
    me: Me | None
    can: Can
    hold: HoldReason | None = None
    prompt: str = ""
    floor: SeenFloor = SeenFloor("idle")
    order: tuple[SeenEntry, ...] = ()
    next: UUID | None = None
    thanked: UUID | None = None
    round_is_over: bool = False
    people: tuple[SeenPerson, ...] = ()
    heard: tuple[UUID, ...] = ()
    knocking: tuple[Knocker, ...] = ()
    ask_again_at: datetime | None = None  # `can` may change then, though nobody pressed anything


def seen_by(room: Room, viewer_id: UUID, now: datetime) -> Snapshot:
    """What this person may see now, or `Refused`: a stranger, somebody who left or was removed."""
    may_watch(room, viewer_id).require()
    viewer = room.find(viewer_id)
    outside = Snapshot(
        version=room.version,
        phase=room.phase,
        me=None if viewer is None else _me(viewer),
        can=_answers(room, _controls(viewer_id, room.version), now),
    )
    if viewer is None or viewer.presence is Presence.KNOCKING:
        return outside
    inside = [each for each in room.people if each.presence in INSIDE]
    return replace(
        outside,
        hold=room.hold,
        prompt=room.prompt,
        floor=_floor(room),
        order=tuple(_entry(room, each, viewer_id) for each in room.queue or line_up(room)),
        next=next_up(room, now),
        thanked=room.thanked,
        round_is_over=round_is_over(room, now),
        people=tuple(_person(room, each, viewer, now) for each in inside),
        heard=tuple(sorted(heard(room))),
        knocking=_knocking(room, viewer, now),
        ask_again_at=_ask_again_at(room, now),
    )


def _controls(by: UUID, seen: int) -> tuple[Event, ...]:
    """One press of everything on the page that is about the viewer or the whole room."""
    return (
        Leave(by),
        Start(by),
        BeginRound(by, seen),
        SayGoodbye(by, seen),
        End(by),
        Accept(by, seen, Mode.VOICE),
        Pass(by, seen),
        Later(by, seen),
        ListenOnly(by, seen),
        Finish(by, seen),
        TakeBack(by, seen),
        MoveOn(by, seen),
        SetMode(by, Mode.VOICE),
        Pause(by),
        Resume(by),
        Say(by),
        MicOn(by),
        MicOff(by),
        Hold(by),
        Release(by),
    )


def _answers(room: Room, presses: tuple[Event, ...], now: datetime) -> Can:
    return {wire_name(type(press)): may(room, press, now).reason for press in presses}


def _me(viewer: Person) -> Me:
    return Me(
        id=viewer.id,
        name=viewer.name,
        part=viewer.part,
        way=viewer.way,
        presence=viewer.presence,
        mic=viewer.mic,
        mode=Mode.VOICE if viewer.way is Way.VOICE else Mode.TYPED,
    )


def _floor(room: Room) -> SeenFloor:
    if isinstance(room.floor, Idle):
        return SeenFloor("idle")
    person = room.person(room.floor.person)
    seen = SeenFloor(
        kind="offered",
        person=person.id,
        name=person.name,
        card=person.card,
        waiting=person.presence is Presence.RECONNECTING,
    )
    if isinstance(room.floor, Offered):
        return seen
    floor = room.floor
    return replace(seen, kind="holding", mode=floor.mode, wish=floor.wish, paused=floor.paused)


def _entry(room: Room, entry: Entry, viewer_id: UUID) -> SeenEntry:
    person, is_me = room.person(entry.person), entry.person == viewer_id
    status = entry.status if is_me else _TO_OTHERS.get(entry.status, entry.status)
    return SeenEntry(person.id, person.name, _text_only(person), person.presence, status, is_me)


def _text_only(person: Person) -> bool:
    """All that others see of the way: that somebody only listens today is their own affair."""
    return person.way is Way.TEXT


def _person(room: Room, person: Person, viewer: Person, now: datetime) -> SeenPerson:
    presses: tuple[Event, ...] = ()
    if viewer.facilitates:
        presses = (
            Offer(viewer.id, room.version, person.id),
            Mute(viewer.id, person.id),
            Remove(viewer.id, person.id, why="…"),
        )
    return SeenPerson(
        id=person.id,
        name=person.name,
        part=person.part,
        text_only=_text_only(person),
        presence=person.presence,
        is_me=person.id == viewer.id,
        can=_answers(room, presses, now),
    )


def _knocking(room: Room, viewer: Person, now: datetime) -> tuple[Knocker, ...]:
    if not viewer.facilitates:
        return ()
    return tuple(
        Knocker(
            each.id,
            each.name,
            _answers(room, (Admit(viewer.id, each.id), Refuse(viewer.id, each.id)), now),
        )
        for each in room.people
        if each.presence is Presence.KNOCKING
    )


def _ask_again_at(room: Room, now: datetime) -> datetime | None:
    """The next instant at which others may be asked whether to move on."""
    if isinstance(room.floor, Idle):
        return None
    grace = HOLDER_GRACE if isinstance(room.floor, Holding) else OFFERED_GRACE
    waits = [(room.person(room.floor.person), grace)]
    waits += [(each, FACILITATOR_GRACE) for each in room.people if each.facilitates]
    ends = [each.away_since + grace for each, grace in waits if each.away_since is not None]
    return min((end for end in ends if end > now), default=None)
