"""May somebody come to the lobby of a call? What the rows say about their place in it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from community.calls.rules.call import FINISHED, FORMATS, USUAL_LANGUAGE, CallState, Format
from community.calls.rules.seats import SeatState
from community.calls.rules.times import lobby_opens_at
from community.core.actor import Actor
from community.core.verdict import Reason, Verdict, no
from community.groups.rules import may_see_inside
from community.live.rules.room import Part, Room, Spot, Way
from community.safety.rules import may_take_part

OUT_OF_CIRCLES = Reason(
    "out-of-circles",
    "The circles of this group are closed to you for now. We wrote to you why, and how to answer.",
    403,
)
NOT_YET = Reason("lobby-not-open", "The lobby isn’t open yet. Your place is kept.", 409)


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place in one call."""

    call_id: UUID
    group_id: UUID
    title: str
    about: str
    starts_at: datetime
    minutes: int
    seats: int
    state: CallState
    host: str  # the name of the call's facilitator
    part: Part
    number: int  # in the order of signing up
    is_confirmed: bool  # let in without being asked
    has_seat: bool
    card: str
    quiet_after: bool = False  # no words after a turn of theirs
    seat: SeatState | None = None
    listens: bool = False  # they signed up so; in the lobby they can choose otherwise
    co_host: str = ""
    guide: str = ""  # how long a turn is, in words
    language: str = USUAL_LANGUAGE  # that is spoken in it
    format: Format = Format.ANY

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def other_format(self) -> str | None:
        """How people take part, if it isn’t as in most."""
        return None if self.format is Format.ANY else FORMATS[self.format]

    @property
    def gathers(self) -> bool:
        """Most people listen."""
        return self.format is Format.GATHERING

    @property
    def comes_to_listen(self) -> bool:
        """As they signed up; and whoever comes to the door of a gathering does, too."""
        is_guest = self.seat is None and self.part is not Part.FACILITATOR
        return self.listens or (self.gathers and is_guest)

    def suggests(self, usual: Way) -> Way:
        """To listen, as they signed up; to type, where typed turns come first, for whoever would
        speak otherwise; else what is usual for them."""
        if self.comes_to_listen:
            return Way.LISTEN
        types = self.format is Format.TYPED and self.part is Part.MEMBER
        return Way.TEXT if types and usual is Way.VOICE else usual


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose in the lobby, for this time."""

    way: Way
    spot: Spot = Spot.ANY
    shows_card: bool = False
    interprets: bool = False
    without_sound: bool = False


def chosen_before(room: Room | None, person: UUID, usual: Chosen) -> Chosen:
    """As it was when they were here last, or else what is usual for them."""
    known = room.find(person) if room else None
    if known is None:
        return usual
    interprets = known.part is Part.INTERPRETER
    return Chosen(known.way, known.spot, not known.hides_card, interprets, known.without_sound)


def may_enter(actor: Actor, place: Place, now: datetime) -> Verdict:
    """Group members who agreed to the guidelines, from when the lobby opens until the end.

    However late: somebody with a confirmed seat is always let in. The others may knock.
    """
    if not (seen := may_see_inside(actor, place.group_id)):
        return seen
    if not actor.may_be_in_circles(place.group_id):
        return no(OUT_OF_CIRCLES)
    if place.state in FINISHED:
        return no(FINISHED[place.state])
    leads = place.part is Part.FACILITATOR
    is_early = now < lobby_opens_at(place.starts_at, leads)
    if is_early and place.state in (CallState.OPEN, CallState.LOBBY):  # until it was begun early
        return no(NOT_YET)
    return may_take_part(actor)
