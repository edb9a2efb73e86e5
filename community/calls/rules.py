"""Calls, their seats and the line for them: who may do what, and what follows. Pure."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from community.core.actor import Actor
from community.core.verdict import NOT_YOURS, YES, Reason, Verdict, no
from community.core.words import said
from community.groups.rules import may_see_inside
from community.safety.rules import may_take_part

# Twelve voices fit in a room without a media server, and up to two of them facilitate.
LEAST_SEATS, MOST_SEATS, USUAL_SEATS = 2, 10, 8
LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 15, 90, 45
USUAL_GUIDE = said("About two minutes, or less, or pass")

LOBBY_OPENS = timedelta(minutes=15)  # before the start
LOBBY_OPENS_FOR_FACILITATORS = timedelta(minutes=30)


class CallState(StrEnum):
    OPEN = "open"
    LOBBY = "lobby"
    LIVE = "live"
    ENDED = "ended"
    CANCELLED = "cancelled"


class SeatState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"  # held for one person until they take it or let it go
    RELEASED = "released"


UPCOMING = frozenset({CallState.OPEN, CallState.LOBBY, CallState.LIVE})
"""What a list of calls shows; the others are over."""

_NEXT = {
    CallState.OPEN: {CallState.LOBBY, CallState.ENDED},
    CallState.LOBBY: {CallState.LIVE, CallState.ENDED},
    CallState.LIVE: {CallState.ENDED},
    CallState.ENDED: set[CallState](),
    CallState.CANCELLED: set[CallState](),
}

CANCELLED = Reason("call-cancelled", "This call was cancelled.", 409)
OVER = Reason("call-over", "This call is over. There will be others.", 409)
STARTED = Reason("call-started", "This call has already started. There will be others.", 409)
ALREADY_IN = Reason("already-in", "You’re already signed up for this call.", 409)
HOLDS_IT = Reason(
    "holds-it", "You hold this call, so your place is kept. You don’t need a seat.", 409
)
NO_SEAT = Reason("no-seat", "You have no seat in this call.", 409)
NOT_WAITING = Reason("not-waiting", "You’re not waiting for this call.", 409)
NOT_OFFERED = Reason("not-offered", "No seat is held for you in this call.", 409)
NOT_FACILITATOR = Reason("not-facilitator", "Facilitators schedule the calls of a group.", 403)
LOBBY_IS_OPEN = Reason(
    "lobby-is-open", "The lobby is open, so this call can’t be changed any more.", 409
)
HAS_BEGUN = Reason("has-begun", "This call has begun. You can end it in the room.", 409)
WRONG_STEP = Reason("wrong-step", "This call isn’t at that point.", 409)
NO_SUCH_HOUR = Reason(
    "no-such-hour",
    "The clocks go forward on that day, and this hour is left out. Choose another time.",
    422,
)
IN_THE_PAST = Reason("in-the-past", "That time has passed. Choose a time still to come.", 422)
SEATS_TAKEN = Reason("seats-taken", "More seats than that are taken. Choose a larger number.", 422)


_FINISHED = {CallState.CANCELLED: CANCELLED, CallState.ENDED: OVER}


class InGroup(Protocol):
    @property
    def group_id(self) -> UUID: ...


class Held(InGroup, Protocol):
    """A call, as far as who looks after it goes."""

    @property
    def facilitator_id(self) -> UUID | None: ...
    @property
    def state(self) -> CallState: ...


class Joinable(Held, Protocol):
    """A call, as far as signing up goes."""

    @property
    def starts_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """A call as a facilitator wishes it."""

    title: str
    starts_at: datetime
    topic: str | None = None
    about: str = ""
    happens: str = ""
    guide: str = USUAL_GUIDE
    minutes: int = USUAL_MINUTES
    seats: int = USUAL_SEATS


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody holds, and their number in the order of signing up."""

    who: UUID
    state: SeatState
    number: int


@dataclass(frozen=True, slots=True)
class Roster:
    """The seats of one call and the line for them. Every step gives a new roster.

    A seat is taken while it is confirmed, and while it is held for the person it was offered to.
    After each step no more are taken than there are, and nobody waits while one is free.
    """

    seats: int
    end: int = 0  # the next number in the line; numbers are never used twice
    places: tuple[Place, ...] = ()  # in the order of their numbers

    def state_of(self, who: UUID) -> SeatState | None:
        return next((place.state for place in self.places if place.who == who), None)

    def who(self, state: SeatState) -> tuple[UUID, ...]:
        """Everybody in this state, in order."""
        return tuple(place.who for place in self.places if place.state is state)

    @property
    def taken(self) -> int:
        return sum(place.state is not SeatState.WAITING for place in self.places)

    def signed_up(self, who: UUID) -> "Roster":
        """They get a seat if one is free and nobody waits; otherwise they wait, last in line."""
        is_free = self.taken < self.seats and not self.who(SeatState.WAITING)
        place = Place(who, SeatState.CONFIRMED if is_free else SeatState.WAITING, self.end)
        return replace(self, end=self.end + 1, places=(*self.places, place))._offered()

    def took_it(self, who: UUID) -> "Roster":
        """The seat that was held for them is theirs."""
        return replace(
            self,
            places=tuple(
                replace(place, state=SeatState.CONFIRMED) if place.who == who else place
                for place in self.places
            ),
        )

    def left(self, who: UUID) -> "Roster":
        """They gave up what they had: a seat, an offer or a place in the line."""
        staying = tuple(place for place in self.places if place.who != who)
        return replace(self, places=staying)._offered()

    def resized(self, seats: int) -> "Roster":
        """The call has this many seats, never fewer than are taken."""
        return replace(self, seats=seats)._offered()

    def _offered(self) -> "Roster":
        """Each free seat is held for the next person in line."""
        free = self.seats - self.taken
        places = []
        for place in self.places:
            if free > 0 and place.state is SeatState.WAITING:
                place = replace(place, state=SeatState.OFFERED)  # noqa: PLW2901
                free -= 1
            places.append(place)
        return replace(self, places=tuple(places))


def may_see(actor: Actor, call: InGroup) -> Verdict:
    return may_see_inside(actor, call.group_id)


def groups_to_schedule_in(actor: Actor) -> frozenset[UUID]:
    """Where this person may schedule a call, if they have agreed to the guidelines."""
    return frozenset(
        group_id for group_id in actor.groups if actor.facilitates(group_id) or actor.owns(group_id)
    )


def may_schedule_somewhere(actor: Actor) -> Verdict:
    return may_take_part(actor) if groups_to_schedule_in(actor) else no(NOT_FACILITATOR)


def may_schedule(actor: Actor, group_id: UUID) -> Verdict:
    is_theirs = group_id in groups_to_schedule_in(actor)
    return (
        may_see_inside(actor, group_id)
        and (YES if is_theirs else no(NOT_FACILITATOR))
        and may_take_part(actor)
    )


def may_hold(actor: Actor, call: Held) -> Verdict:
    """Look after this call: who comes, its words and time, whether it happens."""
    is_theirs = actor.facilitates(call.group_id) and actor.id == call.facilitator_id
    holds = is_theirs or actor.owns(call.group_id)
    return may_see(actor, call) and (YES if holds else no(NOT_YOURS))


def may_edit(actor: Actor, call: Held) -> Verdict:
    changeable = may_cancel(actor, call)
    return no(LOBBY_IS_OPEN) if changeable and call.state is CallState.LOBBY else changeable


def may_cancel(actor: Actor, call: Held) -> Verdict:
    begun = {**_FINISHED, CallState.LIVE: HAS_BEGUN}
    return may_hold(actor, call) and Verdict(begun.get(call.state))


def may_sign_up(actor: Actor, call: Joinable, mine: SeatState | None, now: datetime) -> Verdict:
    """`mine` is what this person has in this call already."""
    if not (going := _may_come(actor, call)):
        return going
    if actor.id == call.facilitator_id:
        return no(HOLDS_IT)
    if mine is not None:
        return no(ALREADY_IN)
    if now >= call.starts_at or call.state is CallState.LIVE:
        return no(STARTED)
    return may_take_part(actor)


def may_give_up(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    return _may_with(actor, call, mine is SeatState.CONFIRMED, NO_SEAT)


def may_take(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    """An offer has no end of its own: as long as the call isn't over, it holds."""
    answered = _may_with(actor, call, mine is SeatState.OFFERED, NOT_OFFERED)
    return answered and may_take_part(actor)


def may_let_go(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    return _may_with(actor, call, mine is SeatState.OFFERED, NOT_OFFERED)


def may_leave_line(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    return _may_with(actor, call, mine is SeatState.WAITING, NOT_WAITING)


def may_be_at(starts_at: datetime, now: datetime) -> Verdict:
    return YES if starts_at > now else no(IN_THE_PAST)


def may_have_seats(seats: int, roster: Roster) -> Verdict:
    return YES if seats >= roster.taken else no(SEATS_TAKEN)


def may_move_to(call: Held, state: CallState) -> Verdict:
    """The way of a call, as its room moves it."""
    return YES if state in _NEXT[call.state] else no(WRONG_STEP)


def _may_come(actor: Actor, call: Held) -> Verdict:
    return may_see(actor, call) and Verdict(_FINISHED.get(call.state))


def _may_with(actor: Actor, call: Held, has_it: bool, otherwise: Reason) -> Verdict:
    return _may_come(actor, call) and (YES if has_it else no(otherwise))


def at_wall_time(day: date, hour: time, zone: str) -> datetime | None:
    """When that is on the clocks of this zone; None in the hour they leap over in spring.

    In autumn an hour comes twice; the first is meant.
    """
    wall = datetime.combine(day, hour, ZoneInfo(zone))
    instant = wall.astimezone(UTC)
    exists = instant.astimezone(wall.tzinfo).replace(tzinfo=None) == wall.replace(tzinfo=None)
    return instant if exists else None


def lobby_opens_at(starts_at: datetime, is_facilitator: bool = False) -> datetime:
    return starts_at - (LOBBY_OPENS_FOR_FACILITATORS if is_facilitator else LOBBY_OPENS)


def weeks_ahead(instant: datetime, zone: str, now: datetime) -> int:
    """0 this week, 1 next week, …; weeks begin on Monday, on the clocks of this zone.

    A call that began on Sunday and is still on counts as this week's.
    """
    there, here = (moment.astimezone(ZoneInfo(zone)).date() for moment in (instant, now))
    return max((_monday(there) - _monday(here)).days // 7, 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class SeatConfirmed:
    """To whoever has a seat from now on."""

    call_id: UUID
    title: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class SeatOffered:
    """To the first person waiting: a seat is held for them."""

    call_id: UUID
    title: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class CallMoved:
    """To everybody who signed up: the call has another time, and they keep what they have."""

    call_id: UUID
    title: str
    was_at: datetime
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class CallCancelled:
    """To everybody who signed up."""

    title: str
    starts_at: datetime
