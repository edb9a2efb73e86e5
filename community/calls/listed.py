"""Lists of calls, as the database is asked for them. `queries` asks."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
)

from community.accounts.models import Account
from community.calls.models import Call, Seat
from community.calls.rules.call import MOST_MINUTES, UPCOMING, CallState
from community.calls.rules.seats import IN_LINE, SeatState
from community.core.actor import Actor
from community.core.asking import NOW, Rows, made_once
from community.core.db import alias_of
from community.groups.models import Group
from community.safety.blocks.models import Block

A_PAGE = 20
LONGEST = timedelta(minutes=MOST_MINUTES)

Mine = alias_of(Seat, "mine")
Other = alias_of(Seat, "other")
Second = alias_of(Account, "second")

SINCE: BindParameter[datetime] = bindparam("since")


def visible(actor: Actor) -> Rows:
    """The SQL twin of `rules.call.may_see`, with the columns of a card."""
    waiting = (
        select(func.count())
        .where(Seat.call_id == Call.id, Seat.state.in_(IN_LINE))
        .correlate(Call)
        .scalar_subquery()
    )
    return (
        select(
            Call.id,
            Call.group_id,
            Group.name.label("group_name"),
            Call.facilitator_id,
            Account.name.label("facilitator"),
            Call.co_facilitator_id,
            Second.name.label("co_facilitator"),
            Call.topic,
            Call.title,
            Call.starts_at,
            Call.minutes,
            Call.seats,
            Call.taken,
            Call.state,
            Mine.state.label("mine"),
            Mine.offered_until,
            waiting.label("waiting"),
            Call.opens_days,
            Call.format,
            Group.weekly_seats,
        )
        .join(Group, Group.id == Call.group_id)
        .outerjoin(Account, Account.id == Call.facilitator_id)
        .outerjoin(Second, Second.id == Call.co_facilitator_id)
        .outerjoin(
            Mine,
            and_(
                Mine.call_id == Call.id,
                Mine.account_id == actor.id,
                Mine.state != SeatState.RELEASED,
            ),
        )
        .where(
            Call.group_id.in_(actor.groups),
            or_(Call.state != CallState.DRAFT, led_by(actor)),
        )
    )


def has_others(actor: Actor) -> ColumnElement[bool]:
    """Whether somebody from whom this person keeps apart has a seat in a call."""
    if not actor.is_kept_apart:
        return false()
    return exists(
        select(Other.id)
        .join(Block, Block.blocked_id == Other.account_id)
        .where(
            Other.call_id == Call.id,
            Other.state == SeatState.CONFIRMED,
            Block.blocker_id == actor.id,
        )
        .correlate(Call)
    )


def led_by(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of `rules.call.leads`."""
    return or_(Call.facilitator_id == actor.id, Call.co_facilitator_id == actor.id)


def to_come(actor: Actor, since: Any) -> Rows:
    """The next first. A call that nobody came to open leaves the list when it would be over."""
    return (
        visible(actor)
        .where(Call.state.in_(UPCOMING), Call.starts_at > since)
        .order_by(Call.starts_at, Call.id)
    )


@made_once
def all_to_come(actor: Actor, limit: int) -> Rows:
    """In all groups."""
    return to_come(actor, SINCE).limit(limit)


@made_once
def of_group(actor: Actor, limit: int) -> Rows:
    """In one group."""
    return to_come(actor, SINCE).where(Call.group_id == bindparam("group_id")).limit(limit)


@made_once
def of_topic(actor: Actor, limit: int) -> Rows:
    """About one topic."""
    return to_come(actor, SINCE).where(Call.topic == bindparam("slug")).limit(limit)


@made_once
def offered(actor: Actor) -> Rows:
    """In which a seat is held for this person."""
    return to_come(actor, SINCE).where(Mine.offered_until > NOW).limit(A_PAGE)


@made_once
def next_one(actor: Actor) -> Rows:
    """The next one that they have a seat in, or hold."""
    theirs = or_(Mine.state == SeatState.CONFIRMED, led_by(actor))
    return to_come(actor, SINCE).where(theirs).limit(1)
