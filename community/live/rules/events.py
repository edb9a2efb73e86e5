"""What can happen in a circle: one frozen value each, and the strict way in from the wire.

`by` is the person who pressed; what the system reports has none. Whoever moves the floor says
which version they saw. Nothing here is fired by a clock.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from community.calls.rules.call import EndReason
from community.core.verdict import Reason, Refused
from community.live.rules.room import Mode, Part, Way, Wish

LONGEST_PROMPT = 300
LONGEST_WHY = 500
LONGEST_WORDS = 2000

UNREADABLE = Reason(
    "unreadable", "We couldn’t read that. Nothing has changed. Please try again.", 422
)
TOO_LONG = Reason(
    "too-long",
    "That’s too long to send in one piece. Your words are safe. You can send them in parts.",
    422,
)
NO_WORDS = Reason("no-words", "There’s nothing to send yet. Write a few words first.", 422)


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody pressed something."""

    by: UUID


@dataclass(frozen=True, slots=True)
class FloorPress(Press):
    """A press that may move the floor, by somebody who saw the room at version `seen`."""

    seen: int


@dataclass(frozen=True, slots=True)
class PersonPress(Press):
    """A press about somebody else."""

    person: UUID


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
class Leave(Press):
    """Leave quietly. The place is kept."""


@dataclass(frozen=True, slots=True)
class Start(Press):
    """From the lobby to the opening."""


@dataclass(frozen=True, slots=True)
class BeginRound(FloorPress):
    """Everybody once, in the order that everybody sees."""

    prompt: str = field(default="", metadata={"longest": LONGEST_PROMPT})


@dataclass(frozen=True, slots=True)
class SayGoodbye(FloorPress):
    """The last words, once nobody has the floor."""


@dataclass(frozen=True, slots=True)
class OpenFloor(FloorPress):
    """After the round: whoever would like to say more raises a hand."""


@dataclass(frozen=True, slots=True)
class RaiseHand(Press):
    """I’d like the floor."""


@dataclass(frozen=True, slots=True)
class LowerHand(Press):
    """Not any more."""


@dataclass(frozen=True, slots=True)
class End(Press):
    """It is over, for everybody. From a member: how they choose, when nobody is there to lead."""

    why: EndReason = EndReason.FINISHED


@dataclass(frozen=True, slots=True)
class WaitMore(Press):
    """Let’s wait five more minutes for a facilitator."""


@dataclass(frozen=True, slots=True)
class Admit(PersonPress):
    """Let somebody in."""


@dataclass(frozen=True, slots=True)
class Refuse(PersonPress):
    """Not this time."""


@dataclass(frozen=True, slots=True)
class Offer(FloorPress):
    """Ask somebody who waits for a turn, or raised a hand, whether they’d like it now."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Accept(FloorPress):
    """Start my turn."""

    mode: Mode
    wish: Wish = Wish.JUST_LISTEN


@dataclass(frozen=True, slots=True)
class Pass(FloorPress):
    """Not this round. Nobody asks why."""


@dataclass(frozen=True, slots=True)
class Later(FloorPress):
    """Come back to me later."""


@dataclass(frozen=True, slots=True)
class ListenOnly(FloorPress):
    """No turn for me today."""


@dataclass(frozen=True, slots=True)
class Finish(FloorPress):
    """I’ve finished."""


@dataclass(frozen=True, slots=True)
class TakeBack(FloorPress):
    """That pass, that “later”, that finish: not after all."""


@dataclass(frozen=True, slots=True)
class MoveOn(FloorPress):
    """The floor goes to whoever is next."""


@dataclass(frozen=True, slots=True)
class Nudge(PersonPress):
    """Let whoever has the floor know that the others wait too. Only they see it."""


@dataclass(frozen=True, slots=True)
class MoveUp(PersonPress):
    """One place earlier."""


@dataclass(frozen=True, slots=True)
class MoveDown(PersonPress):
    """One place later."""


@dataclass(frozen=True, slots=True)
class Skip(PersonPress):
    """No turn for them in this round, for now."""


@dataclass(frozen=True, slots=True)
class AddAgain(PersonPress):
    """A turn for them after all, whatever it was that they had."""


@dataclass(frozen=True, slots=True)
class StepAway(FloorPress):
    """I rest a while. My seat is kept, and my turn comes later."""


@dataclass(frozen=True, slots=True)
class ComeBack(Press):
    """I’m back from resting."""


@dataclass(frozen=True, slots=True)
class TakeDevice(Press):
    """I go on here, on this page, and not on the other one."""

    page: UUID


@dataclass(frozen=True, slots=True)
class SetMode(Press):
    """Go on with my turn in another way."""

    mode: Mode


@dataclass(frozen=True, slots=True)
class Pause(Press):
    """Take a moment."""


@dataclass(frozen=True, slots=True)
class Resume(Press):
    """Carry on."""


@dataclass(frozen=True, slots=True)
class Say(Press):
    """Words of a typed turn. The action keeps them; the machine never sees them."""


@dataclass(frozen=True, slots=True)
class Tell(Press):
    """A line to the facilitators. The action keeps the words; the machine never sees them."""


@dataclass(frozen=True, slots=True)
class Help(Press):
    """I need a facilitator."""


@dataclass(frozen=True, slots=True)
class Opened(Press):
    """A facilitator has read it, or has heard the call for help."""

    number: int


@dataclass(frozen=True, slots=True)
class MicOn(Press):
    """My own microphone. There is no such event for anybody else’s."""


@dataclass(frozen=True, slots=True)
class MicOff(Press):
    """My own microphone."""


@dataclass(frozen=True, slots=True)
class Hold(Press):
    """Pause the room."""


@dataclass(frozen=True, slots=True)
class Break(Press):
    """A break for everybody."""


@dataclass(frozen=True, slots=True)
class Release(Press):
    """Carry on, all of us."""


@dataclass(frozen=True, slots=True)
class HandOver(PersonPress):
    """Another facilitator leads from now on."""


@dataclass(frozen=True, slots=True)
class TakeOver(Press):
    """I lead, while whoever led is away."""


@dataclass(frozen=True, slots=True)
class Mute(PersonPress):
    """Close somebody’s microphone. They may open it again."""


@dataclass(frozen=True, slots=True)
class Remove(PersonPress):
    """Somebody may not stay. `why` is told to them and kept nowhere in the room."""

    why: str = field(metadata={"longest": LONGEST_WHY})


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


Wire = (
    Leave
    | Start
    | BeginRound
    | OpenFloor
    | RaiseHand
    | LowerHand
    | SayGoodbye
    | End
    | WaitMore
    | Admit
    | Refuse
    | Offer
    | Accept
    | Pass
    | Later
    | ListenOnly
    | Finish
    | TakeBack
    | MoveOn
    | Nudge
    | MoveUp
    | MoveDown
    | Skip
    | AddAgain
    | StepAway
    | ComeBack
    | TakeDevice
    | SetMode
    | Pause
    | Resume
    | Help
    | Opened
    | MicOn
    | MicOff
    | Hold
    | Break
    | Release
    | HandOver
    | TakeOver
    | Mute
    | Remove
)
Typed = Say | Tell
System = Lost | Back | Restarted | Empty | NobodyCame
Event = Wire | Knock | Typed | System

TYPED: Mapping[str, type[Typed]] = {"say": Say, "tell": Tell}
"""What comes with words, which the machine never sees."""


def wire_name(event: type[Any]) -> str:
    """`TakeBack` is `take-back` on the wire."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", event.__name__).lower()


EVENTS: Mapping[str, type[Wire]] = {wire_name(event): event for event in Wire.__args__}


def parse(name: str, payload: object, *, by: UUID) -> Wire:
    """The event of this name, exactly as described above, or `Refused`. Never trusts `by`."""
    if name not in EVENTS or not isinstance(payload, Mapping):
        raise Refused(UNREADABLE)
    wanted = {each.name: each for each in fields(EVENTS[name]) if each.name != "by"}
    needed = {each.name for each in wanted.values() if each.default is MISSING}
    if not needed <= payload.keys() <= wanted.keys():
        raise Refused(UNREADABLE)
    read: dict[str, Any] = {key: _read(wanted[key], payload[key]) for key in payload}
    return EVENTS[name](by=by, **read)


def parse_words(payload: object) -> str:
    """The words of `say` and `tell`: `{"words": "…"}` and nothing else."""
    if not isinstance(payload, Mapping) or payload.keys() != {"words"}:
        raise Refused(UNREADABLE)
    words = _text(payload["words"], LONGEST_WORDS).strip()
    if not words:
        raise Refused(NO_WORDS)
    return words


def _read(wanted: Field[Any], value: object) -> object:
    if wanted.type is int:
        if type(value) is int and value >= 0:  # True is an int to everybody but us
            return value
        raise Refused(UNREADABLE)
    text = _text(value, wanted.metadata.get("longest", 40))
    try:
        read = wanted.type(text)  # type: ignore[operator]  # str, UUID or a StrEnum
    except ValueError:
        raise Refused(UNREADABLE) from None
    if str(read) != text:  # one spelling each: no braces round an id
        raise Refused(UNREADABLE)
    return read


def _text(value: object, longest: int) -> str:
    """A string that every store can keep."""
    if not isinstance(value, str):
        raise Refused(UNREADABLE)
    if len(value) > longest:
        raise Refused(TOO_LONG)
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused(UNREADABLE)
    return value
