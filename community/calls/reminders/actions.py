"""Reminders: armed with a seat, told when it is time, each once for each time a call has."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.calls import queries
from community.calls.models import Call, Reminder
from community.calls.reminders import queries as reminder_queries
from community.calls.rules.call import UPCOMING, leads
from community.calls.rules.letters import CallBegins, CallComes
from community.calls.rules.reminders import (
    ReminderKind,
    due_at,
    goes_off_at,
    helps,
    helps_until,
)
from community.calls.rules.seats import Roster, SeatState
from community.core.db import db, locked
from community.notifications import queries as notifications_queries
from community.notifications.actions import tell
from community.notifications.queries import Clocks
from community.notifications.rules import News


def arm(call: Call, people: Collection[UUID], *, now: datetime) -> None:
    """Remind these people of this call. Lock the call first.

    Nothing withdraws it: whoever has no seat when it goes off is told nothing.
    """
    db.session.execute(
        delete(Reminder).where(Reminder.call_id == call.id, Reminder.account_id.in_(people))
    )
    db.session.add_all(
        Reminder(
            call_id=call.id,
            account_id=who,
            kind=kind,
            armed_at=now,
            due_at=goes_off_at(kind, call.starts_at),
        )
        for who in people
        for kind in ReminderKind
    )
    db.session.flush()


def arm_holders(call: Call, *, now: datetime) -> None:
    """Remind whoever holds this call. The others are when they have a seat."""
    arm(call, _holders(call), now=now)


def arm_everybody(call: Call, roster: Roster, *, now: datetime) -> None:
    """Remind everybody who is expected once more: the call has a new time."""
    arm(call, {*roster.who(SeatState.CONFIRMED), *_holders(call)}, now=now)


def remind(call_id: UUID, *, now: datetime) -> None:
    """Tell what is due about this call. A second worker waits here, and finds nothing left."""
    call = locked(Call, call_id)
    due = reminder_queries.due_of(call_id, now)
    expected = {*queries.roster_of(call).who(SeatState.CONFIRMED), *_holders(call)}
    clocks = notifications_queries.clocks_of({each.account_id for each in due})
    for reminder in due:
        is_expected = call.state in UPCOMING and reminder.account_id in expected
        if not is_expected or _is_done(call, reminder, clocks[reminder.account_id], now):
            db.session.delete(reminder)
    db.session.flush()


def _is_done(call: Call, reminder: Reminder, clocks: Clocks, now: datetime) -> bool:
    """Told, or of no use any more; otherwise it goes off again when it is due."""
    kind = reminder.kind
    due = due_at(kind, call.starts_at, clocks.zone, clocks.quiet)
    if due > now:
        reminder.due_at = due
        return False
    if helps(kind, call.starts_at, due, reminder.armed_at, now):
        holds = leads(call, reminder.account_id)
        tell(
            reminder.account_id,
            CallBegins(call.id, call.title, call.starts_at, holds)
            if kind is ReminderKind.START
            else CallComes(call.id, call.title, call.starts_at, call.minutes, holds),
            about=News(kind),
            now=now,
            once=f"reminder:{call.id}:{reminder.account_id}:{kind}:{call.starts_at.isoformat()}",
            in_time_for=call.starts_at,
            until=helps_until(kind, call.starts_at),
        )
    return True


def _holders(call: Call) -> list[UUID]:
    return [one for one in (call.facilitator_id, call.co_facilitator_id) if one is not None]
