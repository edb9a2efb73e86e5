"""Everything that can happen in a circle: presses, somebody who knocks, and what the system saw."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.live.rules.leading import Lead
from community.live.rules.presses import (
    Accept,
    ComeBack,
    End,
    Finish,
    Help,
    Later,
    Leave,
    ListenOnly,
    LowerHand,
    MicOff,
    MicOn,
    MoveOn,
    Pass,
    Pause,
    Press,
    RaiseHand,
    Resume,
    Say,
    SetMode,
    StepAway,
    TakeBack,
    TakeDevice,
    Tell,
    WaitMore,
)
from community.live.rules.room import Part, Way


@dataclass(frozen=True, slots=True)
class Knock(Press):
    """I’d like to come in. Made by the action: everything but the way comes from rows."""

    name: str
    part: Part
    way: Way
    place: int
    confirmed: bool
    card: str | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """The last connection of somebody’s page is gone."""

    person: UUID
    page: UUID | None = None
    by: None = None


@dataclass(frozen=True, slots=True)
class Back:
    """Somebody is connected again, from this page; none if it has no script to say which."""

    person: UUID
    page: UUID | None = None
    by: None = None


@dataclass(frozen=True, slots=True)
class Restarted:
    """A process is gone, and with it the lines of these people. A fresh grace for everybody."""

    people: frozenset[UUID]
    by: None = None


@dataclass(frozen=True, slots=True)
class Empty:
    """Nobody has been here for long, and that is known."""

    by: None = None


@dataclass(frozen=True, slots=True)
class NobodyCame:
    """No facilitator has come to a call that was to start then."""

    starts_at: datetime
    by: None = None


Own = (
    Leave
    | RaiseHand
    | LowerHand
    | End
    | WaitMore
    | Accept
    | Pass
    | Later
    | ListenOnly
    | Finish
    | TakeBack
    | MoveOn
    | StepAway
    | ComeBack
    | TakeDevice
    | SetMode
    | Pause
    | Resume
    | Help
    | MicOn
    | MicOff
)
"""What anybody presses for themselves. Some of it moves the whole room."""

Wire = Own | Lead
Typed = Say | Tell
System = Lost | Back | Restarted | Empty | NobodyCame
Event = Wire | Knock | Typed | System
