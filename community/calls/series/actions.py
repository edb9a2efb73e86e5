"""What happens to calls that come again.

Whoever changes a series locks it first, then its calls in the order of their keys, so that the job
that makes its dates and everybody who signs up meanwhile wait, and nobody for somebody who waits.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import update

from community.calls.actions import changing, seating
from community.calls.models import Call, Series, SeriesAsk
from community.calls.rules.call import (
    CallState,
    Plan,
    may_cancel,
    may_edit,
    most_seats,
)
from community.calls.rules.seats import Roster, may_have_seats
from community.calls.rules.series import (
    Every,
    Rhythm,
    Scope,
    at_another_pace,
    changed,
    may_all_begin,
    may_change,
    may_change_pace,
    may_skip,
    moved_days,
)
from community.calls.rules.times import may_be_at
from community.calls.series import queries as series_queries
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import NOT_FOUND, STALE, Refused

A_DAY = timedelta(days=1)


def schedule(
    actor: Actor,
    group_id: UUID,
    plan: Plan,
    rhythm: Rhythm,
    *,
    as_draft: bool = False,
    now: datetime,
) -> UUID:
    """Calls that come again, held by whoever schedules them: those of the next weeks, and the
    others in time. As a draft, the first alone, and only they see it. The key of the first."""
    series = _begin(group_id, actor.id, plan, rhythm)
    if as_draft:
        return _make(series, rhythm.first, CallState.DRAFT, now).id
    return make_ahead(series, now)[0].id


def make_dates(series_id: UUID, *, now: datetime) -> None:
    """It is time: the calls that aren’t far ahead any more. Made once, whoever comes by."""
    with suppress(Refused):  # it was changed meanwhile, and another goes on for it
        make_ahead(locked(Series, series_id), now)


def lock_of(call_id: UUID) -> Series | None:
    """The series of this call, locked before its call is, if it comes again."""
    call = db.session.get(Call, call_id)
    return locked(Series, call.series_id) if call and call.series_id else None


def change(actor: Actor, call_id: UUID, plan: Plan, scope: Scope, *, now: datetime) -> None:
    """This call and those of its series that the scope names, as the plan says.

    The series ends before the first of them, and another begins with it; the calls stay the same
    calls, with their seats and lines. What was changed apart, or cancelled, stays as it is. Where
    more seats are taken than planned, that many stay. A series that nobody keeps any more is kept
    by whoever changes it.
    """
    series, calls = _held(call_id, scope, now)
    call = next(each for each in calls if each.id == call_id)
    may_change(actor, series).require()
    may_edit(actor, call).require()
    may_be_at(plan.starts_at, now).require()
    rosters = {each.id: seating.as_of(each, now) for each in calls}
    may_have_seats(plan.seats, rosters[call_id].taken, _most(plan, call)).require()
    again = _move_over(series, calls, call, plan, actor)
    call.is_own = False
    alike = [each for each in calls if _is_to_come(each, now) and not each.is_own]
    seats = {each.id: _seats(each, rosters[each.id], plan) for each in alike}
    begins = {each.id: again.rhythm.begins(_slot(each)) for each in alike}
    may_all_begin(list(begins.values()), now).require()
    changes = [
        told
        for each in alike
        for told in changing.change(
            each,
            rosters[each.id],
            plan,
            begins[each.id],
            seats[each.id],
            now,
        )
    ]
    changing.tell_moved(changes, now)
    make_ahead(again, now)


def cancel(actor: Actor, call_id: UUID, scope: Scope, *, now: datetime) -> None:
    """This call and those of its series that the scope names won’t happen, and none comes after
    them. Everybody who signed up is told once."""
    series, calls = _held(call_id, scope, now)
    call = next(each for each in calls if each.id == call_id)
    may_change(actor, series).require()
    may_cancel(actor, call).require()
    series.last = _slot(calls[0]) - A_DAY
    off = [each for each in calls if each is call or _is_to_come(each, now)]
    changing.tell_cancelled([changing.cancel(each, now) for each in off], now)
    db.session.flush()


def change_pace(actor: Actor, series_id: UUID, every: Every, since: date, *, now: datetime) -> UUID:
    """From the call of this day on it comes more or less often; the key of the series that goes
    on. Calls to come whose day the new rhythm has too stay, with their seats and lines; the others
    won’t happen, and everybody who signed up for them is told once."""
    series = locked(Series, series_id)
    may_change(actor, series).require()
    calls = [locked(Call, each) for each in series_queries.calls_since(series_id, since)]
    to_come = [each for each in calls if _is_to_come(each, now)]
    if since not in map(_slot, to_come):
        raise Refused(STALE)  # it was changed meanwhile
    may_change_pace(series.rhythm, every, since).require()
    new = at_another_pace(series.rhythm, every, since)
    days = set(new.days(since, max(map(_slot, calls))))
    slots = {each.id: _slot(each) for each in calls if _slot(each) in days}
    going = [changing.cancel(each, now) for each in to_come if each.id not in slots]
    staying = [each for each in calls if each.id in slots]
    again = _go_on(series, since, new, series, staying, slots, actor)
    changing.tell_cancelled(going, now)
    make_ahead(again, now)
    return again.id


def skip(actor: Actor, series_id: UUID, day: date, *, now: datetime) -> None:
    """No call on this day of the series. Nobody can have signed up: it isn’t there yet."""
    series = locked(Series, series_id)
    may_skip(actor, series, series.rhythm, day, series_queries.made(series_id)).require()
    _make(series, day, CallState.CANCELLED, now)


def end(actor: Actor, series_id: UUID, *, now: datetime) -> None:
    """The calls that are there stay, and no more are made."""
    series = locked(Series, series_id)
    may_change(actor, series).require()
    series.last = max(series_queries.made(series_id))
    db.session.flush()


def _held(call_id: UUID, scope: Scope, now: datetime) -> tuple[Series, list[Call]]:
    """The series of this call, and its calls from where this scope begins on: all locked."""
    before = db.session.get(Call, call_id)
    series = lock_of(call_id)
    if before is None or before.slot is None or series is None:
        raise Refused(NOT_FOUND)
    since = series_queries.begins_with(series.id, before.slot, scope, now=now)
    calls = [locked(Call, each) for each in series_queries.calls_since(series.id, since)]
    if call_id not in {each.id for each in calls}:
        raise Refused(STALE)  # somebody changed the series while we waited for it
    return series, sorted(calls, key=_slot)


def _move_over(series: Series, calls: list[Call], call: Call, plan: Plan, actor: Actor) -> Series:
    """These calls belong to another series from now on, in which this one comes when it is
    planned, and the others at the same distance."""
    old, since = series.rhythm, _slot(calls[0])
    there = plan.starts_at.astimezone(ZoneInfo(old.zone)).replace(tzinfo=None)
    new = changed(old, since, _slot(call), there)
    now_on = moved_days(old, new, since, _slot(calls[-1]))
    slots = {each.id: now_on[_slot(each)] for each in calls}
    return _go_on(series, since, new, plan, calls, slots, actor)


def _go_on(
    series: Series,
    since: date,
    rhythm: Rhythm,
    plan: Plan | Series,
    calls: Iterable[Call],
    slots: Mapping[UUID, date],
    actor: Actor,
) -> Series:
    """The series ends before this day, and another goes on, with these calls on these days of it.
    One that nobody keeps any more is kept by whoever changes it."""
    keeper_id = series.facilitator_id if series_queries.is_kept(series.id) else actor.id
    again = _begin(series.group_id, keeper_id, plan, rhythm)
    for each in calls:
        each.series_id, each.slot = again.id, slots[each.id]
    db.session.flush()
    db.session.execute(  # whoever is asked to keep it is asked about what goes on
        update(SeriesAsk).where(SeriesAsk.series_id == series.id).values(series_id=again.id)
    )
    if series_queries.made(series.id):
        series.last = since - A_DAY
    else:
        db.session.delete(series)
    db.session.flush()
    return again


def _begin(group_id: UUID, keeper_id: UUID | None, plan: Plan | Series, rhythm: Rhythm) -> Series:
    series = Series(
        group_id=group_id,
        facilitator_id=keeper_id,
        every=rhythm.every,
        first=rhythm.first,
        last=rhythm.last,
        hour=rhythm.hour,
        zone=rhythm.zone,
        **changing.planned(plan),
    )
    db.session.add(series)
    db.session.flush()
    return series


def make_ahead(series: Series, now: datetime) -> list[Call]:
    """The calls of a series that are missing. Before its draft is published, none is."""
    made = series_queries.made(series.id)
    if CallState.DRAFT in made.values():
        return []
    days = series.rhythm.to_make(made, now)
    return [_make(series, day, CallState.OPEN, now) for day in days]


def _make(series: Series, day: date, state: CallState, now: datetime) -> Call:
    return changing.begin(
        changing.planned(series),
        group_id=series.group_id,
        facilitator_id=series.facilitator_id,
        series_id=series.id,
        slot=day,
        starts_at=series.rhythm.begins(day),
        zone=series.zone,
        state=state,
        now=now,
    )


def _is_to_come(call: Call, now: datetime) -> bool:
    return call.state in series_queries.CHANGEABLE and call.starts_at > now


def _seats(call: Call, roster: Roster, plan: Plan) -> int:
    """As many as planned, but for those that are taken, and the room for who holds it."""
    most = _most(plan, call)
    seats = max(roster.taken, min(plan.seats, most))
    may_have_seats(seats, roster.taken, most).require()
    return seats


def _most(plan: Plan, call: Call) -> int:
    return most_seats(plan.format, for_two=call.co_facilitator_id is not None)


def _slot(call: Call) -> date:
    assert call.slot is not None
    return call.slot
