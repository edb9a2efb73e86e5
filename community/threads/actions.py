"""Starting, replying, changing, taking back; and what moderation has done to a post."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db, locked
from community.core.text import to_html
from community.core.verdict import STALE, Refused
from community.threads import queries
from community.threads.models import Post, Thread
from community.threads.rules import (
    PostState,
    Wish,
    Written,
    may_edit,
    may_reply,
    may_start,
    may_take_back,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that was sent, and its number in the thread."""

    post_id: UUID
    number: int


def start(
    actor: Actor, group_id: UUID, topic: str, title: str, wish: Wish, text: str, *, now: datetime
) -> UUID:
    """Start a thread with its first post; the thread's id."""
    may_start(actor, group_id, topic).require()
    thread = Thread(
        group_id=group_id,
        topic=topic,
        title=title,
        wish=wish,
        author_id=actor.id,
        started_at=now,
        last_at=now,
        post_count=0,
    )
    db.session.add(thread)
    db.session.flush()
    _write(thread, actor, text, now)
    return thread.id


def reply(actor: Actor, thread_id: UUID, text: str, *, now: datetime) -> Sent:
    """Write a reply. The thread is locked, so numbers have no gap and no double."""
    thread = locked(Thread, thread_id)
    may_reply(actor, queries.opening(thread_id), now).require()
    return _write(thread, actor, text, now)


def edit(actor: Actor, post_id: UUID, text: str, version: int, *, now: datetime) -> None:
    """Change one's own words, if they are still the `version` that was on the page."""
    post = locked(Post, post_id)
    may_edit(actor, _facts(post), now).require()
    if post.version != version:
        raise Refused(STALE)
    post.text, post.html = text, to_html(text)
    post.version += 1
    post.edited_at = now


def take_back(actor: Actor, post_id: UUID) -> None:
    """Blank one's own words for good. A thread stays when its first post is taken back."""
    post = locked(Post, post_id)
    may_take_back(actor, _facts(post)).require()
    post.text = post.html = ""
    post.state = PostState.DELETED
    if post.number == 1:
        locked(Thread, post.thread_id).title = ""


def hide(post_id: UUID, *, until: datetime | None) -> None:
    """Hide a post until then, or until moderation decides. Moderation has asked its rules."""
    _settle(post_id, PostState.HIDDEN, until)


def remove(post_id: UUID) -> None:
    """Take a post away. Moderation has asked its rules."""
    _settle(post_id, PostState.REMOVED)


def bring_back(post_id: UUID) -> None:
    """Show a post again. Moderation has asked its rules."""
    _settle(post_id, PostState.PUBLISHED)


def _settle(post_id: UUID, state: PostState, until: datetime | None = None) -> None:
    post = locked(Post, post_id)
    if post.state is not PostState.DELETED:  # what its author took back stays taken back
        post.state = state
        post.hidden_until = until


def _write(thread: Thread, actor: Actor, text: str, now: datetime) -> Sent:
    thread.post_count += 1
    thread.last_at = now
    post = Post(
        thread_id=thread.id,
        number=thread.post_count,
        author_id=actor.id,
        state=PostState.PUBLISHED,
        text=text,
        html=to_html(text),
        written_at=now,
    )
    db.session.add(post)
    db.session.flush()
    return Sent(post.id, post.number)


def _facts(post: Post) -> Written:
    thread = db.session.get_one(Thread, post.thread_id)
    return Written(thread.group_id, post.author_id, post.state, post.hidden_until)
