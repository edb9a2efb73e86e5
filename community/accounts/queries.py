"""What there is about people. Every select of accounts."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from community.accounts.check_in.rules import CheckIn
from community.accounts.models import Account, SignedInBrowser, SignInLink, StaffRole
from community.accounts.rules import PRESS_FILTER, Badge, Brightness, Comfort, InCircles, liking
from community.core.actor import Staff, Standing
from community.core.asking import Rows
from community.core.db import db


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in browser and whose it is."""

    badge: Badge
    seen_at: datetime


def token_hash(token: str) -> str:
    """What we keep of a token: enough to know it again, too little to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def visit_of(rows: Sequence[Any]) -> Visit:
    """What these rows say, of which `VISIT` found at least one."""
    row = rows[0]
    badge = Badge(
        account_id=row.id,
        browser_id=row.browser_id,
        name=row.name,
        standing=row.standing,
        zone=row.zone,
        comfort=Comfort(
            row.theme,
            row.text_size,
            row.side,
            row.easier_letters,
            PRESS_FILTER if row.press_filter is None else row.press_filter,
            Brightness(row.pictures or Brightness.FULL),
        ),
        signed_in_at=row.signed_in_at,
        quiet_until=row.quiet_until,
        checked_in=CheckIn(row.how_today, row.how_today_until) if row.how_today else None,
        staff=frozenset(each.role for each in rows if each.role is not None),
    )
    return Visit(badge, row.seen_at)


_TOKEN = SignedInBrowser.token_hash == bindparam("token_hash")
VISIT: Rows = (
    select(
        Account.id,
        Account.name,
        Account.standing,
        Account.zone,
        Account.theme,
        Account.text_size,
        Account.side,
        Account.easier_letters,
        Account.in_circles["press_filter"].as_integer().label("press_filter"),
        Account.in_circles["pictures"].as_string().label("pictures"),
        Account.quiet_until,
        Account.how_today,
        Account.how_today_until,
        SignedInBrowser.id.label("browser_id"),
        SignedInBrowser.signed_in_at,
        SignedInBrowser.seen_at,
    )
    .join(SignedInBrowser, SignedInBrowser.account_id == Account.id)
    .where(_TOKEN)
)
"""The browser that carries a token. `groups.claims` reads along what its owner may do, so that it
costs no statement more."""
WHOSE = select(SignedInBrowser.account_id).where(_TOKEN).correlate(None).scalar_subquery()
"""Its owner, for what is read along."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's own settings."""

    id: UUID
    email: str
    name: str
    zone: str
    access_card: str
    is_adult: bool
    likes: InCircles


def person(account_id: UUID) -> Person:
    """Somebody, for their own eyes."""
    row = db.session.execute(
        select(
            Account.id,
            Account.email,
            Account.name,
            Account.zone,
            Account.access_card,
            Account.adult_at,
            Account.in_circles,
        ).where(Account.id == account_id)
    ).one()
    return Person(
        row.id,
        row.email,
        row.name,
        row.zone,
        row.access_card,
        row.adult_at is not None,
        liking(row.in_circles),
    )


def in_circles(account_id: UUID) -> InCircles:
    """What somebody likes in circles, today’s need included."""
    stored = select(Account.in_circles).where(Account.id == account_id)
    return liking(db.session.scalars(stored).one())


@dataclass(frozen=True, slots=True)
class Known:
    """An account behind an address."""

    id: UUID
    zone: str


def asking(email: str, *, now: datetime) -> tuple[Known | None, int]:
    """Who has this address, and how many links it was sent within the hour."""
    row = db.session.execute(select(Account.id, Account.zone).where(Account.email == email)).first()
    asked = db.session.scalar(
        select(func.count())
        .select_from(SignInLink)
        .where(SignInLink.email == email, SignInLink.asked_at > now - timedelta(hours=1))
    )
    return (Known(row.id, row.zone) if row else None), asked or 0


def account_id_of(email: str) -> UUID | None:
    """The account of this address."""
    return db.session.scalar(select(Account.id).where(Account.email == email.lower()))


def is_active(account_id: UUID) -> bool:
    """Whether this person is here."""
    standing = db.session.scalar(select(Account.standing).where(Account.id == account_id))
    return standing is Standing.ACTIVE


def address_of(link_id: UUID, *, now: datetime) -> str | None:
    """The address a link is for, while the link is good."""
    return db.session.scalar(
        select(SignInLink.email).where(
            SignInLink.id == link_id, SignInLink.used_at.is_(None), SignInLink.ends_at > now
        )
    )


@dataclass(frozen=True, slots=True)
class Browser:
    """One place where somebody is signed in."""

    id: UUID
    label: str
    signed_in_at: datetime
    seen_at: datetime


def browsers(account_id: UUID) -> list[Browser]:
    """Where this person is signed in, the latest first."""
    rows = db.session.execute(
        select(
            SignedInBrowser.id,
            SignedInBrowser.label,
            SignedInBrowser.signed_in_at,
            SignedInBrowser.seen_at,
        )
        .where(SignedInBrowser.account_id == account_id)
        .order_by(SignedInBrowser.seen_at.desc(), SignedInBrowser.id.desc())
    )
    return [Browser(*row) for row in rows]


def staff_of(account_id: UUID) -> frozenset[Staff]:
    """What this person does for the whole site."""
    return frozenset(
        db.session.scalars(select(StaffRole.role).where(StaffRole.account_id == account_id))
    )


def admins() -> list[UUID]:
    """Who are admins, in the order in which they are locked."""
    query = select(StaffRole.account_id).where(StaffRole.role == Staff.ADMIN)
    return list(db.session.scalars(query.order_by(StaffRole.account_id)))


def joined(*, in_demo: bool) -> bool:
    """Is anybody here who joined in a demo, or outside one?"""
    which = Account.is_demo.is_(in_demo)
    return db.session.scalar(select(Account.id).where(which).limit(1)) is not None
