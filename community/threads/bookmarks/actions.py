"""Keeping a post for oneself, and no longer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import add_once, db
from community.core.verdict import NOT_FOUND, Refused
from community.threads import queries as threads_queries
from community.threads.bookmarks.models import Bookmark


def keep(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """Keep a post that is shown to them. Nobody is told, and a second press changes nothing."""
    if not threads_queries.post(actor, post_id).is_shown(now):
        raise Refused(NOT_FOUND)
    add_once(Bookmark, account_id=actor.id, post_id=post_id, kept_at=now)


def let_go(actor: Actor, post_id: UUID) -> None:
    """As it was before, also of a post that isn’t shown to them any more."""
    which = (Bookmark.account_id == actor.id, Bookmark.post_id == post_id)
    db.session.execute(delete(Bookmark).where(*which))
