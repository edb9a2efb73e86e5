"""Locking an account, and letting its person come in again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.accounts.locks import queries
from community.accounts.locks.models import AccountLock
from community.accounts.locks.rules import (
    LOCKED,
    NOBODY_COMES_IN,
    UNLOCKED,
    LockReason,
    may_lock,
    may_unlock,
    until,
)
from community.accounts.models import Account, SignedInBrowser
from community.core import deeds
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.deeds import Deed
from community.core.verdict import Refused


def lock(
    actor: Actor, account_id: UUID, reason: LockReason, days: int, *, now: datetime
) -> datetime:
    """Every browser is signed out, and no other comes in, until the moment that this gives back."""
    locked(Account, account_id)
    is_locked = queries.lock_on(account_id, now) is not None
    may_lock(actor, account_id, is_locked, now).require()
    ends_at = until(days, now)
    db.session.execute(delete(AccountLock).where(AccountLock.ends_at <= now))
    db.session.add(
        AccountLock(account_id=account_id, reason=reason, locked_at=now, ends_at=ends_at)
    )
    db.session.execute(delete(SignedInBrowser).where(SignedInBrowser.account_id == account_id))
    deeds.say(Deed(actor, LOCKED, account_id, None, "open", f"{reason} {days}", now))
    return ends_at


def unlock(actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """Whoever it belongs to comes in again."""
    locked(Account, account_id)
    held = queries.lock_on(account_id, now)
    may_unlock(actor, held is not None, now).require()
    db.session.execute(delete(AccountLock).where(AccountLock.account_id == account_id))
    before = held.reason if held else ""
    deeds.say(Deed(actor, UNLOCKED, account_id, None, before, "open", now))


def keep_out(account_id: UUID, *, now: datetime) -> None:
    """Before a browser is signed in. Whoever locks it at this moment is first, or signs it out."""
    locked(Account, account_id)
    if queries.lock_on(account_id, now) is not None:
        raise Refused(NOBODY_COMES_IN)
