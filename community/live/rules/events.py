"""Everything that can happen in a circle: presses, somebody who knocks, and what the system saw."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.live.rules.leading import Lead
from community.live.rules.presses import (
    Accept,
    AcceptCaptions,
    Acknowledge,
    AskInterpreter,
    CameraOff,
    CameraOn,
    ClaimStandby,
    ComeBack,
    End,
    Finish,
    Help,
    HideCard,
    Later,
    Leave,
    ListenOnly,
    LowerHand,
    MicOff,
    MicOn,
    MoveOn,
    OfferCaptions,
    Pass,
    Pause,
    Press,
    QuietAfter,
    RaiseHand,
    Reply,
    Resume,
    Say,
    SendPrepared,
    SetMode,
    SetSpot,
    SetWish,
    ShowCard,
    Slower,
    SoundOff,
    SoundOn,
    StepAway,
    StopCaptions,
    StopInterpreter,
    TakeBack,
    TakeDevice,
    TakeTurns,
    Tell,
    WaitMore,
    WordsAfter,
)
from community.live.rules.room import Part, Spot, Way


@dataclass(frozen=True, slots=True)
class Knock(Press):
    """I’d like to come in. Made by the action: but for what is chosen in the lobby (the way, the
    spot, the card, the sound), everything comes from rows."""

    name: str
    part: Part
    way: Way
    place: int
    confirmed: bool
    card: str | None = None
    hides_card: bool = False
    quiet_after: bool = False  # as they like it, unless they said otherwise here before
    comes_in_at: datetime | None = None  # of somebody who stands by
    spot: Spot = Spot.ANY
    without_sound: bool = False


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
class Became:
    """What somebody is in this circle has changed in the rows. None: they belong to it no more."""

    person: UUID
    part: Part | None
    has_seat: bool = False  # of somebody who knocks: one has come free for them
    by: None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """Somebody else has looked again: this person’s place here is theirs as if it had never been
    taken."""

    person: UUID
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


@dataclass(frozen=True, slots=True)
class CalledOff:
    """The call was cancelled while its lobby was open: there will be no circle."""

    by: None = None


Own = (
    Leave
    | ClaimStandby
    | RaiseHand
    | LowerHand
    | End
    | WaitMore
    | Accept
    | Pass
    | Later
    | ListenOnly
    | TakeTurns
    | Finish
    | TakeBack
    | MoveOn
    | StepAway
    | ComeBack
    | TakeDevice
    | SetMode
    | SetSpot
    | SetWish
    | SendPrepared
    | Acknowledge
    | ShowCard
    | HideCard
    | QuietAfter
    | WordsAfter
    | Pause
    | Resume
    | Help
    | Slower
    | OfferCaptions
    | AcceptCaptions
    | StopCaptions
    | AskInterpreter
    | StopInterpreter
    | SoundOff
    | SoundOn
    | MicOn
    | MicOff
    | CameraOn
    | CameraOff
)
"""What anybody presses for themselves. Some of it moves the whole room."""

Wire = Own | Lead
Typed = Say | Reply | Tell
System = Lost | Back | Became | Restored | Restarted | Empty | NobodyCame | CalledOff
Event = Wire | Knock | Typed | System
