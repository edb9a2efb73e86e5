"""What happens to calls and seats: lock the call, ask the rule, change rows, write letters."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from community.calls import queries, rules
from community.calls.models import Call, Seat
from community.calls.rules import (
    CallCancelled,
    CallMoved,
    CallState,
    Plan,
    Roster,
    SeatConfirmed,
    SeatOffered,
    SeatState,
)
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import Verdict
from community.notifications.actions import tell


def schedule_call(actor: Actor, group_id: UUID, plan: Plan, *, now: datetime) -> UUID:
    """A new call in this group, held by whoever schedules it."""
    rules.may_schedule(actor, group_id).require()
    rules.may_be_at(plan.starts_at, now).require()
    call = Call(
        group_id=group_id,
        facilitator_id=actor.id,
        zone=actor.zone,
        starts_at=plan.starts_at,
        seats=plan.seats,
        created_at=now,
    )
    _put_words(call, plan)
    db.session.add(call)
    db.session.flush()
    return call.id


def edit_call(actor: Actor, call_id: UUID, plan: Plan, *, now: datetime) -> None:
    """The call as the plan says. A new time is told to everybody; new seats go to the line."""
    call = locked(Call, call_id)
    roster = queries.roster_of(call)
    rules.may_edit(actor, call).require()
    rules.may_have_seats(plan.seats, roster).require()
    _put_words(call, plan)
    if plan.starts_at != call.starts_at:
        rules.may_be_at(plan.starts_at, now).require()
        moved = CallMoved(call.id, call.title, was_at=call.starts_at, starts_at=plan.starts_at)
        call.starts_at = plan.starts_at
        call.sequence += 1
        _tell_everybody(roster, moved, now)
    call.seats = plan.seats
    _keep(call, roster, roster.resized(plan.seats), now)


def cancel_call(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """The call won't happen. Everybody who signed up is told."""
    call = locked(Call, call_id)
    rules.may_cancel(actor, call).require()
    call.state = CallState.CANCELLED
    _tell_everybody(queries.roster_of(call), CallCancelled(call.title, call.starts_at), now)


def move_to(call_id: UUID, state: CallState) -> None:
    """The room moves its call: to the lobby, live, ended."""
    call = locked(Call, call_id)
    rules.may_move_to(call, state).require()
    call.state = state


def sign_up(actor: Actor, call_id: UUID, *, now: datetime) -> SeatState:
    """A seat if one is free, or the last place in the line; which of the two it was."""
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    rules.may_sign_up(actor, call, before.state_of(actor.id), now).require()
    after = before.signed_up(actor.id)
    _keep(call, before, after, now)
    state = after.state_of(actor.id)
    assert state is not None
    return state


def take_seat(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Take the seat that is held."""
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    rules.may_take(actor, call, before.state_of(actor.id)).require()
    _keep(call, before, before.took_it(actor.id), now)


def give_up_seat(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Not this time. The seat is offered to the first person waiting."""
    _leave(actor, call_id, rules.may_give_up, now)


def let_go(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Let the held seat go to the next person waiting."""
    _leave(actor, call_id, rules.may_let_go, now)


def leave_line(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Wait no longer."""
    _leave(actor, call_id, rules.may_leave_line, now)


def release_seats(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Let go of everything this person holds or waits for in a group’s calls to come.

    Before they leave the group: afterwards they can’t see those calls, and a seat that nobody can
    give up would block the line.
    """
    for call_id in queries.held_in(actor, group_id):
        call = locked(Call, call_id)
        before = queries.roster_of(call)
        _keep(call, before, before.left(actor.id), now)


def _leave(
    actor: Actor,
    call_id: UUID,
    may: Callable[[Actor, Call, SeatState | None], Verdict],
    now: datetime,
) -> None:
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    may(actor, call, before.state_of(actor.id)).require()
    _keep(call, before, before.left(actor.id), now)


def _keep(call: Call, before: Roster, after: Roster, now: datetime) -> None:
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
        else:
            seat.state, seat.place = place.state, place.number
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
        tell(account_id, letter(call.id, call.title, call.starts_at, call.minutes), now=now)


def _tell_everybody(roster: Roster, letter: Any, now: datetime) -> None:
    for place in roster.places:
        tell(place.who, letter, now=now)


def _put_words(call: Call, plan: Plan) -> None:
    call.title = plan.title
    call.topic = plan.topic
    call.about = plan.about
    call.happens = plan.happens
    call.guide = plan.guide
    call.minutes = plan.minutes
