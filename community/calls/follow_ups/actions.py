"""Asking whoever was at a call, the day after, how it landed: each once."""

from datetime import datetime
from uuid import UUID

from community.calls.follow_ups import queries
from community.calls.models import Attendance, Call
from community.calls.rules.call import EndReason, leads, may_see
from community.calls.rules.follow_ups import HELPS_FOR, LATER, helps, to_follow_up
from community.calls.rules.letters import CallWas
from community.core.db import db, locked
from community.groups.claims import actor_of
from community.notifications.actions import tell
from community.notifications.rules import News


def arm(call_id: UUID, why: EndReason, came: frozenset[UUID], *, now: datetime) -> None:
    """A call is over, and it is kept who `came`: they are asked tomorrow."""
    for account_id in to_follow_up(why, came):
        db.session.get_one(Attendance, (call_id, account_id)).follow_up_at = now + LATER
    db.session.flush()


def follow_up(call_id: UUID, *, now: datetime) -> None:
    """Ask whoever is to be asked about this call. A second worker waits here, and finds nobody
    left."""
    call = locked(Call, call_id)
    next_at = queries.next_in_series(call, now)
    for row in queries.due_of(call_id, now):
        due_at, row.follow_up_at = row.follow_up_at, None
        can_look_back = may_see(actor_of(row.account_id, now=now), call)
        if due_at is not None and can_look_back and helps(due_at, now):
            tell(
                row.account_id,
                CallWas(call_id, call.title, call.starts_at, leads(call, row.account_id), next_at),
                about=News.DAY_AFTER,
                now=now,
                once=f"follow-up:{call_id}:{row.account_id}",
                until=due_at + HELPS_FOR,
            )
    db.session.flush()
