"""The seats of a call and the line for them: what follows from each step, and who may take it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from community.calls.rules.call import BEGUN, FINISHED, Held, Joinable, leads, may_see
from community.calls.rules.offers import Offer
from community.calls.rules.times import sign_up_opens_at, standby_opens_at
from community.core.actor import Actor
from community.core.verdict import YES, Reason, Verdict, no
from community.safety.rules import may_take_part

STARTED = Reason("call-started", "This call has already started. There will be others.", 409)
NOT_OPEN_YET = Reason(
    "not-open-yet", "You can’t sign up for this call yet. Its page says from when.", 409
)
ALREADY_IN = Reason("already-in", "You’re already signed up for this call.", 409)
HOLDS_IT = Reason(
    "holds-it", "You hold this call, so your place is kept. You don’t need a seat.", 409
)
NO_SEAT = Reason("no-seat", "You have no seat in this call.", 409)
NOT_WAITING = Reason("not-waiting", "You’re not waiting for this call.", 409)
NOT_OFFERED = Reason("not-offered", "No seat is held for you in this call.", 409)
OFFER_OVER = Reason(
    "offer-over",
    "The seat isn’t held for you any longer. If you’d still like to come, one press puts you in "
    "line again.",
    409,
)
HELD_LONGEST = Reason(
    "held-longest", "The seat is held for you for as long as it can be already.", 409
)
NO_LISTENERS = Reason(
    "no-listeners", "In this call everybody takes a turn, or passes. You can pass each time.", 409
)
CHOSEN_IN_THE_CIRCLE = Reason(
    "chosen-in-the-circle", "The circle is on. In it you can pass each time, or only listen.", 409
)
WEEK_FULL = Reason(
    "week-full",
    "This group keeps room for everybody: you have your calls for that week. Choose another week, "
    "or stand by for this one ten minutes before the start.",
    409,
)
STANDBY_LATER = Reason(
    "standby-later", "From ten minutes before the start you can stand by for this call.", 409
)
SEATS_TAKEN = Reason("seats-taken", "More seats than that are taken. Choose a larger number.", 422)
STAYS_A_GATHERING = Reason(
    "stays-a-gathering",
    "More people have signed up than there are seats in a circle, so this stays a gathering.",
    422,
)
TOO_MANY_SEATS = Reason(
    "too-many-seats",
    "A circle has up to eleven seats, with two facilitators ten, and a gathering up to 200. Choose "
    "a smaller number.",
    422,
)


class SeatState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    STANDBY = "standby"  # comes in if somebody with a seat doesn’t
    OFFERED = "offered"  # held for one person until they take it or let it go
    RELEASED = "released"


TAKEN = frozenset({SeatState.CONFIRMED, SeatState.OFFERED})
IN_LINE = frozenset({SeatState.WAITING, SeatState.STANDBY})


class Listened(Protocol):
    """A call, as far as listening alone goes."""

    @property
    def listeners(self) -> bool: ...


class ListenedTo(Held, Listened, Protocol):
    """A call, as far as choosing between both goes."""


class Was(StrEnum):
    """What is known of somebody with a seat once the call is over. None of it is a mark."""

    ATTENDED = "attended"
    NOT_THERE = "not-there"
    EXCUSED = "excused"  # they had said so


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody holds, and their number in the order of signing up."""

    who: UUID
    state: SeatState
    number: int
    is_first: bool = False  # before all others who wait: that was promised to them
    listens: bool = False  # takes a seat, and no turn


@dataclass(frozen=True, slots=True)
class Roster:
    """The seats of one call and the line for them. Every step gives a new roster.

    A seat is taken while it is confirmed, and while it is held for the person it was offered to.
    After each step no more are taken than there are, and nobody waits while one is free.
    Whoever stands by is at the door already: they keep their place in the line, and a seat that
    opens for them is theirs at once.

    From when standby opens (`at_the_door`) nothing is offered any more: a free seat goes to the
    first in line of those who stand by, or to whoever comes.
    """

    seats: int
    end: int = 0  # the next number in the line; numbers are never used twice
    places: tuple[Place, ...] = ()  # in the order of their numbers
    at_the_door: bool = False
    gathers: bool = False  # whoever comes listens, unless they say otherwise

    def state_of(self, who: UUID) -> SeatState | None:
        return next((place.state for place in self.places if place.who == who), None)

    def who(self, state: SeatState) -> tuple[UUID, ...]:
        """Everybody in this state, in order."""
        return tuple(place.who for place in self.places if place.state is state)

    @property
    def taken(self) -> int:
        return sum(place.state in TAKEN for place in self.places)

    @property
    def line(self) -> tuple[UUID, ...]:
        """Whoever waits or stands by, in the order in which a seat comes to them."""
        waiting = (place for place in self.places if place.state in IN_LINE)
        return tuple(
            place.who
            for place in sorted(waiting, key=lambda each: (not each.is_first, each.number))
        )

    @property
    def _served(self) -> tuple[UUID, ...]:
        """Those in line to whom a seat that opens goes now."""
        if not self.at_the_door:
            return self.line
        return tuple(who for who in self.line if self.state_of(who) is SeatState.STANDBY)

    def signed_up(self, who: UUID, *, is_first: bool = False, listens: bool = False) -> "Roster":
        """They get a seat if one is free and nobody waits for it; otherwise they wait, last in
        line, or before everybody else who waits if that was promised to them."""
        is_free = self.taken < self.seats and not self._served
        state = SeatState.CONFIRMED if is_free else SeatState.WAITING
        return self._joined(Place(who, state, self.end, is_first and not is_free, listens))

    def stood_by(self, who: UUID) -> "Roster":
        """They are here in case a seat opens, at their place in the line if they have one."""
        if self.state_of(who) is None:
            return self._joined(Place(who, SeatState.STANDBY, self.end))
        return self._with(who, SeatState.STANDBY)._offered()

    def _joined(self, place: Place) -> "Roster":
        place = replace(place, listens=place.listens or self.gathers)
        return replace(self, end=self.end + 1, places=(*self.places, place))._offered()

    def took_it(self, who: UUID) -> "Roster":
        """The seat that was held for them is theirs."""
        return self._with(who, SeatState.CONFIRMED)

    def _with(self, who: UUID, state: SeatState) -> "Roster":
        places = (replace(each, state=state) if each.who == who else each for each in self.places)
        return replace(self, places=tuple(places))

    def left(self, who: UUID) -> "Roster":
        """They gave up what they had: a seat, an offer or a place in the line."""
        staying = tuple(place for place in self.places if place.who != who)
        return replace(self, places=staying)._offered()

    def unanswered(self, whose: Collection[UUID]) -> "Roster":
        """What was held for them is held no longer, and goes to the next in line.

        They are out of the line, or a seat that nobody answers for would come back to them again
        and again. Once standby is open they are at their old place in it: come to the door, they
        are before whoever signed up after them.
        """
        if self.at_the_door:
            roster = self
            for who in whose:
                roster = roster._with(who, SeatState.WAITING)
            return roster._offered()
        staying = tuple(place for place in self.places if place.who not in whose)
        return replace(self, places=staying)._offered()

    def resized(self, seats: int) -> "Roster":
        """The call has this many seats, never fewer than are taken."""
        return replace(self, seats=seats)._offered()

    def _offered(self) -> "Roster":
        """Each free seat is held for the next person in line, or theirs if they stand by."""
        roster = self
        for who in self._served[: max(self.seats - self.taken, 0)]:
            stands_by = self.state_of(who) is SeatState.STANDBY
            roster = roster._with(who, SeatState.CONFIRMED if stands_by else SeatState.OFFERED)
        return roster


def may_sign_up(actor: Actor, call: Joinable, mine: SeatState | None, now: datetime) -> Verdict:
    """`mine` is what this person has in this call already."""
    if not (going := _may_come(actor, call)):
        return going
    if leads(call, actor.id):
        return no(HOLDS_IT)
    if mine is not None:
        return no(ALREADY_IN)
    if now >= call.starts_at or call.state in BEGUN:
        return no(STARTED)
    opens_at = sign_up_opens_at(call.starts_at, call.opens_days)
    if opens_at is not None and now < opens_at:
        return no(NOT_OPEN_YET)
    return may_take_part(actor)


def may_stand_by(actor: Actor, call: Joinable, mine: SeatState | None, now: datetime) -> Verdict:
    """Whoever has no seat can come to the door shortly before, and until it is over."""
    if not (going := _may_come(actor, call)):
        return going
    if leads(call, actor.id):
        return no(HOLDS_IT)
    if mine not in (None, SeatState.WAITING):
        return no(ALREADY_IN)
    return may_take_part(actor) if now >= standby_opens_at(call.starts_at) else no(STANDBY_LATER)


def may_give_up(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    return _may_with(actor, call, mine is SeatState.CONFIRMED, NO_SEAT)


def may_still_come(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    """Say that a new time suits. Nobody has to: the seat stays theirs."""
    return _may_with(actor, call, mine is SeatState.CONFIRMED, NO_SEAT)


def may_take(actor: Actor, call: Held, offer: Offer | None, now: datetime) -> Verdict:
    """Until the offer ends, even if nobody has come by yet to end it."""
    return _may_answer(actor, call, offer, now) and may_take_part(actor)


def may_let_go(actor: Actor, call: Held, offer: Offer | None, now: datetime) -> Verdict:
    return _may_answer(actor, call, offer, now)


def may_keep_longer(actor: Actor, call: Held, offer: Offer | None, now: datetime) -> Verdict:
    """Once, and while it makes a difference."""
    is_longer = offer is not None and offer.longer > offer.until
    return _may_answer(actor, call, offer, now) and (YES if is_longer else no(HELD_LONGEST))


def _may_answer(actor: Actor, call: Held, offer: Offer | None, now: datetime) -> Verdict:
    is_over = offer is not None and now >= offer.until
    return _may_with(actor, call, offer is not None, NOT_OFFERED) and (
        no(OFFER_OVER) if is_over else YES
    )


def may_leave_line(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    return _may_with(actor, call, mine in IN_LINE, NOT_WAITING)


def may_show_card(actor: Actor, call: Held, mine: SeatState | None) -> Verdict:
    """To whoever holds the call, or no longer. The circle asks again, for everybody."""
    return _may_with(actor, call, mine is not None, NO_SEAT)


def may_have_seats(seats: int, taken: int, most: int) -> Verdict:
    """Never fewer than are taken, never more than the room carries."""
    if taken > most:
        return no(STAYS_A_GATHERING)
    if seats < taken:
        return no(SEATS_TAKEN)
    return YES if seats <= most else no(TOO_MANY_SEATS)


def may_be_there_as(listens: bool, call: Listened) -> Verdict:
    """Everybody may take a turn. Listening alone is for calls that welcome it."""
    return YES if call.listeners or not listens else no(NO_LISTENERS)


def may_choose_part(
    actor: Actor, call: ListenedTo, mine: SeatState | None, listens: bool
) -> Verdict:
    """To listen, or to take a turn after all: whoever has a seat or waits for one, until the
    circle begins. In the lobby everybody chooses again, for that day."""
    if not (choosing := _may_with(actor, call, mine is not None, NO_SEAT)):
        return choosing
    is_on = call.state in BEGUN
    return no(CHOSEN_IN_THE_CIRCLE) if is_on else may_be_there_as(listens, call)


def may_have_another(has: int, most: int | None) -> Verdict:
    """`has` is what somebody has in the group that week: seats, and places in lines. Whoever
    stands by at the door is never counted."""
    return no(WEEK_FULL) if most is not None and has >= most else YES


def state_at(
    mine: SeatState | None, until: datetime | None, starts_at: datetime, now: datetime
) -> SeatState | None:
    """What somebody has at this moment, when what is kept may still say that a seat is held."""
    if until is None or now < until:
        return mine
    return SeatState.WAITING if now >= standby_opens_at(starts_at) else None


def _may_come(actor: Actor, call: Held) -> Verdict:
    return may_see(actor, call) and Verdict(FINISHED.get(call.state))


def _may_with(actor: Actor, call: Held, has_it: bool, otherwise: Reason) -> Verdict:
    return _may_come(actor, call) and (YES if has_it else no(otherwise))


def who_was(
    roster: Roster, excused: frozenset[UUID], came: frozenset[UUID], out: frozenset[UUID]
) -> dict[UUID, Was]:
    """What is known of everybody when the call is over: who `came`, whoever was expected and
    didn’t, and who had said so. Nothing of those who were sent `out`."""
    known = dict.fromkeys(excused, Was.EXCUSED)
    known |= dict.fromkeys(roster.who(SeatState.CONFIRMED), Was.NOT_THERE)
    known |= dict.fromkeys(came, Was.ATTENDED)
    return {who: was for who, was in known.items() if who not in out}
