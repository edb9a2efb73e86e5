"""Writing the summary of a thread, changing it, and taking it away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from community.core.actor import Actor
from community.core.db import db, locked
from community.core.text import to_html
from community.notifications.actions import tell
from community.threads import queries as threads_queries
from community.threads.gathering.actions import write_down
from community.threads.holds.rules import not_read_first
from community.threads.models import Thread
from community.threads.pace.queries import paces_of
from community.threads.rules.rows import PostRow, ThreadRow
from community.threads.summary import queries
from community.threads.summary.models import ThreadSummary
from community.threads.summary.rules import (
    READ_FIRST,
    SummaryTaken,
    as_seen,
    may_take_away,
    may_write,
    reaches,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood on the page of whoever wrote: which summary, and the number of the last post."""

    stamp: UUID | None
    last: int


def write(
    actor: Actor, thread_id: UUID, text: str, seen: Seen, *, to_newest: bool, now: datetime
) -> None:
    """The summary says this from now on, signed by them. The thread is locked, so of two who write
    at once the second is told. A second press changes nothing."""
    row = locked(Thread, thread_id)
    thread, opening = _read(actor, thread_id)
    may_write(actor, thread, opening, paces_of(actor, thread_id, now), now).require()
    queries.met(actor, thread)
    not_read_first(queries.waits(actor, thread_id, text), READ_FIRST).require()
    there = _there(thread_id)
    before = there.number if there else None
    number = reaches(before, row.post_count, seen.last, to_newest=to_newest)
    if there and (there.author_id, there.text, there.number) == (actor.id, text, number):
        return
    as_seen(there.stamp if there else None, seen.stamp).require()
    if there and there.author_id != actor.id:
        _write_down(actor, row, "summary-changed", "changed", now)
    new = there or ThreadSummary(thread_id=thread_id)
    new.author_id, new.number, new.stamp, new.written_at = actor.id, number, uuid7(), now
    new.text, new.html = text, to_html(text)
    db.session.add(new)
    db.session.flush()


def take_away(
    actor: Actor, thread_id: UUID, why: str, stamp: UUID | None, *, now: datetime
) -> None:
    """Nothing is kept of it. Whoever wrote it reads why, unless it was them. A second press finds
    nothing to take."""
    row = locked(Thread, thread_id)
    thread, opening = _read(actor, thread_id)
    queries.met(actor, thread)
    there = _there(thread_id)
    author_id = there.author_id if there else None
    may_take_away(actor, thread, opening, author_id).require()
    if there is None:
        return
    as_seen(there.stamp, stamp).require()
    db.session.delete(there)
    db.session.flush()
    if author_id == actor.id:
        return
    _write_down(actor, row, "summary-taken", "taken away", now)
    if author_id:
        tell(author_id, SummaryTaken(thread_id, why), now=now)


def _read(actor: Actor, thread_id: UUID) -> tuple[ThreadRow, PostRow]:
    return threads_queries.thread(actor, thread_id), threads_queries.opening(actor, thread_id)


def _there(thread_id: UUID) -> ThreadSummary | None:
    return db.session.get(ThreadSummary, thread_id, populate_existing=True)


def _write_down(actor: Actor, thread: Thread, action: str, after: str, now: datetime) -> None:
    """In the record, without a word of it, where a moderator does this to what another wrote."""
    if actor.moderates(thread.group_id) or actor.moderates_platform:
        write_down(actor, thread, action, "as it was", after, now)
