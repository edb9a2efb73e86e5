"""What one person sees of the circle, as values. `view` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.verdict import Reason
from community.live.rules.room import (
    AskKind,
    HoldReason,
    Mode,
    Part,
    Phase,
    Presence,
    Status,
    Way,
    Wish,
)

Can = Mapping[str, Reason | None]
"""Each control by its wire name: None, or why not."""


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
