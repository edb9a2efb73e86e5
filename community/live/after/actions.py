"""After a circle: lines to its facilitators, and a thread for those who were there."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete

from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db, locked
from community.live.after import queries
from community.live.models import AfterLine
from community.live.rules.after import (
    LINES_ARE_KEPT,
    may_open_line,
    may_open_thread,
    may_write_line,
)
from community.live.rules.letters import LineAfterCircle
from community.notifications.actions import tell
from community.threads import actions as threads_actions

OF_NO_TOPIC = "calm-corner"
"""Under which a circle’s thread stands when its call was about no topic."""


def write_line(actor: Actor, call_id: UUID, words: str, *, now: datetime) -> None:
    """Write to the facilitators who were there. They are told that there is a line, and no word
    of it."""
    locked(Call, call_id)
    after = queries.after_of(actor, call_id)
    may_write_line(after).require()
    db.session.add(
        AfterLine(
            call_id=call_id,
            account_id=actor.id,
            words=words,
            written_at=now,
            erase_at=now + LINES_ARE_KEPT,
        )
    )
    for facilitator in sorted(after.to):
        tell(facilitator, LineAfterCircle(call_id), now=now)


def open_line(actor: Actor, call_id: UUID, line_id: UUID, *, now: datetime) -> None:
    """A facilitator opens a line; whoever wrote it sees that it was opened. Once opened, it stays
    so."""
    may_open_line(queries.after_of(actor, call_id), line_id).require()
    line = locked(AfterLine, line_id)
    line.opened_at = line.opened_at or now


def open_thread(
    actor: Actor, call_id: UUID, title: str, words: str, *, days: int, now: datetime
) -> UUID:
    """Open a thread for everybody who was there and nobody else, for so many days; its id."""
    locked(Call, call_id)
    after = queries.after_of(actor, call_id)
    may_open_thread(after).require()
    return threads_actions.start_for_circle(
        actor,
        call_id,
        after.group_id,
        after.topic or OF_NO_TOPIC,
        title,
        words,
        after.there,
        erase_at=now + timedelta(days=days),
        now=now,
    )


def forget_lines(*, now: datetime) -> None:
    """Erase the lines whose time is over."""
    db.session.execute(delete(AfterLine).where(AfterLine.erase_at <= now))
