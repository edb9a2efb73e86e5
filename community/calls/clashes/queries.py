"""What is in the way of a call, as it is or as it would be: other calls, and days off."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from community.accounts.models import Account
from community.calls.listed import LONGEST, Mine, led_by
from community.calls.models import Call, DaysOff
from community.calls.rules import days_off
from community.calls.rules.call import UPCOMING, leads
from community.calls.rules.clashes import InTime, Lasting, clash
from community.calls.rules.seats import SeatState
from community.core.actor import Actor
from community.core.db import db


@dataclass(frozen=True, slots=True)
class Timed:
    """A call, as far as another at the same time goes."""

    id: UUID
    group_id: UUID
    title: str
    starts_at: datetime
    minutes: int
    is_mine: bool  # this person holds it or has a seat in it


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a call."""

    account_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What whoever holds a call may like to know. It forbids nothing."""

    call: InTime
    others: Sequence[Timed]  # of this person, or of the same group, while it is on
    away: Sequence[Holder]  # who has a day off then
    busy: Sequence[Holder]  # who holds another call then; of this person, `others` says it

    def __bool__(self) -> bool:
        return bool(self.others or self.away or self.busy)


def in_the_way(actor: Actor, calls: Sequence[InTime]) -> Mapping[UUID, InTheWay]:
    """What else there is at the time of each of these calls.

    Of those that would be at another time, none is in the way of another at the time that it has.
    """
    if not calls:
        return {}
    holders = {who for call in calls for who in _holders(call)}
    others, away = _at_the_same_time(actor, calls), away_from(calls, holders)
    busy = busy_during(calls, holders - {actor.id})
    return {
        call.id: InTheWay(
            call,
            others[call.id],
            [one for one in away[call.id] if leads(call, one.account_id)],
            [one for one in busy[call.id] if leads(call, one.account_id)],
        )
        for call in calls
    }


def found_in_the_way(actor: Actor, calls: Sequence[InTime]) -> Sequence[InTheWay]:
    """Of these calls those in whose way something is, in their order."""
    return [one for one in in_the_way(actor, calls).values() if one]


def hindered(call: InTime, people: Collection[UUID]) -> dict[str, set[UUID]]:
    """Who of these people has a day off when this call is, and who holds another one then."""
    found = {"away": away_from([call], people), "busy": busy_during([call], people)}
    return {why: {one.account_id for one in ways[call.id]} for why, ways in found.items()}


def away_from(calls: Sequence[InTime], people: Collection[UUID]) -> Mapping[UUID, Sequence[Holder]]:
    """Who of these people has a day off when each call is, on their own clocks."""
    rows = db.session.execute(
        select(Account.id, Account.name, Account.zone, DaysOff.id, DaysOff.first, DaysOff.last)
        .join(DaysOff, DaysOff.account_id == Account.id)
        .where(Account.id.in_(people))
        .order_by(Account.name, Account.id)
    )
    off: dict[Holder, list[tuple[str, days_off.DaysOff]]] = defaultdict(list)
    for who, name, zone, id_, first, last in rows:
        off[Holder(who, name)].append((zone, days_off.DaysOff(id_, first, last)))
    return {
        call.id: [
            holder
            for holder, days in off.items()
            if any(days_off.is_off(some, call.starts_at, zone) for zone, some in days)
        ]
        for call in calls
    }


def busy_during(
    calls: Sequence[InTime], people: Collection[UUID]
) -> Mapping[UUID, Sequence[Holder]]:
    """Who of these people holds another call while each call is on, in whatever group."""
    if not people:
        return {call.id: [] for call in calls}
    rows = db.session.execute(
        select(Account.id, Account.name, Call.id, Call.starts_at, Call.minutes)
        .join(Call, or_(Call.facilitator_id == Account.id, Call.co_facilitator_id == Account.id))
        .where(Account.id.in_(people), *_around(calls))
        .order_by(Account.name, Account.id)
    )
    held = [
        (Holder(who, name), _Held(call_id, starts_at, minutes))
        for who, name, call_id, starts_at, minutes in rows
    ]
    held = [(holder, other) for holder, other in held if _stays(other, calls)]
    return {
        call.id: list(dict.fromkeys(holder for holder, other in held if clash(call, other)))
        for call in calls
    }


@dataclass(frozen=True, slots=True)
class _Held:
    id: UUID
    starts_at: datetime
    minutes: int


def _at_the_same_time(actor: Actor, calls: Sequence[InTime]) -> Mapping[UUID, Sequence[Timed]]:
    rows = db.session.execute(
        select(
            Call.id,
            Call.group_id,
            Call.title,
            Call.starts_at,
            Call.minutes,
            or_(led_by(actor), Mine.id.is_not(None)).label("is_mine"),
        )
        .outerjoin(
            Mine,
            and_(
                Mine.call_id == Call.id,
                Mine.account_id == actor.id,
                Mine.state == SeatState.CONFIRMED,
            ),
        )
        .where(Call.group_id.in_(actor.groups), *_around(calls))
        .order_by(Call.starts_at, Call.id)
    )
    others = [Timed(**row._mapping) for row in rows]
    others = [other for other in others if _stays(other, calls)]
    return {
        call.id: [
            other
            for other in others
            if (other.is_mine or other.group_id == call.group_id) and clash(call, other)
        ]
        for call in calls
    }


def _around(calls: Sequence[InTime]) -> tuple[ColumnElement[bool], ...]:
    """Calls to come that may still be on when one of these begins, or begin while it is on."""
    starts = {call.starts_at for call in calls}
    near = (
        and_(Call.starts_at > start - LONGEST, Call.starts_at < start + LONGEST)
        for start in sorted(starts)
    )
    return Call.state.in_(UPCOMING), or_(*near)


def _stays(other: Lasting, calls: Sequence[InTime]) -> bool:
    """Whether this call isn’t one of these, at a time that it wouldn’t have any more."""
    return all(call.id != other.id or call.starts_at == other.starts_at for call in calls)


def _holders(call: InTime) -> set[UUID]:
    return {who for who in (call.facilitator_id, call.co_facilitator_id) if who is not None}
