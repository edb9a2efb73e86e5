"""What somebody was told, and how they want to be told. Every select of notifications."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ScalarSelect, and_, func, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.notifications.models import NewsChoice, Notice
from community.notifications.rules import PAGE, UNCHOSEN, News, Ways, usual


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a person's letters go, and how one kind of news reaches them."""

    address: str
    zone: str
    ways: Ways


def reader(account_id: UUID, about: News | None) -> Reader:
    """Somebody who is to be told something, in one statement."""
    row = db.session.execute(
        select(Account.email, Account.zone, NewsChoice.by_mail, NewsChoice.by_bell)
        .outerjoin(NewsChoice, and_(NewsChoice.account_id == Account.id, NewsChoice.news == about))
        .where(Account.id == account_id)
    ).one()
    chosen = None if row.by_mail is None else Ways(row.by_mail, row.by_bell)
    return Reader(row.email, row.zone, chosen or usual(about))


def choices(actor: Actor) -> dict[News, Ways]:
    """How each kind of news reaches this person."""
    rows = db.session.execute(
        select(NewsChoice.news, NewsChoice.by_mail, NewsChoice.by_bell).where(
            NewsChoice.account_id == actor.id
        )
    )
    return UNCHOSEN | {row.news: Ways(row.by_mail, row.by_bell) for row in rows}


def unseen(account_id: UUID | BindParameter[UUID]) -> ScalarSelect[int]:
    """How much news this person hasn't seen, to be read along with something else."""
    return (
        select(func.count())
        .select_from(Notice)
        .where(Notice.account_id == account_id, Notice.seen_at.is_(None))
        .scalar_subquery()
    )


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One piece of news."""

    id: UUID
    kind: str
    facts: Mapping[str, Any]
    told_at: datetime
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A page of news, the newest first, and where the page after it begins, if there is one."""

    notices: list[NoticeRow]
    older: UUID | None


def notices(actor: Actor, older_than: UUID | None) -> Told:
    """What this person was told, a page of it."""
    query = _NOTICE.where(Notice.account_id == actor.id).order_by(Notice.id.desc())
    if older_than is not None:
        query = query.where(Notice.id < older_than)
    rows = [NoticeRow(*row) for row in db.session.execute(query.limit(PAGE + 1))]
    return Told(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def notice(actor: Actor, notice_id: UUID) -> NoticeRow:
    """One of them. Raises `Refused(NOT_FOUND)`."""
    row = db.session.execute(
        _NOTICE.where(Notice.id == notice_id, Notice.account_id == actor.id)
    ).first()
    if row is None:
        raise Refused(NOT_FOUND)
    return NoticeRow(*row)


_NOTICE = select(Notice.id, Notice.kind, Notice.facts, Notice.told_at, Notice.seen_at.is_not(None))
