"""What somebody was told, and how they want to be told. Every select of notifications."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Row, ScalarSelect, and_, bindparam, exists, func, or_, select

from community.accounts.models import Account
from community.accounts.sanctions.queries import is_suspended
from community.core.actor import Actor, Standing
from community.core.asking import columns
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.notifications.models import NewsChoice, Notice, QuietHours
from community.notifications.rules import (
    NO_WAY,
    PAGE,
    UNCHOSEN,
    USUAL_QUIET,
    News,
    Quiet,
    Ways,
    usual,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a person's letters go, and how one kind of news reaches them."""

    address: str
    zone: str
    quiet: Quiet | None
    quiet_until: datetime | None
    ways: Ways


def reader(account_id: UUID, about: News | None, now: datetime) -> Reader:
    """Somebody who is to be told something, in one statement. Whoever is suspended, or leaving for
    good, is told only what always comes."""
    is_leaving = Account.standing == Standing.LEAVING
    away = or_(is_leaving, is_suspended(Account.id, now)).label("is_away")
    row = db.session.execute(
        select(Account.email, Account.zone, Account.quiet_until, away, *_WAYS, *_QUIET)
        .outerjoin(NewsChoice, and_(NewsChoice.account_id == Account.id, NewsChoice.news == about))
        .outerjoin(QuietHours, QuietHours.account_id == Account.id)
        .where(Account.id == account_id)
    ).one()
    ways = NO_WAY if about and row.is_away else _ways(row, about)
    return Reader(row.email, row.zone, _quiet(row), row.quiet_until, ways)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The zone somebody lives in, and their night there."""

    zone: str
    quiet: Quiet | None


def clocks_of(account_ids: Collection[UUID]) -> dict[UUID, Clocks]:
    """By whose night something of theirs has to wait or be early."""
    rows = db.session.execute(
        select(Account.id, Account.zone, *_QUIET)
        .outerjoin(QuietHours, QuietHours.account_id == Account.id)
        .where(Account.id.in_(account_ids))
    )
    return {row.id: Clocks(row.zone, _quiet(row)) for row in rows}


def who_chose(about: News) -> Sequence[UUID]:
    """Whoever is told this kind of news because they have chosen it, and is here."""
    return db.session.scalars(
        select(NewsChoice.account_id)
        .join(Account, Account.id == NewsChoice.account_id)
        .where(
            NewsChoice.news == about,
            or_(NewsChoice.by_mail, NewsChoice.by_bell),
            Account.standing == Standing.ACTIVE,
        )
        .order_by(NewsChoice.account_id)
    ).all()


def quiet_of(actor: Actor) -> Quiet | None:
    """This person’s quiet hours."""
    return clocks_of([actor.id])[actor.id].quiet


def is_mailed(account_id: UUID, about: News) -> bool:
    """Whether this kind of news goes to somebody by e-mail. Raises `Refused(NOT_FOUND)`."""
    row = db.session.execute(
        select(*_WAYS)
        .select_from(Account)
        .outerjoin(NewsChoice, and_(NewsChoice.account_id == Account.id, NewsChoice.news == about))
        .where(Account.id == account_id)
    ).first()
    if row is None:
        raise Refused(NOT_FOUND)
    return _ways(row, about).by_mail


_WAYS = (NewsChoice.by_mail, NewsChoice.by_bell, NewsChoice.by_push)
_CHOSEN = and_(NewsChoice.account_id == bindparam("who"), NewsChoice.news == bindparam("about"))
_RUNG = (
    select(*_WAYS)
    .select_from(Notice)
    .outerjoin(NewsChoice, _CHOSEN)
    .where(Notice.once == bindparam("once"))
)
_QUIET = (QuietHours.account_id.label("quiet_chosen_by"), QuietHours.begins, QuietHours.ends)


def _quiet(row: Row[*tuple[Any, ...]]) -> Quiet | None:
    if row.quiet_chosen_by is None:
        return USUAL_QUIET
    return None if row.begins is None else Quiet(row.begins, row.ends)


def _ways(row: Any, about: News | None) -> Ways:
    return usual(about) if row.by_mail is None else Ways(row.by_mail, row.by_bell, row.by_push)


def is_told(account_id: UUID, about: News, once: str) -> bool:
    """Whether this person’s bell has rung under this key, and they want no letter about it: then to
    tell them once more would tell nothing."""
    row = columns(_RUNG, {"once": once, "who": account_id, "about": about}).one_or_none()
    return row is not None and not _ways(row, about).by_mail


def choices(actor: Actor) -> dict[News, Ways]:
    """How each kind of news reaches this person."""
    rows = db.session.execute(
        select(NewsChoice.news, *_WAYS).where(NewsChoice.account_id == actor.id)
    )
    return UNCHOSEN | {row.news: _ways(row, row.news) for row in rows}


def unseen(account_id: BindParameter[UUID], now: BindParameter[datetime]) -> ScalarSelect[int]:
    """How much news this person hasn't seen, to be read along with something else. In their quiet
    days what is put down doesn’t count."""
    are_quiet_days = exists().where(Account.id == account_id, Account.quiet_until > now)
    return (
        select(func.count())
        .select_from(Notice)
        .where(
            Notice.account_id == account_id,
            Notice.seen_at.is_(None),
            or_(Notice.put_down.is_(False), ~are_quiet_days),
        )
        .scalar_subquery()
    )


def unseen_since(account_id: UUID, since: datetime) -> int:
    """How much of what this person was told since then they haven’t seen."""
    return db.session.scalars(
        select(func.count())
        .select_from(Notice)
        .where(Notice.account_id == account_id, Notice.seen_at.is_(None), Notice.told_at >= since)
    ).one()


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
