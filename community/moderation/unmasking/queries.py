"""Whose name it is, and who looked it up. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.models import ReviewItem
from community.moderation.queries import ItemRow, items_by_id
from community.moderation.unmasking.models import Unmasking
from community.moderation.unmasking.rules import Because, is_kept_back, may_ask_name
from community.threads.models import Post, Thread


def item_to_ask_about(actor: Actor, item_id: UUID, now: datetime) -> ItemRow:
    """The item, for whoever may ask who wrote it. Raises `Refused(NOT_FOUND)`."""
    item = items_by_id([item_id], now).get(item_id)
    if item is None:
        raise Refused(NOT_FOUND)
    may_ask_name(actor, item.case, now).require()
    return item


def name_of(account_id: UUID) -> str:
    """The name of somebody, past every rule."""
    return db.session.scalars(select(Account.name).where(Account.id == account_id)).one()


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Somebody looked up who wrote this person’s words."""

    at: datetime
    because: Because
    why: str
    title: str  # of the thread


def looked_up(actor: Actor) -> Sequence[LookedUp]:
    """Each time, the newest first, as far as this person may know of it by now."""
    rows = db.session.execute(
        select(Unmasking, ReviewItem.severity, ReviewItem.closed_at, Thread.title)
        .join(ReviewItem, ReviewItem.id == Unmasking.item_id)
        .join(Post, Post.id == ReviewItem.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Unmasking.account_id == actor.id)
        .order_by(Unmasking.id.desc())
    )
    return [
        LookedUp(row.Unmasking.at, row.Unmasking.because, row.Unmasking.why, row.title)
        for row in rows
        if not is_kept_back(row.Unmasking.because, row.severity, is_open=row.closed_at is None)
    ]
