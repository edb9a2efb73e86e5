"""What happens to the seats of a call and the line for them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from community.calls import attendance, queries
from community.calls.models import Call, HoldingAsk, Seat
from community.calls.rules.call import (
    UPCOMING,
)
from community.calls.rules.letters import (
    SeatConfirmed,
    SeatOffered,
)
from community.calls.rules.seats import (
    Roster,
    SeatState,
    may_give_up,
    may_leave_line,
    may_let_go,
    may_show_card,
    may_sign_up,
    may_stand_by,
    may_take,
)
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import Verdict
from community.notifications.actions import tell
from community.notifications.rules import News


def sign_up(actor: Actor, call_id: UUID, *, now: datetime) -> SeatState:
    """A seat if one is free, or the last place in the line; which of the two it was."""
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    may_sign_up(actor, call, before.state_of(actor.id), now).require()
    is_first = attendance.is_promised(call.group_id, actor.id)
    after = before.signed_up(actor.id, is_first=is_first)
    keep(call, before, after, now)
    attendance.no_longer_excused(call_id, actor.id)
    state = after.state_of(actor.id)
    assert state is not None
    return state


def stand_by(actor: Actor, call_id: UUID, *, now: datetime) -> SeatState:
    """Come to the door in case a seat opens; what they have then. One that is free is theirs."""
    call = locked(Call, call_id)
    before = queries.roster_of(call)
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
    before = queries.roster_of(call)
    may_take(actor, call, before.state_of(actor.id)).require()
    keep(call, before, before.took_it(actor.id), now)


def give_up_seat(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Not this time. The seat is offered to the first person waiting."""
    attendance.excuse(_leave(actor, call_id, may_give_up, now), actor.id, now=now)


def let_go(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Let the held seat go to the next person waiting."""
    _leave(actor, call_id, may_let_go, now)


def leave_line(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Wait no longer."""
    _leave(actor, call_id, may_leave_line, now)


def show_card(actor: Actor, call_id: UUID, *, shows: bool) -> None:
    """Let whoever holds the call read my access card beforehand, or no longer."""
    call = locked(Call, call_id)
    may_show_card(actor, call, queries.roster_of(call).state_of(actor.id)).require()
    queries.seats_of(call_id, [actor.id])[actor.id].shows_card = shows
    db.session.flush()


def release_seats(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Let go of everything this person holds or waits for in a group’s calls to come.

    Before they leave the group: afterwards they can’t see those calls, and a seat that nobody can
    give up would block the line.
    """
    for call_id in queries.held_in(actor, group_id):
        call = locked(Call, call_id)
        before = queries.roster_of(call)
        keep(call, before, before.left(actor.id), now)
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


def _leave(
    actor: Actor,
    call_id: UUID,
    may: Callable[[Actor, Call, SeatState | None], Verdict],
    now: datetime,
) -> Call:
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    may(actor, call, before.state_of(actor.id)).require()
    keep(call, before, before.left(actor.id), now)
    return call


def keep(call: Call, before: Roster, after: Roster, now: datetime) -> None:
    """Store what changed between two rosters, and write to whoever got a seat or an offer.

    The count is changed by what changed, not set: if ever two people got here at once, the
    database would say no by `never_oversold` or by the places of the line.
    """
    had = {place.who: place for place in before.places}
    has = {place.who: place for place in after.places}
    changed = [who for who in had | has if had.get(who) != has.get(who)]
    seats = queries.seats_of(call.id, changed)
    for who in changed:
        seat = seats.get(who) or Seat(call_id=call.id, account_id=who)
        place = has.get(who)
        if place is None:
            seat.state = SeatState.RELEASED
            seat.shows_card = seat.is_first = False
        else:
            seat.state, seat.place, seat.is_first = place.state, place.number, place.is_first
            if place.is_first and place.state is SeatState.CONFIRMED:
                attendance.keep_promise(call.group_id, who)
            _write_to(place.who, place.state, call, now)
        seat.changed_at = now
        db.session.add(seat)
    call.line_end = after.end
    if after.taken != before.taken:
        call.taken = Call.taken + (after.taken - before.taken)
    db.session.flush()


def _write_to(account_id: UUID, state: SeatState, call: Call, now: datetime) -> None:
    letters = {SeatState.CONFIRMED: SeatConfirmed, SeatState.OFFERED: SeatOffered}
    if letter := letters.get(state):
        seat = letter(call.id, call.title, call.starts_at, call.minutes)
        tell(account_id, seat, about=News.CALLS, now=now)


def tell_everybody(roster: Roster, letter: Any, now: datetime, about: News | None = None) -> None:
    for place in roster.places:
        tell(place.who, letter, about=about, now=now)
