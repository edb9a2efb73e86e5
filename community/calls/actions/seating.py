"""What happens to the seats of a call and the line for them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from community.accounts.models import Account
from community.calls import attendance, queries
from community.calls.models import Call, HoldingAsk, Seat, Series, SeriesAsk
from community.calls.reminders import actions as reminding
from community.calls.rules.call import (
    BEGUN,
    UPCOMING,
    Format,
)
from community.calls.rules.letters import (
    InCalendar,
    OfferEnded,
    SeatAtTheDoor,
    SeatConfirmed,
    SeatOffered,
    without_seat,
)
from community.calls.rules.offers import held_until
from community.calls.rules.seats import (
    Place,
    Roster,
    SeatState,
    may_be_there_as,
    may_choose_part,
    may_give_up,
    may_have_another,
    may_keep_longer,
    may_leave_line,
    may_let_go,
    may_show_card,
    may_sign_up,
    may_stand_by,
    may_still_come,
    may_take,
)
from community.calls.rules.times import standby_opens_at
from community.calls.seats import queries as seat_queries
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import Verdict
from community.groups import queries as groups_queries
from community.notifications.actions import tell
from community.notifications.queries import Clocks, clocks_of
from community.notifications.rules import News


def sign_up(actor: Actor, call_id: UUID, *, listens: bool = False, now: datetime) -> SeatState:
    """A seat if one is free, or the last place in the line; which of the two it was."""
    call = locked(Call, call_id)
    before = as_of(call, now)
    may_sign_up(actor, call, before.state_of(actor.id), now).require()
    may_be_there_as(listens, call).require()
    _keep_to_the_week(actor, call)
    is_first = attendance.is_promised(call.group_id, actor.id)
    after = before.signed_up(actor.id, is_first=is_first, listens=listens)
    keep(call, before, after, now)
    attendance.no_longer_excused(call_id, actor.id)
    state = after.state_of(actor.id)
    assert state is not None
    return state


def stand_by(actor: Actor, call_id: UUID, *, now: datetime) -> SeatState:
    """Come to the door in case a seat opens; what they have then. One that is free is theirs."""
    call = locked(Call, call_id)
    before = as_of(call, now)
    may_stand_by(actor, call, before.state_of(actor.id), now).require()
    after = before.stood_by(actor.id)
    keep(call, before, after, now)
    attendance.no_longer_excused(call_id, actor.id)
    state = after.state_of(actor.id)
    assert state is not None
    return state


def take_seat(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Take the seat that is held."""
    call = locked(Call, call_id)
    may_take(actor, call, seat_queries.offer_of(actor.id, call), now).require()
    before = as_of(call, now)
    keep(call, before, before.took_it(actor.id), now)


def keep_longer(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Hold the seat once more for as long."""
    call = locked(Call, call_id)
    offer = seat_queries.offer_of(actor.id, call)
    may_keep_longer(actor, call, offer, now).require()
    assert offer is not None
    seat = queries.seats_of(call_id, [actor.id])[actor.id]
    seat.offered_until, seat.kept_longer = offer.longer, True
    db.session.flush()


def still_come(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """The new time of the call suits them, so that they aren’t asked again."""
    call = locked(Call, call_id)
    may_still_come(actor, call, queries.roster_of(call).state_of(actor.id)).require()
    queries.seats_of(call_id, [actor.id])[actor.id].changed_at = now
    db.session.flush()


def give_up_seat(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Not this time. The seat is offered to the first person waiting. Whoever says so before it
    begins is first in line next time, so that nobody holds on to a seat on a bad day."""
    call = _leave(actor, call_id, may_give_up, now)
    attendance.excuse(call, actor.id, now=now)
    if call.state not in BEGUN:
        attendance.promise_first_place(call.group_id, actor.id)


def let_go(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Let the held seat go to the next person waiting."""
    call = locked(Call, call_id)
    may_let_go(actor, call, seat_queries.offer_of(actor.id, call), now).require()
    before = as_of(call, now)
    keep(call, before, before.left(actor.id), now)


def end_offers(call_id: UUID, *, now: datetime) -> None:
    """It is time: each seat that was held until now goes to the next in line. Once, however many
    come by to do it."""
    as_of(locked(Call, call_id), now)


def leave_line(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Wait no longer."""
    _leave(actor, call_id, may_leave_line, now)


def show_card(actor: Actor, call_id: UUID, *, shows: bool) -> None:
    """Let whoever holds the call read my access card beforehand, or no longer."""
    call = locked(Call, call_id)
    may_show_card(actor, call, queries.roster_of(call).state_of(actor.id)).require()
    queries.seats_of(call_id, [actor.id])[actor.id].shows_card = shows
    db.session.flush()


def choose_part(actor: Actor, call_id: UUID, *, listens: bool) -> None:
    """Come to listen, or take a turn after all. The seat and the place in the line stay theirs."""
    call = locked(Call, call_id)
    may_choose_part(actor, call, queries.roster_of(call).state_of(actor.id), listens).require()
    queries.seats_of(call_id, [actor.id])[actor.id].listens = listens
    db.session.flush()


def release_seats(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Let go of everything this person holds or waits for in a group’s calls to come.

    Before they leave the group: afterwards they can’t see those calls, and a seat that nobody can
    give up would block the line.
    """
    release_seats_until(actor, group_id, None, now=now)
    here = select(Call.id).where(Call.group_id == group_id)
    db.session.execute(  # whoever holds a call together with them goes on holding it
        update(Call)
        .where(
            Call.id.in_(here),
            Call.state.in_(UPCOMING),
            Call.facilitator_id == actor.id,
            Call.co_facilitator_id.is_not(None),
        )
        .values(facilitator_id=Call.co_facilitator_id, co_facilitator_id=None)
    )
    db.session.execute(
        update(Call)
        .where(Call.id.in_(here), Call.co_facilitator_id == actor.id)
        .values(co_facilitator_id=None)
    )
    db.session.execute(
        delete(HoldingAsk).where(HoldingAsk.call_id.in_(here), HoldingAsk.account_id == actor.id)
    )
    series = select(Series.id).where(Series.group_id == group_id)
    db.session.execute(
        delete(SeriesAsk).where(SeriesAsk.series_id.in_(series), SeriesAsk.account_id == actor.id)
    )


def release_seats_until(
    actor: Actor, group_id: UUID, until: datetime | None, *, now: datetime
) -> None:
    """Let go of their seats, and places in line, in a group’s calls that begin before this. What
    they hold for others stays theirs."""
    for call_id in queries.held_in(actor, group_id, until):
        call = locked(Call, call_id)
        before = as_of(call, now)
        keep(call, before, before.left(actor.id), now)


def _leave(
    actor: Actor,
    call_id: UUID,
    may: Callable[[Actor, Call, SeatState | None], Verdict],
    now: datetime,
) -> Call:
    call = locked(Call, call_id)
    before = as_of(call, now)
    may(actor, call, before.state_of(actor.id)).require()
    keep(call, before, before.left(actor.id), now)
    return call


def _keep_to_the_week(actor: Actor, call: Call) -> None:
    """Where a group has a limit, somebody who signs up for two calls at once does so one after
    the other."""
    if (most := groups_queries.weekly_seats(call.group_id)) is not None:
        locked(Account, actor.id)
        may_have_another(seat_queries.places_in_week_of(actor, call), most).require()


def as_of(call: Call, now: datetime) -> Roster:
    """The seats of a locked call as they are at this moment: what was held until now is not held
    any more, and the line has moved on. Every step begins with this, whether or not the job has
    come by."""
    before = _roster_at(call, now)
    over = seat_queries.offers_over(call.id, now)
    if not over:
        return before
    after = before.unanswered(over)
    keep(call, before, after, now)
    ended = OfferEnded(call.id, call.title, call.starts_at, can_stand_by=after.at_the_door)
    for who in over:
        tell(who, ended, about=News.CALLS, now=now, in_time_for=call.starts_at)
    return after


def held_anew(call: Call, now: datetime) -> Roster:
    """A locked call has another time: whoever was offered a seat has as long as anybody who is
    offered one now, and nobody is at its door."""
    before = queries.roster_of(call)
    offered, at_the_door = map(before.who, (SeatState.OFFERED, SeatState.STANDBY))
    seats, nights = queries.seats_of(call.id, [*offered, *at_the_door]), clocks_of(offered)
    for who in offered:
        _hold(seats[who], call, nights[who], now)
    for who in at_the_door:
        seats[who].state = SeatState.WAITING
    db.session.flush()
    return _roster_at(call, now)


def _roster_at(call: Call, now: datetime) -> Roster:
    is_open = now >= standby_opens_at(call.starts_at)
    return replace(queries.roster_of(call), at_the_door=is_open)


def keep(call: Call, before: Roster, after: Roster, now: datetime) -> None:
    """Store what changed between two rosters, and write to whoever got a seat or an offer.

    The count is changed by what changed, not set: if ever two people got here at once, the
    database would say no by `never_oversold` or by the places of the line.
    """
    had = {place.who: place for place in before.places}
    has = {place.who: place for place in after.places}
    changed = [who for who in had | has if had.get(who) != has.get(who)]
    seats = queries.seats_of(call.id, changed)
    offered, confirmed = (
        set(changed) & set(after.who(state)) for state in (SeatState.OFFERED, SeatState.CONFIRMED)
    )
    nights = clocks_of(offered)
    for who in changed:
        seat = seats.get(who) or Seat(call_id=call.id, account_id=who)
        place = has.get(who)
        if place is None:
            seat.state = SeatState.RELEASED
            seat.shows_card = seat.is_first = seat.listens = False
        else:
            seat.state, seat.place, seat.is_first = place.state, place.number, place.is_first
            seat.listens = place.listens
        seat.changed_at, seat.offered_until, seat.kept_longer = now, None, False
        if who in offered:
            _hold(seat, call, nights[who], now)
        elif who in confirmed:
            _confirm(seat, call, now)
        db.session.add(seat)
    call.line_end = after.end
    if after.taken != before.taken:
        call.taken = Call.taken + (after.taken - before.taken)
    db.session.flush()
    if confirmed:
        reminding.arm(call, confirmed, now=now)
    if after.at_the_door and after.taken < after.seats and now < call.starts_at:
        _call_to_the_door(call, before, after, now)


def _call_to_the_door(call: Call, before: Roster, after: Roster, now: datetime) -> None:
    """A seat is free that is held for nobody: whoever has waited for one hears of it, once."""
    free = SeatAtTheDoor(call.id, call.title, call.starts_at)
    for who in after.who(SeatState.WAITING):
        if before.state_of(who) is SeatState.WAITING:
            tell(
                who,
                free,
                about=News.CALLS,
                now=now,
                once=f"door:{call.id}:{who}:{call.starts_at.isoformat()}",
                in_time_for=call.starts_at,
                until=call.starts_at,
            )


def _confirm(seat: Seat, call: Call, now: datetime) -> None:
    """The seat is theirs, and if they were to be first next time, this was it."""
    attendance.keep_promise(call.group_id, seat.account_id)
    theirs = (InCalendar.of(call),)
    gathers = call.format is Format.GATHERING
    confirmed = SeatConfirmed(call.id, call.title, call.starts_at, call.minutes, theirs, gathers)
    tell(seat.account_id, confirmed, about=News.CALLS, now=now, in_time_for=call.starts_at)


def _hold(seat: Seat, call: Call, night: Clocks, now: datetime) -> None:
    """Begin to hold this seat for them, and say until when."""
    until = held_until(now, call.starts_at, night.zone, night.quiet)
    seat.changed_at, seat.offered_until, seat.kept_longer = now, until, False
    offered = SeatOffered(call.id, call.title, call.starts_at, call.minutes, until)
    tell(seat.account_id, offered, about=News.CALLS, now=now, in_time_for=until)


def fitting(place: Place, letter: Any) -> Any:
    """A letter to everybody who signed up, for this one of them."""
    return letter if place.state is SeatState.CONFIRMED else without_seat(letter)
