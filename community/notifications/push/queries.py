"""Which browsers are told, and which could not be. Every select of pushes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account, SignedInBrowser
from community.core.db import db
from community.notifications.push.models import PushSubscription

MOST_SHOWN = 50


def is_told(browser_id: UUID) -> bool:
    """Whether this browser says when something is new."""
    return db.session.get(PushSubscription, browser_id) is not None


def due(now: datetime, limit: int) -> list[UUID]:
    """Browsers that something waits for, and those whose teller died: its lease is over."""
    query = (
        select(PushSubscription.browser_id)
        .where(PushSubscription.due_at <= now)
        .order_by(PushSubscription.due_at, PushSubscription.browser_id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class Unreached:
    """A device that could not be told."""

    address: str
    failed_at: datetime
    why: str


def unreached() -> list[Unreached]:
    """Devices whose last message was given up, the newest first."""
    rows = db.session.execute(
        select(Account.email, PushSubscription.failed_at, PushSubscription.why)
        .join(SignedInBrowser, SignedInBrowser.id == PushSubscription.browser_id)
        .join(Account, Account.id == SignedInBrowser.account_id)
        .where(PushSubscription.failed_at.is_not(None))
        .order_by(PushSubscription.failed_at.desc())
        .limit(MOST_SHOWN)
    )
    return [Unreached(address, at, why) for address, at, why in rows if at is not None]
