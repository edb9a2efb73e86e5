"""The summary of a long thread: who writes it, who takes it away, and where it stands. Pure.

A thread has one place for it. Whoever began the thread writes there, or whoever looks after the
group; each may change what another wrote, and the last of them signs. It is signed with one’s own
name, so whoever wrote in the thread without theirs leaves it to somebody else: it would say that a
thread which nobody signed is theirs.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import STALE, YES, Reason, Verdict, no
from community.groups.rules import may_see_inside
from community.safety.rules import may_write_in
from community.threads.pace.rules import Paces, may_change_in
from community.threads.rules.posts import NOT_SHOWN, Written, may_reply
from community.threads.rules.rows import ThreadRow

LONG = 20  # replies: with more of them a thread is long
SUMMARY_MOST = 600

NOT_LONG = Reason("not-long", "There are so few replies here that nobody needs them in short.", 409)
NOT_FOR_YOU = Reason(
    "not-for-you",
    "Whoever began this thread can write it in short, or somebody who looks after the group.",
)
WITHOUT_NAME = Reason(
    "without-name",
    "You’ve written here without your name. A summary is signed, so it could say who you are. "
    "Somebody else can write it.",
)
READ_FIRST = Reason(
    "read-first",
    "A moderator would read these words before others see them, and a summary has no place to "
    "wait. You can ask one of them to write it.",
    409,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary as this reader has it. `since` counts the replies after it, of those that are
    there for them."""

    author_id: UUID | None
    author_name: str | None  # None when they have left
    number: int  # of the last post that it tells of
    since: int
    stamp: UUID
    text: str
    html: str
    is_folded: bool  # this reader would rather not read whoever wrote it


@dataclass(frozen=True, slots=True)
class InShort:
    """What stands above the replies of a thread, and what this reader can do there."""

    summary: Summary | None = None
    may_write: bool = False
    may_take_away: bool = False


NOTHING = InShort()


def is_long(replies: int) -> bool:
    return replies > LONG


def stands(thread: ThreadRow, opening: Written, now: datetime) -> bool:
    """Where the thread is long for its reader, and how it began is there for them: a summary tells
    of that as well."""
    return is_long(thread.replies) and not thread.is_apart and opening.is_shown(now)


def may_write(
    actor: Actor, thread: ThreadRow, opening: Written, paces: Paces, now: datetime
) -> Verdict:
    """Whoever began it or looks after the group, while words are changed there, under their own
    name. A thread that goes slowly doesn’t keep them: it is no turn of theirs."""
    return (
        may_see_inside(actor, thread.group_id)
        and (YES if _is_theirs(actor, thread, opening) else no(NOT_FOR_YOU))
        and (YES if opening.is_shown(now) else no(NOT_SHOWN))
        and (YES if is_long(thread.replies) else no(NOT_LONG))
        and (no(WITHOUT_NAME) if thread.own_name else YES)
        and may_reply(actor, opening, now)
        and may_change_in(paces, now)
    )


def may_take_away(
    actor: Actor, thread: ThreadRow, opening: Written, author_id: UUID | None
) -> Verdict:
    """Whoever wrote it, at any time; and whoever could write another, who says why."""
    is_inside = may_see_inside(actor, thread.group_id)
    if author_id == actor.id:
        return is_inside
    is_theirs = _is_theirs(actor, thread, opening)
    may = may_write_in(actor, thread.group_id)
    return is_inside and may and (YES if is_theirs else no(NOT_FOR_YOU))


def as_seen(there: UUID | None, seen: UUID | None) -> Verdict:
    """Whether what is there is still what stood on the page."""
    return YES if there == seen else no(STALE)


def reaches(before: int | None, newest: int, seen: int, *, to_newest: bool) -> int:
    """Up to which post it tells: what its writer had before them. A change leaves that as it was,
    unless they say that it tells of the newest too."""
    if before is not None and not to_newest:
        return before
    return max(min(seen, newest), before or 1)


def _is_theirs(actor: Actor, thread: ThreadRow, opening: Written) -> bool:
    group_id = thread.group_id
    looks_after = (
        actor.moderates(group_id) or actor.facilitates(group_id) or actor.moderates_platform
    )
    return (opening.is_by(actor) or looks_after) and not thread.is_apart


@dataclass(frozen=True, slots=True)
class SummaryTaken:
    """To whoever wrote it: somebody else has taken it away, and why."""

    thread_id: UUID
    why: str
