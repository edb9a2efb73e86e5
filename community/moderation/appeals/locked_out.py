"""The time for another look stands still while somebody can’t come in, because their account is
locked (accounts/locks). It is read off the record, so that no job can fail to add it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, or_, select

from community.accounts.locks.rules import DAYS, LOCKED, UNLOCKED
from community.core.db import alias_of, db
from community.moderation.models import AuditEvent, Decision, Report
from community.moderation.rules.case import APPEAL

Event = tuple[str, datetime, str]

_made = alias_of(Decision, "made_of_it")
_locked = alias_of(AuditEvent, "locked_out")


def time_locked(events: Iterable[Event], since: datetime, now: datetime) -> timedelta:
    """For how long of this time they couldn’t come in, by what the record says of their locks, in
    its order: each until its end, or until somebody opened it before."""
    total, begun, ends = timedelta(), since, since
    for action, at, after in events:
        total += max(min(at, ends) - max(begun, since), timedelta())
        begun = at
        days = int(after.rpartition(" ")[2]) if action == LOCKED else 0
        ends = at + timedelta(days=days)
    return total + max(min(ends, now) - max(begun, since), timedelta())


def locks_of(account_id: UUID) -> Sequence[Event]:
    """What the record says of somebody’s locks."""
    rows = db.session.execute(
        select(AuditEvent.action, AuditEvent.at, AuditEvent.after)
        .where(AuditEvent.item_id == account_id, AuditEvent.action.in_((LOCKED, UNLOCKED)))
        .order_by(AuditEvent.id)
    )
    return [(row.action, row.at, row.after) for row in rows]


def is_waited_for(item_id: SQLColumnExpression[UUID], now: datetime) -> ColumnElement[bool]:
    """Whether somebody who could ask for another look at an item was locked out since it was
    decided, so lately that they may still ask: what they would ask about is kept for them."""
    latest = now - APPEAL - timedelta(days=max(DAYS))
    theirs = or_(
        _locked.item_id == _made.author_id,
        exists().where(Report.item_id == _made.item_id, Report.reporter_id == _locked.item_id),
    )
    return exists().where(
        _made.item_id == item_id,
        _locked.action == LOCKED,
        _locked.at >= _made.decided_at,
        _locked.at > latest,
        theirs,
    )
