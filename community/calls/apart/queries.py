"""What is found for two people who keep apart and have seats in the same call."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select

from community.calls.listed import A_PAGE, Mine, Other, has_others
from community.calls.models import Call, Seat
from community.calls.queries import CallCard, CallPage, upcoming
from community.calls.rules.seats import SeatState, may_sign_up
from community.core.actor import Actor
from community.core.db import db
from community.safety.blocks.models import Block


def another_date(actor: Actor, call: CallPage, *, now: datetime) -> CallCard | None:
    """The next call with a seat for this person and without the other, of the same series if
    there is one, or else of the same group."""
    if call.series_id is not None:
        again = _with_room(actor, call, Call.series_id == call.series_id, now=now)
        if again is not None:
            return again
    return _with_room(actor, call, Call.group_id == call.group_id, now=now)


def _with_room(
    actor: Actor, call: CallPage, which: ColumnElement[bool], *, now: datetime
) -> CallCard | None:
    others = upcoming(
        actor,
        now,
        which,
        Call.id != call.id,
        Call.taken < Call.seats,
        Mine.id.is_(None),
        ~has_others(actor),
        limit=A_PAGE,
    )
    fitting = (one for one in others if not one.waiting and may_sign_up(actor, one, None, now))
    return next(fitting, None)


def two_prefer_separate(actor: Actor, call_id: UUID) -> bool:
    """Whether two people with a seat keep apart, for whoever holds the call. It isn’t said of
    this person themselves, who would know then that it is them."""
    both = and_(
        Seat.call_id == call_id,
        Other.call_id == call_id,
        Seat.state == SeatState.CONFIRMED,
        Other.state == SeatState.CONFIRMED,
    )
    found = (
        select(Block.since)
        .join(Seat, Seat.account_id == Block.blocker_id)
        .join(Other, Other.account_id == Block.blocked_id)
        .where(both, Block.blocker_id != actor.id, Block.blocked_id != actor.id)
    )
    return bool(db.session.scalar(select(exists(found))))
