"""The summary of a thread, for this reader. Every select of summaries."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, func, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.asking import Rows, made_once
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.safety.blocks.queries import meets
from community.threads.apart import meets_writer
from community.threads.faces.rules import Face
from community.threads.holds import queries as holds_queries
from community.threads.models import Post, Thread
from community.threads.mutes.models import Mute
from community.threads.notes.rules import Showing
from community.threads.pace.rules import AS_USUAL, Paces
from community.threads.rules.rows import PostRow, ThreadRow
from community.threads.summary.models import ThreadSummary
from community.threads.summary.rules import (
    NOTHING,
    InShort,
    Summary,
    may_take_away,
    may_write,
    stands,
)


def in_short(
    actor: Actor, thread: ThreadRow, opening: PostRow, paces: Paces, now: datetime
) -> InShort:
    """What stands above the replies. Nothing is asked where there is no summary."""
    if not stands(thread, opening, now):
        return NOTHING
    may = bool(may_write(actor, thread, opening, paces, now))
    if not thread.has_summary:
        return InShort(may_write=may)
    there = summary(actor, thread.id)
    if there is None:
        return NOTHING
    return InShort(there, may, bool(may_take_away(actor, thread, opening, there.author_id)))


def on_paper(actor: Actor, thread: ThreadRow, first: Face | None, now: datetime) -> Summary | None:
    """What stands before the posts where they are printed: what this reader has folded, or put
    behind a press with how the thread began, doesn’t. `first` is the face of the first of them."""
    if first is None or first.post.number != 1 or first.showing is not Showing.SHOW:
        return None
    there = in_short(actor, thread, first.post, AS_USUAL, now).summary
    return None if there is None or there.is_folded else there


def summary(actor: Actor, thread_id: UUID) -> Summary | None:
    """The summary, unless this person keeps apart from its writer. Ask first for the thread."""
    row = _summary(actor, thread_id=thread_id).one_or_none()
    return Summary(**row._asdict()) if row else None


def met(actor: Actor, thread: ThreadRow) -> Summary | None:
    """The same for whoever would write there. Raises `Refused(NOT_FOUND)` where one stands that
    isn’t there for them: they would write over what they can’t read."""
    there = summary(actor, thread.id)
    if there is None and thread.has_summary:
        raise Refused(NOT_FOUND)
    return there


def waits(actor: Actor, thread_id: UUID, text: str) -> bool:
    """Whether a moderator reads such words of theirs before others see them."""
    return bool(holds_queries.reasons(actor, db.session.get_one(Thread, thread_id), text))


@made_once
def _summary(actor: Actor) -> Rows:
    later = (Post.thread_id == ThreadSummary.thread_id, Post.number > ThreadSummary.number)
    since = select(func.count()).where(*later, meets_writer(actor)).correlate(ThreadSummary)
    whom = (Mute.account_id == actor.id, Mute.member_id == ThreadSummary.author_id)
    return (
        select(
            ThreadSummary.author_id,
            Account.name.label("author_name"),
            ThreadSummary.number,
            since.scalar_subquery().label("since"),
            ThreadSummary.stamp,
            ThreadSummary.text,
            ThreadSummary.html,
            exists().where(*whom).correlate(ThreadSummary).label("is_folded"),
        )
        .outerjoin(Account, Account.id == ThreadSummary.author_id)
        .where(
            ThreadSummary.thread_id == bindparam("thread_id"),
            meets(actor, ThreadSummary.author_id),
        )
    )
