"""Changing the title of one’s own thread, and what one would like from others."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db, locked
from community.threads import earlier, queries
from community.threads.heading.rules import may_change_heading
from community.threads.holds import actions as holds
from community.threads.holds import queries as holds_queries
from community.threads.holds.rules import HoldReason
from community.threads.models import Post, Thread
from community.threads.pace.queries import paces_of
from community.threads.pace.rules import may_change_in
from community.threads.rules.posts import Wish, Written


def change(actor: Actor, thread_id: UUID, title: str, wish: Wish, *, now: datetime) -> None:
    """From now on the thread is called this, and asks for this. What it was called is kept with
    what its first words were. A title is words as well: it is held as a change of them would be.
    """
    post = locked(Post, queries.opening(actor, thread_id).id)
    thread = locked(Thread, thread_id)
    before = Written(thread.group_id, post.author_id, post.state, post.hidden_until)
    is_of_circle = thread.circle_id is not None
    may_change_heading(actor, before, now, is_of_circle=is_of_circle).require()
    if not before.is_waiting:
        may_change_in(paces_of(actor, thread_id, now), now).require()
    thread.wish = wish
    if title == thread.title:
        return
    earlier.keep(post, thread, now=now)
    thread.title = title
    db.session.flush()
    reasons = holds_queries.reasons(actor, thread, title)
    if not before.is_shown(now):
        reasons = reasons or (HoldReason.CHANGED,)
    if reasons:
        holds.hold(post, thread.group_id, reasons, now=now)
