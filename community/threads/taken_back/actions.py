"""Taking words back, putting them back, and erasing them for good."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update

from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import Refused
from community.threads import queries as threads_queries
from community.threads.hints.models import Hint
from community.threads.holds import actions as holds
from community.threads.holds.models import Hold
from community.threads.holds.rules import HoldReason
from community.threads.mentions.actions import html_of
from community.threads.models import Draft, Post, Thread, ThreadTag
from community.threads.notes.models import NoteSuggestion
from community.threads.notes.rules import NO_NOTES
from community.threads.pace.queries import paces_of
from community.threads.pace.rules import may_change_in
from community.threads.pictures import keeping as pictures
from community.threads.rules.posts import PostState, Written, may_keep_draft, may_take_back
from community.threads.summary.models import ThreadSummary
from community.threads.taken_back import keeping
from community.threads.taken_back.models import TakenBack
from community.threads.taken_back.rules import ERASED, may_put_back, may_see_taken_back
from community.threads.thrown_away.models import ThrownAway


def take_back(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """Blank one's own words where they stood, and set them aside for their writer. A draft of a
    change is erased. A thread stays when its first post is taken back. A second press changes
    nothing.
    """
    post = locked(Post, post_id)
    thread = db.session.get_one(Thread, post.thread_id)
    before = Written(thread.group_id, post.author_id, post.state, post.hidden_until)
    if post.state is PostState.DELETED:
        may_keep_draft(actor, before).require()
        return
    may_take_back(actor, before).require()
    keeping.keep(post, thread, now=now)
    post.text = post.html = ""
    post.notes = NO_NOTES
    post.state = PostState.DELETED
    post.press_id = None
    for words in (Draft, ThrownAway, Hold, NoteSuggestion, Hint):
        db.session.execute(delete(words).where(words.post_id == post_id))
    pictures.let_go_of_change(post_id, now=now)
    if post.number == 1:
        locked(Thread, post.thread_id).title = ""
        for model in (ThreadTag, ThreadSummary):  # it tells of these words too
            db.session.execute(delete(model).where(model.thread_id == post.thread_id))


def put_back(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """Show one’s own words again. What waited or was hidden is read by a moderator first. A second
    press changes nothing.
    """
    may_see_taken_back(actor, threads_queries.post(actor, post_id)).require()
    post = locked(Post, post_id)
    if post.state is not PostState.DELETED:
        return
    kept = db.session.get(TakenBack, post_id)
    if kept is None or kept.erase_at <= now:
        raise Refused(ERASED)
    thread = locked(Thread, post.thread_id)
    before = Written(thread.group_id, post.author_id, kept.state, kept.hidden_until)
    may_put_back(actor, before, kept.state).require()
    is_shown = before.is_shown(now) and post.number is not None
    if is_shown:
        may_change_in(paces_of(actor, thread.id, now), now).require()
    html = html_of(actor, thread.id, kept.text)
    post.state = kept.state if is_shown else PostState.HELD
    post.hidden_until = kept.hidden_until if is_shown else None
    keeping.give_back(kept, post, thread, html)
    if not is_shown:
        holds.hold_new(post, thread.group_id, (HoldReason.CHANGED,), now=now)
    db.session.flush()


def erase(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """Nobody can put it back from now on. The next job takes it out of the files as well."""
    may_see_taken_back(actor, threads_queries.post(actor, post_id)).require()
    own = (TakenBack.post_id == post_id, TakenBack.account_id == actor.id)
    gone = {"text": "", "title": "", "tags": {}, "erase_at": now}
    erased = db.session.execute(update(TakenBack).where(*own).values(**gone))
    if cast("CursorResult[Any]", erased).rowcount:
        pictures.let_go_of_posts([post_id], now=now)
        keeping.forget_beside([post_id])


def forget(*, now: datetime) -> bool:
    """Erase what was taken back thirty days ago, or is to be gone sooner. True if there was any."""
    is_over = TakenBack.erase_at <= now
    gone = select(TakenBack.post_id).where(is_over)
    pictures.let_go_of_posts(gone, now=now)
    keeping.forget_beside(gone)
    over = db.session.execute(delete(TakenBack).where(is_over))
    return cast("CursorResult[Any]", over).rowcount > 0
