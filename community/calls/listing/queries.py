"""Calls to come as somebody looks for them, and the calls that somebody holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.calls.listed import A_PAGE, LONGEST, led_by
from community.calls.models import Attendance, Call, DaysOff, Seat
from community.calls.queries import CallCard, Cards, upcoming, visible_calls
from community.calls.rules import days_off
from community.calls.rules.call import FINISHED, UPCOMING, CallState, EndReason
from community.calls.rules.listing import Wish, span_of_month, time_of_day
from community.calls.rules.seats import TAKEN, SeatState, Was
from community.core.actor import Actor
from community.core.db import db
from community.groups.models import Group


def calls_like(actor: Actor, wish: Wish, *, after: UUID | None = None, now: datetime) -> Cards:
    """A page of the calls to come that fit a wish."""
    return visible_calls(actor, *_fitting(actor, wish, now), after=after, now=now)


def month_of(
    actor: Actor, wish: Wish, first: date, *, now: datetime
) -> Mapping[date, Sequence[CallCard]]:
    """The calls to come of one month that fit a wish, by their day on this person's clocks."""
    begins, ends = span_of_month(first, actor.zone)
    only = (Call.starts_at >= begins, Call.starts_at < ends, *_fitting(actor, wish, now))
    days = groupby(
        upcoming(actor, now, *only, limit=None),
        lambda card: card.starts_at.astimezone(ZoneInfo(actor.zone)).date(),
    )
    return {day: list(cards) for day, cards in days}


def _fitting(actor: Actor, wish: Wish, now: datetime) -> list[ColumnElement[bool]]:
    only: list[ColumnElement[bool]] = []
    if wish.topic is not None:
        only.append(Call.topic == wish.topic)
    if wish.only_free:
        only.append(Call.taken < Call.seats)
    if wish.time is not None:
        only.append(Call.starts_at.in_(_starts(actor, wish, now)))
    return only


def _starts(actor: Actor, wish: Wish, now: datetime) -> Sequence[datetime]:
    """When calls begin that begin at this time of day: no database knows everybody's clocks."""
    starts = db.session.scalars(
        select(Call.starts_at)
        .where(
            Call.group_id.in_(actor.groups),
            Call.state.in_(UPCOMING),
            Call.starts_at > now - LONGEST,
        )
        .distinct()
    )
    return [start for start in starts if time_of_day(start, actor.zone) is wish.time]


def held_by(actor: Actor, *, after: UUID | None = None, now: datetime) -> Cards:
    """A page of the calls to come that this person holds."""
    return visible_calls(actor, led_by(actor), after=after, now=now)


@dataclass(frozen=True, slots=True)
class Coming:
    """How many come to a call and what they let its facilitators know beforehand."""

    seated: int
    offered: int
    listening: int  # of those who have a seat
    cards: int  # people who show how to listen to them


NOBODY = Coming(0, 0, 0, 0)


def coming_to(call_ids: Sequence[UUID]) -> Mapping[UUID, Coming]:
    """Who has a seat in each of these calls, in numbers. The line is on their cards."""

    def count(*which: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((and_(*which), 1), else_=0))

    confirmed = Seat.state == SeatState.CONFIRMED
    has_card = exists().where(Account.id == Seat.account_id, Account.access_card != "")
    rows = db.session.execute(
        select(
            Seat.call_id,
            count(confirmed),
            count(Seat.state == SeatState.OFFERED),
            count(confirmed, Seat.listens.is_(True)),
            count(Seat.state.in_(TAKEN), Seat.shows_card.is_(True), has_card),
        )
        .where(Seat.call_id.in_(call_ids))
        .group_by(Seat.call_id)
    )
    return {call_id: Coming(*numbers) for call_id, *numbers in rows}


@dataclass(frozen=True, slots=True)
class Past:
    """A call that somebody held, and how it went."""

    id: UUID
    title: str
    group_name: str
    starts_at: datetime
    state: CallState
    ended_reason: EndReason | None
    came: int  # known for 90 days


def past_of(
    actor: Actor, *, before: UUID | None = None, now: datetime
) -> tuple[Sequence[Past], UUID | None]:
    """A page of the calls that this person held, the newest first, and where the next begins."""
    came = (
        select(func.count())
        .where(
            Attendance.call_id == Call.id,
            Attendance.was == Was.ATTENDED,
            Attendance.account_id.is_distinct_from(Call.facilitator_id),
            Attendance.account_id.is_distinct_from(Call.co_facilitator_id),
        )
        .correlate(Call)
        .scalar_subquery()
    )
    only = () if before is None else (_comes_before(before),)
    rows = db.session.execute(
        select(
            Call.id,
            Call.title,
            Group.name.label("group_name"),
            Call.starts_at,
            Call.state,
            Call.ended_reason,
            came.label("came"),
        )
        .join(Group, Group.id == Call.group_id)
        .where(
            Call.group_id.in_(actor.groups),
            Call.state.in_(FINISHED),
            or_(Call.state != CallState.CANCELLED, Call.starts_at <= now),  # else it is to come
            led_by(actor),
            *only,
        )
        .order_by(Call.starts_at.desc(), Call.id.desc())
        .limit(A_PAGE + 1)
    ).all()
    page = [Past(**row._mapping) for row in rows[:A_PAGE]]
    return page, page[-1].id if len(rows) > A_PAGE else None


def _comes_before(call_id: UUID) -> ColumnElement[bool]:
    first = aliased(Call)
    start = select(first.starts_at).where(first.id == call_id).scalar_subquery()
    return or_(Call.starts_at < start, and_(Call.starts_at == start, Call.id < call_id))


def days_off_of(actor: Actor, *, now: datetime) -> Sequence[days_off.DaysOff]:
    """The days off that this person has and that haven’t passed, the next first."""
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    rows = db.session.execute(
        select(DaysOff.id, DaysOff.first, DaysOff.last)
        .where(DaysOff.account_id == actor.id, DaysOff.last >= today)
        .order_by(DaysOff.first, DaysOff.id)
    )
    return [days_off.DaysOff(*row) for row in rows]
