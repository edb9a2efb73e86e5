"""What may be pressed, asked on behalf of a page before anybody presses it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from community.core.verdict import Reason
from community.live.rules import leading, presses
from community.live.rules.events import Event
from community.live.rules.may import may, may_press
from community.live.rules.presses import AskInterpreter, FloorPress, StopInterpreter
from community.live.rules.room import INSIDE, Mode, Order, Phase, Room, Spot, Way, Wish
from community.live.rules.wire import NAMES

# What a press carries beside who presses, what they saw and whom it is about, when it’s only asked
# whether it may happen.
_CARRIES: Mapping[type[Event], tuple[object, ...]] = {
    leading.SetPrompt: ("",),
    leading.SetOrder: (Order.SIGN_UP,),
    leading.Remove: ("…",),
    leading.Ban: ("…",),
    presses.Accept: (Mode.VOICE,),
    presses.SetMode: (Mode.VOICE,),
    presses.SetSpot: (Spot.ANY,),
    presses.SetWish: (Wish.JUST_LISTEN,),
    presses.TakeTurns: (Way.VOICE,),
}


def _by_name(*kinds: type[Event]) -> Mapping[str, type[Event]]:
    return {NAMES[kind]: kind for kind in kinds}


# Everything on the page that is about the viewer or the whole room.
CONTROLS = _by_name(
    presses.Leave,
    presses.ClaimStandby,
    leading.Start,
    leading.ReadGuidelines,
    leading.BeginRound,
    leading.OpenFloor,
    leading.BeginClosingRound,
    leading.SetPrompt,
    leading.SetOrder,
    presses.RaiseHand,
    presses.LowerHand,
    leading.SayGoodbye,
    leading.SayClosing,
    presses.End,
    presses.WaitMore,
    presses.Accept,
    presses.Pass,
    presses.Later,
    presses.ListenOnly,
    presses.TakeTurns,
    presses.Finish,
    presses.TakeBack,
    presses.MoveOn,
    presses.StepAway,
    presses.ComeBack,
    presses.SetMode,
    presses.SetSpot,
    presses.SetWish,
    presses.SendPrepared,
    presses.ShowCard,
    presses.HideCard,
    presses.QuietAfter,
    presses.WordsAfter,
    presses.Pause,
    presses.Resume,
    presses.Say,
    presses.Tell,
    presses.Help,
    presses.Slower,
    presses.OfferCaptions,
    presses.StopCaptions,
    presses.SoundOff,
    presses.SoundOn,
    presses.MicOn,
    presses.MicOff,
    presses.CameraOn,
    presses.CameraOff,
    leading.Hold,
    leading.Break,
    leading.Release,
    leading.TakeOver,
    leading.GoBack,
)
# What a facilitator may do about somebody, and what somebody may ask of an interpreter.
TO_LEAD = _by_name(
    leading.Offer,
    leading.Nudge,
    leading.MoveUp,
    leading.MoveDown,
    leading.Skip,
    leading.AddAgain,
    leading.HandOver,
    leading.Mute,
    leading.CloseCamera,
    leading.Remove,
    leading.Ban,
)
INTERPRETS = _by_name(AskInterpreter, StopInterpreter)
AT_THE_DOOR = _by_name(leading.Admit, leading.Refuse)
SENT_OUT = _by_name(leading.Unban, leading.Ban)
OPENED = _by_name(leading.Opened)


class Answers(Mapping[str, Reason | None]):
    """What `may` says of each press, by its wire name. It is asked when somebody looks: a page
    looks at a third of them, and is drawn for every press."""

    def __init__(
        self,
        room: Room,
        by: UUID,
        now: datetime,
        kinds: Mapping[str, type[Event]],
        *about: UUID | int,
    ) -> None:
        self._room, self._by, self._now = room, by, now
        self._kinds, self._about = kinds, about
        me = room.find(by)
        self._inside = (
            me if me and me.presence in INSIDE and room.phase is not Phase.ENDED else None
        )
        self._known: dict[str, Reason | None] = {}

    def __getitem__(self, name: str) -> Reason | None:
        if name not in self._known:
            self._known[name] = self._answer(self._kinds[name])
        return self._known[name]

    def _answer(self, kind: Any) -> Reason | None:
        saw = (self._room.version,) if issubclass(kind, FloorPress) else ()
        press = kind(self._by, *saw, *self._about, *_CARRIES.get(kind, ()))
        if self._inside is not None:  # and whoever looks has seen all that there is
            return may_press(self._room, self._inside, press, self._now).reason
        return may(self._room, press, self._now).reason

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
