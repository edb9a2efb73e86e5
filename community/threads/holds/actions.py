"""Holding what was written, and what follows when somebody decides: moderation asks its rules."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from community.core.db import db, locked
from community.groups.claims import actor_of
from community.notifications.actions import tell
from community.notifications.queries import is_told
from community.notifications.rules import News
from community.threads.following.queries import rings
from community.threads.holds import heard, queries
from community.threads.holds.models import Hold
from community.threads.holds.rules import Held, HoldReason
from community.threads.mentions.actions import tell_spoken_to
from community.threads.models import Post, ReadMark, Thread
from community.threads.reading.queries import read_to
from community.threads.rules.letters import ThreadAnswered
from community.threads.rules.posts import PostState
from community.threads.taken_back import keeping


def hold(post: Post, group_id: UUID, reasons: Sequence[HoldReason], *, now: datetime) -> None:
    """Keep this post from everybody but its author until a person has decided. Its words are the
    new ones already; whoever decides sees what has changed since somebody read it last."""
    if post.state is PostState.HELD:
        since = queries.latest(post.id).since_version
    else:
        since = post.version - 1 or None
    post.state, post.hidden_until = PostState.HELD, None
    _add(post, group_id, reasons, since, now)


def hold_shown(post: Post, group_id: UUID, reasons: Sequence[HoldReason], *, now: datetime) -> None:
    """The same for one that others have read, as it stands."""
    post.state, post.hidden_until = PostState.HELD, None
    _add(post, group_id, reasons, None, now)


def hold_new(post: Post, group_id: UUID, reasons: Sequence[HoldReason], *, now: datetime) -> None:
    """The same for one that was just written."""
    _add(post, group_id, reasons, None, now)


def show(post_id: UUID, *, now: datetime) -> None:
    """Let others see it. A reply gets its place now, after what was written meanwhile."""
    post = locked(Post, post_id)
    if post.state is PostState.DELETED:
        keeping.decided(post_id, PostState.PUBLISHED)
        return
    thread = locked(Thread, post.thread_id)
    is_new = post.number is None
    if thread.is_held and post.number == 1:
        thread.is_held, thread.last_at = False, now
    elif is_new:
        _take_place(thread, post, now)
    post.state, post.hidden_until = PostState.PUBLISHED, None
    db.session.flush()
    if is_new:
        tell_answered(thread, post.author_id, unnamed=post.pseudonym is not None, now=now)
    tell_spoken_to(thread, post, now=now)


def give_back(post_id: UUID, passages: Sequence[str], *, now: datetime) -> None:
    """Back to its author, for a change, with these passages marked; from the others too, if they
    have read it."""
    post = locked(Post, post_id)
    if post.state is PostState.DELETED:
        keeping.decided(post_id, PostState.RETURNED)
        return
    marked = "\n".join(passages)
    if post.state is PostState.HELD:
        locked(Hold, queries.latest_id(post_id)).passages = marked
    else:
        why = HoldReason.RETURNED.value
        db.session.add(Hold(post_id=post_id, reasons=why, held_at=now, passages=marked))
    post.state, post.hidden_until = PostState.RETURNED, None
    db.session.flush()


def tell_answered(thread: Thread, author_id: UUID | None, *, unnamed: bool, now: datetime) -> None:
    """Tell whoever started the thread that somebody else has replied, when others can read it: once
    a day, until they have read on. Of what is there for everybody, being written without a name,
    everybody is told: a bell that stays silent would say who wrote it."""
    if author_id is None or thread.author_id in (None, author_id):
        return
    once = f"answered:{thread.id}:{read_to(thread.author_id, thread.id)}:{now.date()}"
    if is_told(thread.author_id, News.REPLIES, once):  # as of most replies
        return
    is_met = unnamed or actor_of(author_id, now=now).meets(thread.author_id)
    if is_met and rings(thread.author_id, thread, author_id, unnamed=unnamed):
        tell(thread.author_id, ThreadAnswered(thread.id), about=News.REPLIES, now=now, once=once)


def _add(
    post: Post,
    group_id: UUID,
    reasons: Sequence[HoldReason],
    since: int | None,
    now: datetime,
) -> None:
    written = " ".join(reasons)
    db.session.add(
        Hold(post_id=post.id, reasons=written, since_version=since, held_at=now, passages="")
    )
    db.session.flush()
    what = (post.id, group_id, post.author_id, tuple(reasons), post.version, post.html)
    heard.say(Held(*what, held_at=now))


def _take_place(thread: Thread, post: Post, now: datetime) -> None:
    thread.post_count += 1
    thread.last_at = now
    post.number = thread.post_count
    db.session.execute(  # whoever had read everything has read their own words too
        update(ReadMark)
        .where(
            ReadMark.account_id == post.author_id,
            ReadMark.thread_id == thread.id,
            ReadMark.number == post.number - 1,
        )
        .values(number=post.number)
    )
