"""Whose feed an address leads to, and what is in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.threads import queries as threads_queries
from community.threads.feeds.models import ThreadFeed
from community.threads.rules.rows import ThreadRow

NEWEST = 20


def feed_of(actor: Actor) -> UUID | None:
    """What the address of this person’s feed is made of, if they have one."""
    return db.session.scalar(select(ThreadFeed.id).where(ThreadFeed.account_id == actor.id))


def owner_of(feed_id: UUID) -> UUID:
    """Whose feed this is. `Refused(NOT_FOUND)` once it was stopped or has a new address."""
    owner = db.session.scalar(select(ThreadFeed.account_id).where(ThreadFeed.id == feed_id))
    if owner is None:
        raise Refused(NOT_FOUND)
    return owner


def news_of(actor: Actor, now: datetime) -> Sequence[ThreadRow]:
    """The threads with the latest words of which this person would like to hear. A circle’s own is
    erased when it is time, and a feed reader would keep its title."""
    found = threads_queries.new_threads(actor, NEWEST, now)
    return [thread for thread in found if thread.erase_at is None]
