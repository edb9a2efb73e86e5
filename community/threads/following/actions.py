"""Choosing how one hears of threads, and the letter that tells of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import NOT_FOUND, Refused
from community.dystonia.topics import topic as topic_of
from community.groups.claims import actor_of
from community.notifications import actions as notifications
from community.notifications import queries as notifications_queries
from community.notifications.rules import News
from community.threads import queries as threads_queries
from community.threads.following.models import Following, HeardMark
from community.threads.following.rules import FollowedNews, Level, day_of
from community.threads.rules.rows import ThreadRow


def follow_thread(actor: Actor, thread_id: UUID, level: Level, *, now: datetime) -> None:
    """So they hear of this thread from now on, whatever they chose for its topic."""
    threads_queries.thread(actor, thread_id)
    _choose(actor, Following(thread_id=thread_id, level=level, since=now))


def follow_topic(actor: Actor, slug: str, level: Level, *, now: datetime) -> None:
    """So they hear of each thread of this topic for which they chose nothing."""
    if topic_of(slug) is None:
        raise Refused(NOT_FOUND)
    _choose(actor, Following(topic=slug, level=level, since=now))


def end_for_thread(actor: Actor, thread_id: UUID) -> None:
    """As it was before, also for a thread that they may not read any more."""
    _end(actor, thread_id, None)


def end_for_topic(actor: Actor, slug: str) -> None:
    """As it was before."""
    _end(actor, None, slug)


def tell_followed(account_id: UUID, *, now: datetime) -> None:
    """Once a day: there are new replies where somebody asked to hear. Nothing, if there are none;
    and none is told of twice."""
    me = actor_of(account_id, now=now)
    threads = threads_queries.asked_to_hear(me, now, untold=True)
    once = f"followed:{account_id}:{day_of(now, me.zone)}"
    if threads and notifications.tell(
        account_id, FollowedNews(), about=News.FOLLOWED, now=now, once=once
    ):
        _mark_told(me, threads)


def _choose(actor: Actor, chosen: Following) -> None:
    """Whoever asks for letters gets them, also if they had stopped letters of this kind."""
    locked(Account, actor.id)  # so that of two presses at once the later one counts
    _end(actor, chosen.thread_id, chosen.topic)
    chosen.account_id = actor.id
    db.session.add(chosen)
    db.session.flush()
    is_asked = chosen.level is Level.MAIL
    if is_asked and not notifications_queries.is_mailed(actor.id, News.FOLLOWED):
        notifications.choose_mail(actor.id, News.FOLLOWED, by_mail=True)


def _end(actor: Actor, thread_id: UUID | None, slug: str | None) -> None:
    db.session.execute(
        delete(Following).where(
            Following.account_id == actor.id,
            Following.thread_id.is_not_distinct_from(thread_id),
            Following.topic.is_not_distinct_from(slug),
        )
    )


def _mark_told(actor: Actor, threads: Sequence[ThreadRow]) -> None:
    told = {thread.id: thread.last for thread in threads}
    before = (HeardMark.account_id == actor.id, HeardMark.thread_id.in_(told))
    db.session.execute(delete(HeardMark).where(*before))
    rows = [
        {"account_id": actor.id, "thread_id": each, "number": last} for each, last in told.items()
    ]
    db.session.execute(insert(HeardMark), rows)
