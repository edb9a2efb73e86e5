"""The seats of a call and the line for them: what follows from each step, and who may take it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from community.calls.rules.call import FINISHED, CallState, Held, Joinable, leads, may_see
from community.core.actor import Actor
from community.core.verdict import YES, Reason, Verdict, no
from community.safety.rules import may_take_part

STARTED = Reason("call-started", "This call has already started. There will be others.", 409)
ALREADY_IN = Reason("already-in", "You’re already signed up for this call.", 409)
HOLDS_IT = Reason(
    "holds-it", "You hold this call, so your place is kept. You don’t need a seat.", 409
)
NO_SEAT = Reason("no-seat", "You have no seat in this call.", 409)
NOT_WAITING = Reason("not-waiting", "You’re not waiting for this call.", 409)
NOT_OFFERED = Reason("not-offered", "No seat is held for you in this call.", 409)
SEATS_TAKEN = Reason("seats-taken", "More seats than that are taken. Choose a larger number.", 422)
TOO_MANY_SEATS = Reason(
    "too-many-seats",
    "A call with two facilitators has up to ten seats. Choose a smaller number.",
    422,
)


class SeatState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"  # held for one person until they take it or let it go
    RELEASED = "released"


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


def may_sign_up(actor: Actor, call: Joinable, mine: SeatState | None, now: datetime) -> Verdict:
    """`mine` is what this person has in this call already."""
    if not (going := _may_come(actor, call)):
        return going
    if leads(call, actor.id):
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


def may_show_card(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    """To whoever holds the call, or no longer. The circle asks again, for everybody."""
    return _may_with(actor, call, mine is not None, NO_SEAT)


def may_have_seats(seats: int, roster: Roster, most: int) -> Verdict:
    """Never fewer than are taken, never more than the room carries."""
    if seats < roster.taken:
        return no(SEATS_TAKEN)
    return YES if seats <= most else no(TOO_MANY_SEATS)


def _may_come(actor: Actor, call: Held) -> Verdict:
    return may_see(actor, call) and Verdict(FINISHED.get(call.state))


def _may_with(actor: Actor, call: Held, has_it: bool, otherwise: Reason) -> Verdict:
    return _may_come(actor, call) and (YES if has_it else no(otherwise))
