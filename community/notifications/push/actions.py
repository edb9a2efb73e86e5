"""A browser is told when something is new, or no longer; and each telling, try by try."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from community.accounts.models import SignedInBrowser
from community.core.db import db
from community.notifications.push.models import PushSubscription
from community.notifications.push.rules import LEASE, TRIES, Told, wait_after


def subscribe(browser_id: UUID, told: Told) -> None:
    """Tell this browser from now on. If somebody else was told by it before, they aren’t now."""
    db.session.execute(
        delete(PushSubscription).where(
            or_(
                PushSubscription.browser_id == browser_id,
                PushSubscription.endpoint == told.endpoint,
            )
        )
    )
    db.session.add(
        PushSubscription(
            browser_id=browser_id, endpoint=told.endpoint, key=told.key, secret=told.secret
        )
    )
    db.session.flush()


def unsubscribe(browser_id: UUID) -> None:
    """Tell this browser no more."""
    db.session.execute(delete(PushSubscription).where(PushSubscription.browser_id == browser_id))


def ring(account_id: UUID, at: datetime) -> None:
    """Something is new for this person. Each of their devices says so then, once for all of it."""
    theirs = select(SignedInBrowser.id).where(SignedInBrowser.account_id == account_id)
    db.session.execute(
        update(PushSubscription)
        .where(
            PushSubscription.browser_id.in_(theirs),
            or_(PushSubscription.due_at.is_(None), PushSubscription.due_at > at),
        )
        .values(due_at=at, tries=0)
        .execution_options(synchronize_session=False)
    )


def hush(account_id: UUID) -> None:
    """What their devices would have said later, they don’t."""
    theirs = select(SignedInBrowser.id).where(SignedInBrowser.account_id == account_id)
    db.session.execute(
        update(PushSubscription)
        .where(PushSubscription.browser_id.in_(theirs))
        .values(due_at=None, tries=0)
        .execution_options(synchronize_session=False)
    )


def claim(browser_id: UUID, *, now: datetime) -> PushSubscription | None:
    """Take one for ourselves, and say so before its push service hears of it. None if another has
    it. What comes back is no part of the session any more."""
    row = db.session.scalar(
        select(PushSubscription)
        .where(PushSubscription.browser_id == browser_id, PushSubscription.due_at <= now)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if row is not None:
        row.tries += 1
        row.due_at = now + LEASE
        db.session.flush()
        db.session.expunge(row)
    return row


def arrived(claimed: PushSubscription) -> None:
    """It was told."""
    _settle(claimed, due_at=None, tries=0, failed_at=None, why="")


def did_not_arrive(claimed: PushSubscription, why: str, *, now: datetime) -> bool:
    """To be tried again later, each time after a longer wait; or given up. True if given up."""
    is_over = claimed.tries >= TRIES
    if is_over:
        _settle(claimed, due_at=None, tries=0, failed_at=now, why=why)
    else:
        _settle(claimed, due_at=now + wait_after(claimed.tries), why=why)
    return is_over


def _settle(claimed: PushSubscription, **values: object) -> None:
    """Unless something newer came meanwhile, or our lease ended: then it is told anew."""
    db.session.execute(
        update(PushSubscription)
        .where(
            PushSubscription.browser_id == claimed.browser_id,
            PushSubscription.endpoint == claimed.endpoint,
            PushSubscription.due_at == claimed.due_at,
        )
        .values(**values)
    )
