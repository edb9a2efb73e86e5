"""What there is about calls that come again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from community.accounts.models import Account
from community.calls.models import Call, Seat, Series, SeriesAsk
from community.calls.queries import CallPage
from community.calls.rules.call import CallState, Plan
from community.calls.rules.clashes import Ahead, to_be
from community.calls.rules.seats import IN_LINE, SeatState
from community.calls.rules.series import (
    Every,
    Rhythm,
    Scope,
    at_another_pace,
    changed,
    may_all_begin,
    may_change,
    moved_days,
)
from community.core.actor import Actor, Standing
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused, Verdict
from community.groups.models import Group, Membership
from community.groups.queries import Member, facilitators

LATER = 4
NEXT = 3
CHANGEABLE = (CallState.DRAFT, CallState.OPEN)


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """Calls that come again, on a page or in a list."""

    id: UUID
    group_id: UUID
    group_name: str
    facilitator_id: UUID | None
    facilitator: str | None  # their name
    title: str
    minutes: int
    is_kept: bool  # by somebody who facilitates in the group; otherwise no dates are added
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Date:
    """One call of a series, to come or cancelled."""

    call_id: UUID
    slot: date
    starts_at: datetime
    state: CallState
    seats: int
    taken: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked to keep a series, and hasn’t answered."""

    account_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Again:
    """How a call comes again, on its own page."""

    series: SeriesPage
    dates: Sequence[datetime]  # the next ones, as far as they are there
    is_last: bool
    changing: Verdict  # the series


@dataclass(frozen=True, slots=True)
class Reach:
    """Which calls of a series a change is for, and how many people signed up for them."""

    calls: Sequence[tuple[date, Ahead]]  # with their day in the series
    people: int


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a call, or of a series and its calls, before it is done."""

    rhythm: Rhythm | None  # of a series
    moves: Sequence[tuple[Ahead, Ahead]]  # as they are, as they would be
    people: int

    @property
    def has_new_times(self) -> bool:
        return any(was.starts_at != call.starts_at for was, call in self.moves)

    @property
    def timed_anew(self) -> Sequence[Ahead]:
        """Calls that would be on at another time, or longer or shorter."""
        return [call for was, call in self.moves if call != was]

    def may_be(self, now: datetime) -> Verdict:
        return may_all_begin([call.starts_at for _, call in self.moves], now)


@dataclass(frozen=True, slots=True)
class Paced:
    """What becomes of a series that comes more or less often, before it does."""

    rhythm: Rhythm
    staying: Sequence[Ahead]
    going: Sequence[Ahead]  # these won’t happen
    people: int  # who signed up for those
    added: Sequence[Ahead]  # as far as they are there to sign up for at once


def series_for(actor: Actor, series_id: UUID) -> SeriesPage:
    """One series of a group this person belongs to, or `Refused(NOT_FOUND)`."""
    found = _pages(Series.id == series_id, Series.group_id.in_(actor.groups))
    if not found:
        raise Refused(NOT_FOUND)
    return found[0]


def kept_by(actor: Actor, *, now: datetime) -> Sequence[SeriesPage]:
    """The series that this person keeps and that haven’t ended."""
    return _pages(Series.facilitator_id == actor.id, _goes_on(now))


def asked_of(actor: Actor, *, now: datetime) -> Sequence[SeriesPage]:
    """The series that this person is asked to keep from now on."""
    theirs = select(SeriesAsk.series_id).where(SeriesAsk.account_id == actor.id)
    return _pages(Series.id.in_(theirs), Series.group_id.in_(actor.groups), _goes_on(now))


def asked_for(series_id: UUID) -> Asked | None:
    """Who is asked to keep this series, if anybody is."""
    row = db.session.execute(
        select(SeriesAsk.account_id, Account.name)
        .join(Account, Account.id == SeriesAsk.account_id)
        .where(SeriesAsk.series_id == series_id)
    ).one_or_none()
    return Asked(*row) if row else None


def who_can_keep(series: SeriesPage) -> Sequence[Member]:
    """Who else facilitates in the group."""
    return [one for one in facilitators(series.group_id) if one.id != series.facilitator_id]


def open_calls(series_id: UUID, *, now: datetime) -> Sequence[UUID]:
    """The calls of a series to come that people can sign up for, as they are locked."""
    return db.session.scalars(
        select(Call.id)
        .where(Call.series_id == series_id, Call.state == CallState.OPEN, Call.starts_at > now)
        .order_by(Call.id)
    ).all()


def is_kept(series_id: UUID) -> bool:
    """Whether somebody keeps this series who may."""
    return bool(db.session.scalar(select(_is_kept()).where(Series.id == series_id)))


def made(series_id: UUID) -> dict[date, CallState]:
    """The days for which this series has a call, whatever became of it."""
    rows = db.session.execute(select(Call.slot, Call.state).where(Call.series_id == series_id))
    return {slot: state for slot, state in rows if slot is not None}


def dates_of(series_id: UUID, *, now: datetime) -> Sequence[Date]:
    """The calls of a series that are to come, and those that were cancelled."""
    waiting = (
        select(func.count())
        .where(Seat.call_id == Call.id, Seat.state.in_(IN_LINE))
        .correlate(Call)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Call.id.label("call_id"),
            Call.slot,
            Call.starts_at,
            Call.state,
            Call.seats,
            Call.taken,
            waiting.label("waiting"),
        )
        .where(Call.series_id == series_id, Call.starts_at > now)
        .order_by(Call.starts_at, Call.id)
    )
    return [Date(**row._mapping) for row in rows]


def days_to_come(series_id: UUID, *, now: datetime) -> Sequence[date]:
    """The days of its calls to come."""
    rows = db.session.scalars(
        select(Call.slot).where(*_to_come(series_id, now)).order_by(Call.slot)
    )
    return [slot for slot in rows if slot is not None]


def later_days(series: SeriesPage, *, now: datetime) -> Sequence[date]:
    """The next days of a series for which there is no call yet. None while it is a draft."""
    there = made(series.id)
    if CallState.DRAFT in there.values():
        return []
    today = now.astimezone(ZoneInfo(series.rhythm.zone)).date()
    ahead = series.rhythm.next_days(today, len(there) + LATER)
    return [day for day in ahead if day not in there and series.rhythm.begins(day) > now][:LATER]


def again(actor: Actor, call: CallPage) -> Again | None:
    """How this call comes again, if it does."""
    if call.series_id is None or call.slot is None:
        return None
    series = series_for(actor, call.series_id)
    dates = db.session.scalars(
        select(Call.starts_at)
        .where(
            Call.series_id == call.series_id,
            Call.state == CallState.OPEN,
            Call.starts_at > call.starts_at,
        )
        .order_by(Call.starts_at)
        .limit(NEXT)
    ).all()
    is_last = len(series.rhythm.next_days(call.slot, 2)) < 2
    return Again(series, dates, is_last, may_change(actor, series))


def begins_with(series_id: UUID, slot: date, scope: Scope, *, now: datetime) -> date:
    """From which day of the series on a change is, that is made to the call of this day."""
    if scope is not Scope.ALL:
        return slot
    first = select(func.min(Call.slot)).where(*_to_come(series_id, now))
    return min(db.session.scalar(first) or slot, slot)


def calls_since(series_id: UUID, since: date) -> Sequence[UUID]:
    """The calls of a series from this day on, in the order in which they are locked."""
    return db.session.scalars(
        select(Call.id).where(Call.series_id == series_id, Call.slot >= since).order_by(Call.id)
    ).all()


def reach(call: CallPage, scope: Scope, *, alike: bool = False, now: datetime) -> Reach:
    """Whom a change of this call concerns. `alike`: without calls that were changed apart."""
    if scope is Scope.ONE or call.series_id is None or call.slot is None:
        return Reach([], call.taken + call.waiting)
    since = begins_with(call.series_id, call.slot, scope, now=now)
    here = and_(*_to_come(call.series_id, now), Call.slot >= since)
    if alike:
        here = and_(here, or_(Call.is_own.is_(False), Call.id == call.id))
    rows = db.session.scalars(select(Call).where(here).order_by(Call.starts_at))
    calls = [(call.slot, Ahead.of(call)) for call in rows if call.slot is not None]
    return Reach(calls, people_of([one.id for _, one in calls]))


def people_of(call_ids: Sequence[UUID]) -> int:
    """How many people signed up for any of these calls."""
    people = db.session.scalar(
        select(func.count(Seat.account_id.distinct())).where(
            Seat.call_id.in_(call_ids), Seat.state != SeatState.RELEASED
        )
    )
    return people or 0


def change_of(actor: Actor, call: CallPage, scope: Scope, plan: Plan, *, now: datetime) -> Change:
    """What becomes of this call, or of its series, if that is planned for it."""
    found = reach(call, scope, alike=True, now=now)
    if scope is Scope.ONE or call.series_id is None or call.slot is None:
        was = Ahead.of(call)
        planned = replace(was, starts_at=plan.starts_at, minutes=plan.minutes)
        return Change(None, [(was, planned)], found.people)
    old = series_for(actor, call.series_id).rhythm
    since = begins_with(call.series_id, call.slot, scope, now=now)
    there = plan.starts_at.astimezone(ZoneInfo(old.zone)).replace(tzinfo=None)
    new = changed(old, since, call.slot, there)
    days = moved_days(old, new, since, max(slot for slot, _ in found.calls))
    moves = [
        (was, replace(was, starts_at=new.begins(days[slot]), minutes=plan.minutes))
        for slot, was in found.calls
    ]
    return Change(new, moves, found.people)


def paced(series: SeriesPage, every: Every, since: date, *, now: datetime) -> Paced:
    """What becomes of this series if it comes that often from this day on."""
    new = at_another_pace(series.rhythm, every, since)
    rows = db.session.scalars(
        select(Call)
        .where(*_to_come(series.id, now), Call.slot >= since)
        .order_by(Call.starts_at, Call.id)
    )
    calls = [(call.slot, Ahead.of(call)) for call in rows if call.slot is not None]
    days = set(new.days(since, max(slot for slot, _ in calls)))
    going = [call for slot, call in calls if slot not in days]
    there = made(series.id)
    starts = [new.begins(day) for day in new.to_make(there, now)]
    return Paced(
        new,
        [call for slot, call in calls if slot in days],
        going,
        people_of([call.id for call in going]),
        []
        if CallState.DRAFT in there.values()
        else to_be(series.group_id, series.facilitator_id, starts, series.minutes),
    )


def due(now: datetime) -> Sequence[UUID]:
    """Series that go on, and that somebody keeps."""
    return db.session.scalars(
        select(Series.id).where(_goes_on(now), _is_kept()).order_by(Series.id)
    ).all()


def _is_kept() -> ColumnElement[bool]:
    """Whether whoever keeps a series may still schedule calls in its group."""
    return exists(
        select(Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.group_id == Series.group_id,
            Membership.account_id == Series.facilitator_id,
            or_(Membership.facilitates, Membership.owns),
            Account.standing == Standing.ACTIVE,
        )
        .correlate(Series)
    )


def _goes_on(now: datetime) -> ColumnElement[bool]:
    """Whatever zone it has, its last day isn’t over."""
    return or_(Series.last.is_(None), Series.last >= now.date() - timedelta(days=1))


def _to_come(series_id: UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Call.series_id == series_id, Call.state.in_(CHANGEABLE), Call.starts_at > now


def _pages(*which: ColumnElement[bool]) -> list[SeriesPage]:
    rows = db.session.execute(
        select(Series, Group.name, Account.name, _is_kept())
        .join(Group, Group.id == Series.group_id)
        .outerjoin(Account, Account.id == Series.facilitator_id)
        .where(*which)
        .order_by(Series.first, Series.id)
    )
    return [
        SeriesPage(
            series.id,
            series.group_id,
            group_name,
            series.facilitator_id,
            facilitator,
            series.title,
            series.minutes,
            is_kept,
            series.rhythm,
        )
        for series, group_name, facilitator, is_kept in rows
    ]
