"""Letting a thread rest or go slowly, locking it, and ending that."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_

from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import NOT_FOUND, Refused
from community.groups.guidelines.queries import can_be_named, told
from community.notifications.actions import tell
from community.threads import queries as threads_queries
from community.threads.acts import heard
from community.threads.acts.rules import Act, Because, Restricted
from community.threads.models import Thread
from community.threads.pace import queries
from community.threads.pace.models import ThreadPace
from community.threads.pace.rules import (
    DAYS,
    Gap,
    Pace,
    PaceKind,
    ThreadPaced,
    as_seen,
    may_set_pace,
)

ENDED = "pace-ended"
"""What the record says of a thread that goes on as usual before its time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a moderator chose, and what was in force on their page."""

    kind: PaceKind
    days: int | None  # None for a lock, which has no end
    gap: Gap | None
    seen: UUID | None


def set_pace(actor: Actor, thread_id: UUID, plan: Plan, because: Because, *, now: datetime) -> None:
    """From now on, and for so many days: decision, record and the letter to whoever began it. A
    lock ends when somebody ends it."""
    _may_set(actor, thread_id, now)
    settle(actor, thread_id, plan, because, now=now)


def settle(actor: Actor, thread_id: UUID, plan: Plan, because: Because, *, now: datetime) -> None:
    """The same, by whoever decides about an item in it: moderation has asked its rules. Nobody does
    about a thread that they began. A second press leaves it as the first one made it."""
    thread = locked(Thread, thread_id)
    days = (None,) if plan.kind is PaceKind.LOCK else DAYS
    is_one = plan.days in days and can_be_named(because.rule_id, thread.group_id)
    if not is_one or thread.author_id == actor.id:
        raise Refused(NOT_FOUND)
    before = queries.in_force_in(thread_id, now).of(plan.kind)
    if _is_second(actor, before, plan, because):
        return
    as_seen(before, plan.seen).require()
    _end_all(thread_id, plan.kind, now)
    until = now + timedelta(days=plan.days) if plan.days else None
    what = {"kind": plan.kind, "gap": plan.gap, "until": until, "set_by": actor.id, "set_at": now}
    row = ThreadPace(thread_id=thread_id, rule_id=because.rule_id, why=because.why, **what)
    db.session.add(row)
    db.session.flush()
    first = queries.first_of(thread_id)
    stated = Restricted(first, thread.author_id, because.why)
    _write_down(actor, thread, plan.kind.value, bool(before), because.rule_id, now, stated)
    if thread.author_id:
        (rule, of_group), by_platform = told(because.rule_id), not actor.moderates(thread.group_id)
        what_for = (rule, because.why, by_platform, of_group)
        letter = ThreadPaced(first, plan.kind, until, *what_for)
        tell(thread.author_id, letter, now=now, once=f"pace:{row.id}")


def _is_second(actor: Actor, before: Pace | None, plan: Plan, because: Because) -> bool:
    """They have made just this of it since they saw their page."""
    if before is None or before.id == plan.seen:
        return False
    made = (before.set_by, before.gap, before.days, before.rule_id, before.why)
    return made == (actor.id, plan.gap, plan.days, because.rule_id, because.why)


def end(actor: Actor, thread_id: UUID, kind: PaceKind, seen: UUID | None, *, now: datetime) -> None:
    """It goes on as usual."""
    _may_set(actor, thread_id, now)
    release(actor, thread_id, kind, seen, now=now)


def release(
    actor: Actor, thread_id: UUID, kind: PaceKind, seen: UUID | None, *, now: datetime
) -> None:
    """The same, by whoever decides about an item in it: moderation has asked its rules. What isn’t
    in force any more stays so."""
    thread = locked(Thread, thread_id)
    if thread.author_id == actor.id:
        raise Refused(NOT_FOUND)
    in_force = queries.in_force_in(thread_id, now).of(kind)
    if in_force is None:
        return
    as_seen(in_force, seen).require()
    _end_all(thread_id, kind, now)
    _write_down(actor, thread, ENDED, True, in_force.rule_id, now)


def undo(post_id: UUID, set_at: datetime, *, now: datetime) -> None:
    """End what was decided at that time, and nothing newer, in the thread that began with this
    post. Moderation has asked its rules."""
    for row in queries.unended(queries.thread_of(post_id)):
        if row.set_at == set_at:
            row.ended_at = now


def forget_over(before: datetime) -> None:
    """What was over by then, with why it was decided."""
    is_over = or_(ThreadPace.ended_at <= before, ThreadPace.until <= before)
    db.session.execute(delete(ThreadPace).where(is_over))


def _may_set(actor: Actor, thread_id: UUID, now: datetime) -> None:
    threads_queries.thread(actor, thread_id)
    may_set_pace(actor, *_whose(thread_id)).require()
    heard.may_act(actor, threads_queries.opening(actor, thread_id), now).require()


def _whose(thread_id: UUID) -> tuple[UUID, UUID | None]:
    thread = db.session.get_one(Thread, thread_id)
    return thread.group_id, thread.author_id


def _end_all(thread_id: UUID, kind: PaceKind, now: datetime) -> None:
    for row in queries.unended(thread_id):
        if row.kind is kind:
            row.ended_at = now
    db.session.flush()


def _write_down(
    actor: Actor,
    thread: Thread,
    action: str,
    was: bool,
    rule_id: str,
    now: datetime,
    stated: Restricted | None = None,
) -> None:
    words = {True: "in force", False: "as usual"}
    what = (thread.id, thread.group_id, words[was], words[stated is not None], rule_id)
    heard.say(Act(actor, action, *what, at=now, restricted=stated))
