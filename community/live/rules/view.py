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
    AddAgain,
    Admit,
    BeginRound,
    Break,
    ComeBack,
    End,
    Event,
    Finish,
    HandOver,
    Help,
    Hold,
    Later,
    Leave,
    ListenOnly,
    LowerHand,
    MicOff,
    MicOn,
    MoveDown,
    MoveOn,
    MoveUp,
    Mute,
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
    Resume,
    Say,
    SayGoodbye,
    SetMode,
    Skip,
    Start,
    StepAway,
    TakeBack,
    TakeOver,
    Tell,
    WaitMore,
    wire_name,
)
from community.live.rules.may import may, may_watch
from community.live.rules.room import (
    ABSENT_AFTER,
    BREAK_AFTER,
    FACILITATOR_GRACE,
    HOLDER_GRACE,
    INSIDE,
    OFFERED_GRACE,
    OPEN,
    TURNS,
    UNANSWERED_AFTER,
    AskKind,
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
    is_unanswered,
    least_heard,
    line_up,
    may_be_chosen,
    next_up,
    rests,
    round_is_over,
    unled_since,
)

Can = Mapping[str, Reason | None]
"""Each control by its wire name: None, or why not."""

# A pass looks like a share, and a turn that was cut short like one that comes later.
_TO_OTHERS = {
    Status.PASSED: Status.DONE,
    Status.SKIPPED: Status.DONE,
    Status.WRITTEN: Status.DONE,
    Status.OWED: Status.LATER,
}


@dataclass(frozen=True, slots=True)
class Me:
    id: UUID
    name: str
    part: Part
    way: Way
    presence: Presence
    mic: bool
    mode: Mode  # how my turn begins, unless I choose otherwise
    page: UUID | None  # the one page of mine that is active
    resting: bool
    leads: bool
    is_owed: bool  # a turn of mine was cut short, and can be written at the end
    hand_is_up: bool
    ends: bool | None  # what I chose when nobody was there to lead


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
    nudged: bool = False  # only whoever holds the floor is told


@dataclass(frozen=True, slots=True)
class SeenEntry:
    person: UUID
    name: str
    text_only: bool
    presence: Presence
    resting: bool
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
    resting: bool
    leads: bool
    is_me: bool
    can: Can  # what a facilitator may do about them


@dataclass(frozen=True, slots=True)
class Knocker:
    id: UUID
    name: str
    can: Can


@dataclass(frozen=True, slots=True)
class SeenAsk:
    """A line to the facilitators: for whoever wrote it, and for them."""

    number: int
    person: UUID
    name: str
    kind: AskKind
    is_mine: bool
    opened: bool
    unanswered: bool  # for so long, or with nobody there, that whoever asked is told so
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
    asks: tuple[SeenAsk, ...] = ()
    least_heard: UUID | None = None  # of the hands; for facilitators
    break_is_due: bool = False  # an idea, for facilitators
    may_choose: bool = False  # how to go on with nobody to lead
    ask_again_at: datetime | None = None  # `can` may change then, though nobody pressed anything


def seen_by(room: Room, viewer_id: UUID, now: datetime) -> Snapshot:
    """What this person may see now, or `Refused`: a stranger, somebody who left or was removed."""
    may_watch(room, viewer_id).require()
    viewer = room.find(viewer_id)
    outside = Snapshot(
        version=room.version,
        phase=room.phase,
        me=None if viewer is None else _me(room, viewer),
        can=_answers(room, _controls(viewer_id, room.version), now),
    )
    if viewer is None or viewer.presence is Presence.KNOCKING:
        return outside
    inside = [each for each in room.people if each.presence in INSIDE]
    leads = viewer.facilitates
    return replace(
        outside,
        hold=rests(room, now),
        prompt=room.prompt,
        floor=_floor(room, viewer_id),
        order=tuple(_entry(room, each, viewer) for each in _order(room)),
        next=next_up(room, now),
        thanked=room.thanked,
        round_is_over=round_is_over(room, now),
        people=tuple(_person(room, each, viewer, now) for each in inside),
        heard=tuple(sorted(heard(room))),
        knocking=_knocking(room, viewer, now),
        asks=_asks(room, viewer, now),
        least_heard=least_heard(room, now) if leads else None,
        break_is_due=leads and _break_is_due(room, now),
        may_choose=not leads and may_be_chosen(room, now),
        ask_again_at=_ask_again_at(room, viewer, now),
    )


def _controls(by: UUID, seen: int) -> tuple[Event, ...]:
    """One press of everything on the page that is about the viewer or the whole room."""
    return (
        Leave(by),
        Start(by),
        BeginRound(by, seen),
        OpenFloor(by, seen),
        RaiseHand(by),
        LowerHand(by),
        SayGoodbye(by, seen),
        End(by),
        WaitMore(by),
        Accept(by, seen, Mode.VOICE),
        Pass(by, seen),
        Later(by, seen),
        ListenOnly(by, seen),
        Finish(by, seen),
        TakeBack(by, seen),
        MoveOn(by, seen),
        StepAway(by, seen),
        ComeBack(by),
        SetMode(by, Mode.VOICE),
        Pause(by),
        Resume(by),
        Say(by),
        Tell(by),
        Help(by),
        MicOn(by),
        MicOff(by),
        Hold(by),
        Break(by),
        Release(by),
        TakeOver(by),
    )


def _answers(room: Room, presses: tuple[Event, ...], now: datetime) -> Can:
    return {wire_name(type(press)): may(room, press, now).reason for press in presses}


def _me(room: Room, viewer: Person) -> Me:
    entry, choice = room.entry(viewer.id), room.choice(viewer.id)
    return Me(
        id=viewer.id,
        name=viewer.name,
        part=viewer.part,
        way=viewer.way,
        presence=viewer.presence,
        mic=viewer.mic,
        mode=Mode.VOICE if viewer.way is Way.VOICE else Mode.TYPED,
        page=viewer.page,
        resting=viewer.resting,
        leads=room.lead == viewer.id,
        is_owed=entry is not None and entry.status in (Status.OWED, Status.WRITTEN),
        hand_is_up=room.phase is Phase.OPEN_FLOOR and entry is not None and entry.status in OPEN,
        ends=None if choice is None else choice.ends,
    )


def _order(room: Room) -> tuple[Entry, ...]:
    return room.queue or (() if room.phase in TURNS else line_up(room))


def _floor(room: Room, viewer_id: UUID) -> SeenFloor:
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
    return replace(
        seen,
        kind="holding",
        mode=floor.mode,
        wish=floor.wish,
        paused=floor.paused,
        nudged=floor.nudged and floor.person == viewer_id,
    )


def _entry(room: Room, entry: Entry, viewer: Person) -> SeenEntry:
    person, is_me = room.person(entry.person), entry.person == viewer.id
    knows = is_me or (viewer.facilitates and entry.status is Status.SKIPPED)  # by one of them
    return SeenEntry(
        person=person.id,
        name=person.name,
        text_only=_text_only(person),
        presence=person.presence,
        resting=person.resting,
        status=entry.status if knows else _TO_OTHERS.get(entry.status, entry.status),
        is_me=is_me,
    )


def _text_only(person: Person) -> bool:
    """All that others see of the way: that somebody only listens today is their own affair."""
    return person.way is Way.TEXT


def _person(room: Room, person: Person, viewer: Person, now: datetime) -> SeenPerson:
    presses: tuple[Event, ...] = ()
    if viewer.facilitates:
        presses = (
            Offer(viewer.id, room.version, person.id),
            Nudge(viewer.id, person.id),
            MoveUp(viewer.id, person.id),
            MoveDown(viewer.id, person.id),
            Skip(viewer.id, person.id),
            AddAgain(viewer.id, person.id),
            HandOver(viewer.id, person.id),
            Mute(viewer.id, person.id),
            Remove(viewer.id, person.id, why="…"),
        )
    return SeenPerson(
        id=person.id,
        name=person.name,
        part=person.part,
        text_only=_text_only(person),
        presence=person.presence,
        resting=person.resting,
        leads=room.lead == person.id,
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


def _asks(room: Room, viewer: Person, now: datetime) -> tuple[SeenAsk, ...]:
    """Nobody but whoever wrote it and the facilitators knows that there is one."""
    return tuple(
        SeenAsk(
            number=ask.number,
            person=ask.person,
            name=room.person(ask.person).name,
            kind=ask.kind,
            is_mine=ask.person == viewer.id,
            opened=ask.opened,
            unanswered=is_unanswered(room, ask, now),
            can=_answers(room, (Opened(viewer.id, ask.number),), now) if viewer.facilitates else {},
        )
        for ask in room.asks
        if viewer.facilitates or ask.person == viewer.id
    )


def _break_is_due(room: Room, now: datetime) -> bool:
    is_on = room.phase in TURNS | {Phase.OPENING} and room.hold is not HoldReason.BREAK
    return is_on and room.rested_at is not None and now - room.rested_at >= BREAK_AFTER


def _ask_again_at(room: Room, viewer: Person, now: datetime) -> datetime | None:
    """The next instant at which something else may be asked or told, though nobody pressed."""
    waits = [(each.away_since, FACILITATOR_GRACE) for each in room.people if each.facilitates]
    waits.append((unled_since(room), ABSENT_AFTER))
    if not isinstance(room.floor, Idle):
        grace = HOLDER_GRACE if isinstance(room.floor, Holding) else OFFERED_GRACE
        waits.append((room.person(room.floor.person).away_since, grace))
    if (choice := room.choice(viewer.id)) is not None:
        waits.append((choice.at, ABSENT_AFTER))
    waits += [(each.at, UNANSWERED_AFTER) for each in room.asks if each.person == viewer.id]
    if viewer.facilitates:
        waits.append((room.rested_at, BREAK_AFTER))
    ends = [since + wait for since, wait in waits if since is not None]
    return min((end for end in ends if end > now), default=None)
