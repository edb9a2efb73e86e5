"""What one person sees of the circle, as values. `view` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.verdict import Reason
from community.live.rules.room import (
    Ack,
    AskKind,
    HoldReason,
    Mode,
    Order,
    Part,
    Phase,
    Presence,
    Spot,
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
    camera: bool
    mode: Mode  # how my turn begins, unless I choose otherwise
    page: UUID | None  # the one page of mine that is active
    resting: bool
    stands_by: bool
    leads: bool
    is_owed: bool  # a turn of mine was cut short, and can be written at the end
    hand_is_up: bool
    ends: bool | None  # what I chose when nobody was there to lead
    spot: Spot  # where in the order I’d like my turn
    offers_captions: bool = False
    card: str | None = None  # how to listen to me
    shows_card: bool = False
    quiet_after: bool = False
    without_sound: bool = False
    is_smooth: bool = False  # my picture, while I may be signing
    only_listens: bool = False  # in a gathering


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
    typist: UUID | None = None  # of captions for this turn


@dataclass(frozen=True, slots=True)
class SeenEntry:
    person: UUID
    name: str
    text_only: bool
    presence: Presence
    resting: bool
    status: Status
    is_me: bool
    card: str | None = None  # how to listen to them, if they show it


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """Somebody inside. Keep a connection to each of these, but to whoever is without sound, and
    to nobody else."""

    id: UUID
    name: str
    part: Part
    text_only: bool
    without_sound: bool
    presence: Presence
    resting: bool
    leads: bool
    is_me: bool
    interprets_for: UUID | None
    can: Can  # what a facilitator may do about them, or who may ask an interpreter


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who only listens in a gathering. For facilitators."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Knocker:
    id: UUID
    name: str
    stands_by: bool
    can: Can


@dataclass(frozen=True, slots=True)
class SentOut:
    """Somebody who was removed, and may have to stay away for this call. For facilitators."""

    id: UUID
    name: str
    banned: bool
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
class SeenAfter:
    """Whose turn has just ended, and what this viewer may say to them: None, or why not."""

    person: UUID
    name: str
    wish: Wish
    acks: Mapping[Ack, Reason | None]
    said: tuple[Ack, ...]  # by this viewer
    reply: Reason | None
    quiet: bool = False  # they would like no words


@dataclass(frozen=True, slots=True)
class SeenEcho:
    """What somebody said to this viewer after a turn of theirs."""

    number: int
    name: str
    ack: Ack | None  # or a line, by its number
    is_new: bool  # after the turn that has just ended


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
    guide: str = ""
    round: int = 0
    ordering: Order = Order.SIGN_UP
    is_by_hand: bool = False  # the order of the round to come
    floor: SeenFloor = SeenFloor("idle")
    order: tuple[SeenEntry, ...] = ()
    coming: tuple[SeenEntry, ...] = ()  # the order of another round, while none is on
    next: UUID | None = None
    thanked: UUID | None = None
    after: SeenAfter | None = None  # of somebody else’s turn
    echoes: tuple[SeenEcho, ...] = ()
    round_is_over: bool = False
    kept_for: tuple[UUID, ...] = ()  # whose turn alone is left of it
    people: tuple[SeenPerson, ...] = ()
    listening: int = 0  # so many more only listen, in a gathering
    listeners: tuple[Listener, ...] = ()  # who they are, for facilitators
    heard: tuple[UUID, ...] = ()
    seen: tuple[UUID, ...] = ()  # whose camera may be looked at now
    knocking: tuple[Knocker, ...] = ()
    sent_out: tuple[SentOut, ...] = ()
    asks: tuple[SeenAsk, ...] = ()
    typists: tuple[UUID, ...] = ()  # who offers to type captions, for whoever speaks
    least_heard: UUID | None = None  # of the hands; for facilitators
    break_is_due: bool = False  # an idea, for facilitators
    closing_is_due: bool = False  # to tell everybody that we close soon: another one
    closes_soon: bool = False
    may_choose: bool = False  # how to go on with nobody to lead
    ask_again_at: datetime | None = None  # `can` may change then, though nobody pressed anything
