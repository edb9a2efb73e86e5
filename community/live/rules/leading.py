"""What only a facilitator presses, to lead a circle: one frozen value each."""

from dataclasses import dataclass, field
from uuid import UUID

from community.live.rules.presses import FloorPress, PersonPress, Press

LONGEST_PROMPT = 300
LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class Start(Press):
    """From the lobby to the opening."""


@dataclass(frozen=True, slots=True)
class BeginRound(FloorPress):
    """Everybody once, in the order that everybody sees."""

    prompt: str = field(default="", metadata={"longest": LONGEST_PROMPT})


@dataclass(frozen=True, slots=True)
class OpenFloor(FloorPress):
    """After the round: whoever would like to say more raises a hand."""


@dataclass(frozen=True, slots=True)
class SayGoodbye(FloorPress):
    """The last words, once nobody has the floor."""


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
class Opened(Press):
    """A facilitator has read it, or has heard the call for help."""

    number: int


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


Lead = (
    Start
    | BeginRound
    | OpenFloor
    | SayGoodbye
    | Admit
    | Refuse
    | Offer
    | Nudge
    | MoveUp
    | MoveDown
    | Skip
    | AddAgain
    | Opened
    | Hold
    | Break
    | Release
    | HandOver
    | TakeOver
    | Mute
    | Remove
)
