"""What only a facilitator presses, to lead a circle: one frozen value each."""

from dataclasses import dataclass, field
from uuid import UUID

from community.live.rules.presses import FloorPress, PersonPress, Press, Sure
from community.live.rules.room import Order

LONGEST_PROMPT = 300
LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class PartPress(FloorPress):
    """Another part of the circle begins: once nobody has the floor, or if a facilitator is sure."""

    sure: Sure = field(default=Sure.NO, kw_only=True)


@dataclass(frozen=True, slots=True)
class Start(Press):
    """From the lobby to the opening."""


@dataclass(frozen=True, slots=True)
class ReadGuidelines(FloorPress):
    """From the opening to what we ask of each other."""


@dataclass(frozen=True, slots=True)
class BeginRound(PartPress):
    """Everybody once, in the order that everybody sees. Without a prompt, the one that is set."""

    prompt: str = field(default="", metadata={"longest": LONGEST_PROMPT})


@dataclass(frozen=True, slots=True)
class OpenFloor(PartPress):
    """After a round: whoever would like to say more raises a hand."""


@dataclass(frozen=True, slots=True)
class BeginClosingRound(PartPress):
    """The last round, a short one: a word from everybody, or none."""


@dataclass(frozen=True, slots=True)
class SayGoodbye(PartPress):
    """The last words."""


@dataclass(frozen=True, slots=True)
class SayClosing(Press):
    """Everybody is told that we close soon. Nothing else happens."""


@dataclass(frozen=True, slots=True)
class SetPrompt(Press):
    """What the rounds to come are about, and if a facilitator is sure, a turn that is on. Nobody
    has to speak about it."""

    prompt: str = field(metadata={"longest": LONGEST_PROMPT})
    sure: Sure = field(default=Sure.NO, kw_only=True)


@dataclass(frozen=True, slots=True)
class SetOrder(Press):
    """How the order of the rounds to come is made. What was arranged by hand is gone."""

    order: Order


@dataclass(frozen=True, slots=True)
class Admit(PersonPress):
    """Let somebody in. For whom else there has to be room, the rows say."""

    kept: frozenset[UUID] = field(default=frozenset(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Refuse(PersonPress):
    """Not this time."""


@dataclass(frozen=True, slots=True)
class Offer(FloorPress):
    """Ask somebody who waits for a turn, or raised a hand, whether they’d like it now."""

    person: UUID


@dataclass(frozen=True, slots=True)
class GoBack(FloorPress):
    """That “Move on” of mine: not after all. Whoever it was has the floor as before."""


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
class WordsPress(Press):
    """A press about words of a typed turn, by somebody who saw the room at version `seen`."""

    seen: int
    number: int


@dataclass(frozen=True, slots=True)
class HideWords(WordsPress):
    """Only their writer sees these words from now on. It comes with the item that a moderator
    decides about, and never over the wire; who wrote them, the rows say."""

    writer: UUID = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class ShowWords(WordsPress):
    """Everybody sees these words again. A moderator reads them all the same."""


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
class CloseCamera(PersonPress):
    """Close somebody’s camera. They may open it again."""


@dataclass(frozen=True, slots=True)
class Remove(PersonPress):
    """Somebody may not stay. `why` is told to them and kept nowhere in the room."""

    why: str = field(metadata={"longest": LONGEST_WHY})


@dataclass(frozen=True, slots=True)
class Ban(PersonPress):
    """Not in this call any more. `why` is for whoever is still here, as when they are removed."""

    why: str = field(default="", metadata={"longest": LONGEST_WHY})


@dataclass(frozen=True, slots=True)
class Unban(PersonPress):
    """Somebody who was sent out may ask to come in again."""


Lead = (
    Start
    | ReadGuidelines
    | BeginRound
    | OpenFloor
    | BeginClosingRound
    | SayGoodbye
    | SayClosing
    | SetPrompt
    | SetOrder
    | Admit
    | Refuse
    | Offer
    | GoBack
    | Nudge
    | MoveUp
    | MoveDown
    | Skip
    | AddAgain
    | Opened
    | HideWords
    | ShowWords
    | Hold
    | Break
    | Release
    | HandOver
    | TakeOver
    | Mute
    | CloseCamera
    | Remove
    | Ban
    | Unban
)
