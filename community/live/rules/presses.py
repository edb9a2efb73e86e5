"""What anybody in a circle may press: one frozen value each. `by` is the person who pressed.

Whoever moves the floor says which version they saw. Nothing here is fired by a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from community.calls.rules.call import EndReason
from community.live.rules.room import Ack, AskKind, Mode, Spot, Way, Wish


class Sure(StrEnum):
    """Has a facilitator read what it means for whoever has the floor?"""

    NO = "no"
    YES = "yes"


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
class Leave(Press):
    """Leave quietly. The place is kept."""


@dataclass(frozen=True, slots=True)
class ClaimStandby(Press):
    """I stand by, and come in now. For whom else there has to be room, the rows say."""

    kept: frozenset[UUID] = field(default=frozenset(), kw_only=True)


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
class TakeTurns(Press):
    """I take turns from now on, by voice or in writing. Whoever listened comes at the end."""

    way: Way


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
class SetWish(Press):
    """What I would like from the others is something else now."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class SendPrepared(FloorPress):
    """My turn is what I wrote before. The action gives the words to everybody and deletes them
    where they waited; the machine never sees them."""

    mode: Mode = Mode.TYPED
    wish: Wish = Wish.JUST_LISTEN


@dataclass(frozen=True, slots=True)
class Acknowledge(PersonPress):
    """A word to whoever has just shared. Only they see it, if the rows say that it arrives."""

    ack: Ack
    arrives: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, slots=True)
class ShowCard(Press):
    """How to listen to me: the others may know."""


@dataclass(frozen=True, slots=True)
class HideCard(Press):
    """How to listen to me is my own affair, for this circle."""


@dataclass(frozen=True, slots=True)
class QuietAfter(Press):
    """No words after my turn, please."""


@dataclass(frozen=True, slots=True)
class WordsAfter(Press):
    """Words after my turn are welcome."""


@dataclass(frozen=True, slots=True)
class SetSpot(Press):
    """Early, late, or at any time: where I’d like my turn, from the next round on."""

    spot: Spot


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
class Reply(PersonPress):
    """One line to whoever has just shared, if they would like one. Only they can read it, if the
    rows say that it arrives. The action keeps the words; the machine never sees them."""

    arrives: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, slots=True)
class Tell(Press):
    """A line to the facilitators. The action keeps the words; the machine never sees them."""


@dataclass(frozen=True, slots=True)
class Help(Press):
    """I need a facilitator."""


@dataclass(frozen=True, slots=True)
class Slower(Press):
    """Slower, please. To the facilitators, without a word."""


@dataclass(frozen=True, slots=True)
class OfferCaptions(Press):
    """I could type captions for whoever speaks."""


@dataclass(frozen=True, slots=True)
class AcceptCaptions(PersonPress):
    """Yes please, type captions for my turn."""


@dataclass(frozen=True, slots=True)
class StopCaptions(Press):
    """No more captions for my turn; or, from whoever offers to type them, not any more."""


@dataclass(frozen=True, slots=True)
class AskInterpreter(PersonPress):
    """They interpret for me: in my turns their microphone may be on too."""


@dataclass(frozen=True, slots=True)
class StopInterpreter(PersonPress):
    """Not any more. From either of the two."""


@dataclass(frozen=True, slots=True)
class SoundOff(Press):
    """Without sound for me: my browser connects to nobody’s. I read, and type."""


@dataclass(frozen=True, slots=True)
class SoundOn(Press):
    """With sound again."""


@dataclass(frozen=True, slots=True)
class MicOn(Press):
    """My own microphone. There is no such event for anybody else’s."""

    sure: Sure = Sure.NO


@dataclass(frozen=True, slots=True)
class MicOff(Press):
    """My own microphone."""


@dataclass(frozen=True, slots=True)
class CameraOn(Press):
    """My own camera. There is no such event for anybody else’s, and nobody is asked for it."""


@dataclass(frozen=True, slots=True)
class CameraOff(Press):
    """My own camera."""


ASKS: Mapping[type[Press], AskKind] = {
    Tell: AskKind.LINE,
    Help: AskKind.HELP,
    Slower: AskKind.SLOW,
}
"""What somebody asks of the facilitators by each of these."""
