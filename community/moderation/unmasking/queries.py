"""Whose name it is, and who looked it up. Every select of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.models import Report, ReviewItem
from community.moderation.queries import ItemRow, items_by_id, reports_of
from community.moderation.rules.reasons import REASONS
from community.moderation.unmasking.models import Unmasking
from community.moderation.unmasking.rules import (
    Because,
    Sent,
    Sought,
    Whose,
    is_kept_back,
    may_ask_name,
)
from community.threads.models import Post, Thread


def item_to_ask_about(actor: Actor, item_id: UUID, whose: Whose, now: datetime) -> ItemRow:
    """The item, for whoever may ask whose name it is. Raises `Refused(NOT_FOUND)`."""
    item = items_by_id([item_id], now).get(item_id)
    if item is None:
        raise Refused(NOT_FOUND)
    may_ask_name(actor, item.case, whose, now).require()
    return item


def sought(item_id: UUID, author_id: UUID | None, whose: Whose) -> Sequence[Sought]:
    """Whose names are asked for."""
    if whose is Whose.WRITER:
        return [Sought(author_id)]
    return [
        Sought(
            each.reporter_id,
            Sent(each.id, REASONS[each.reason], each.reported_at, each.is_anonymous),
        )
        for each in reports_of(item_id)
    ]


@dataclass(frozen=True, slots=True)
class Named:
    """What the answer says of one of them."""

    name: str | None  # None where it isn’t told
    report: Sent | None


def named(asked: Sequence[Sought], told: Collection[Sought]) -> Sequence[Named]:
    """The names of those who are told, past every other rule."""
    ids = [each.account_id for each in told]
    names = dict(
        db.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))).all()
    )
    return [
        Named(names[each.account_id] if each in told and each.account_id else None, each.report)
        for each in asked
    ]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Somebody looked up who wrote this person’s words, or that they reported something."""

    at: datetime
    whose: Whose
    because: Because
    why: str
    title: str | None  # of the thread that they wrote in
    reported_at: datetime | None


def looked_up(actor: Actor) -> Sequence[LookedUp]:
    """Each time, the newest first, as far as this person may know of it by now."""
    rows = db.session.execute(
        select(
            Unmasking,
            ReviewItem.severity,
            ReviewItem.closed_at.is_(None).label("is_open"),
            Thread.title,
            Report.reported_at,
        )
        .join(ReviewItem, ReviewItem.id == Unmasking.item_id)
        .outerjoin(Report, Report.id == Unmasking.report_id)
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .outerjoin(Thread, Thread.id == Post.thread_id)
        .where(Unmasking.account_id == actor.id)
        .order_by(Unmasking.id.desc())
    )
    return [
        LookedUp(each.at, each.whose, each.because, each.why, title, reported_at)
        for each, severity, is_open, title, reported_at in rows
        if not is_kept_back(each.because, each.whose, severity, is_open=is_open)
    ]
