"""What a change does to a locked call, alone or of a series. Whoever asks for it has been asked
already whether they may."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from community.calls import queries
from community.calls.actions import seating
from community.calls.models import Call, Planned
from community.calls.reminders import actions as reminding
from community.calls.rules.call import CallState, Plan
from community.calls.rules.letters import (
    CallCancelled,
    CallMoved,
    CallsCancelled,
    CallsChangedHands,
    CallsMoved,
    FacilitatorChanged,
    InCalendar,
)
from community.calls.rules.seats import Place, Roster, SeatState
from community.core.db import db
from community.notifications.actions import tell
from community.notifications.rules import News


@dataclass(frozen=True, slots=True)
class Changed:
    """A call has another time, won’t happen or is held by somebody else, and these signed up for
    it before."""

    call: Call
    was_at: datetime
    roster: Roster


def planned(by: Planned | Plan) -> dict[str, Any]:
    """What a plan says, but for when: as a call, a template and a series have it."""
    return {name: getattr(by, name) for name in Planned.__annotations__}


def begin(
    words: dict[str, Any],
    *,
    group_id: UUID,
    facilitator_id: UUID | None,
    starts_at: datetime,
    zone: str,
    state: CallState,
    now: datetime,
    **of_series: Any,
) -> Call:
    """A new call. Once people can sign up, whoever holds it is reminded of it."""
    call = Call(
        group_id=group_id,
        facilitator_id=facilitator_id,
        starts_at=starts_at,
        zone=zone,
        state=state,
        timed_at=now,
        **words,
        **of_series,
    )
    db.session.add(call)
    db.session.flush()
    if state is CallState.OPEN:
        reminding.arm_holders(call, now=now)
    return call


def put_words(row: Planned, plan: Plan) -> None:
    """Everything that nobody’s seat depends on."""
    for name, value in planned(plan).items():
        if name != "seats":
            setattr(row, name, value)


def change(
    call: Call, roster: Roster, plan: Plan, starts_at: datetime, seats: int, now: datetime
) -> Sequence[Changed]:
    """The call as planned, with these seats, at this time. A new time is told apart, so that
    nobody gets a letter for each of many calls."""
    was_at, was_long = call.starts_at, call.minutes
    put_words(call, plan)
    to_tell = []
    if (starts_at, plan.minutes) != (was_at, was_long):
        call.starts_at = starts_at
        _time_anew(call, now)
    if starts_at != was_at:
        call.moved_at = now
        to_tell.append(Changed(call, was_at, roster))
        reminding.arm_everybody(call, roster, now=now)
        roster = seating.held_anew(call, now)
    call.seats = seats
    seating.keep(call, roster, roster.resized(seats), now)
    return to_tell


def cancel(call: Call, now: datetime) -> Changed:
    """The call won’t happen. That is told apart."""
    call.state = CallState.CANCELLED
    _time_anew(call, now)
    return Changed(call, call.starts_at, queries.roster_of(call))


def tell_moved(changes: Sequence[Changed], now: datetime) -> None:
    """To everybody who signed up, each in one letter."""
    for who, theirs in _of_each(changes).items():
        was_at = tuple(one.was_at for _, one in theirs)
        starts_at = tuple(one.call.starts_at for _, one in theirs)
        place, first = theirs[0]
        several = CallsMoved(first.call.title, was_at, starts_at, _in_calendar(theirs))
        letter = several if len(theirs) > 1 else seating.fitting(place, _moved(first))
        before = min(was_at + starts_at)
        tell(who, letter, about=News.CALLS, now=now, in_time_for=before)


def tell_cancelled(changes: Sequence[Changed], now: datetime) -> None:
    """To everybody who signed up, each in one letter."""
    for who, theirs in _of_each(changes).items():
        starts_at = tuple(one.was_at for _, one in theirs)
        place, first = theirs[0]
        several = CallsCancelled(first.call.title, starts_at, _in_calendar(theirs))
        letter = several if len(theirs) > 1 else seating.fitting(place, _cancelled(first.call))
        tell(who, letter, now=now, in_time_for=starts_at[0])


def tell_given(changes: Sequence[Changed], name: str, now: datetime) -> None:
    """That the person of this name holds them now: to everybody who signed up, in one letter."""
    for who, theirs in _of_each(changes).items():
        starts_at = tuple(one.was_at for _, one in theirs)
        call = theirs[0][1].call
        several = CallsChangedHands(call.title, starts_at, name)
        single = FacilitatorChanged(call.id, call.title, call.starts_at, name)
        letter = several if len(theirs) > 1 else single
        tell(who, letter, about=News.CALLS, now=now, in_time_for=starts_at[0])


def _of_each(changes: Sequence[Changed]) -> dict[UUID, list[tuple[Place, Changed]]]:
    """By person: what of this is theirs, the earliest first."""
    theirs = defaultdict(list)
    for one in sorted(changes, key=lambda each: each.was_at):
        for place in one.roster.places:
            theirs[place.who].append((place, one))
    return theirs


def _in_calendar(theirs: Sequence[tuple[Place, Changed]]) -> tuple[InCalendar, ...]:
    """Of these calls, those in which this person has a seat."""
    seats = (one.call for place, one in theirs if place.state is SeatState.CONFIRMED)
    return tuple(InCalendar.of(call) for call in seats)


def _moved(one: Changed) -> CallMoved:
    call = one.call
    theirs = (InCalendar.of(call),)
    return CallMoved(call.id, call.title, one.was_at, call.starts_at, theirs)


def _cancelled(call: Call) -> CallCancelled:
    return CallCancelled(call.title, call.starts_at, (InCalendar.of(call),))


def _time_anew(call: Call, now: datetime) -> None:
    """Whatever a calendar knows about it is older than this."""
    call.sequence += 1
    call.timed_at = now
