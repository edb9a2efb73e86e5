"""Which accounts are locked. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from community.accounts.locks.models import AccountLock
from community.accounts.locks.rules import LockReason
from community.accounts.models import Account
from community.core.db import db


@dataclass(frozen=True, slots=True)
class LockRow:
    """One of them, for admins."""

    account_id: UUID
    name: str
    email: str
    reason: LockReason
    locked_at: datetime
    ends_at: datetime


def lock_on(account_id: UUID, now: datetime) -> AccountLock | None:
    """What is in force for this account."""
    in_force = (AccountLock.account_id == account_id, AccountLock.ends_at > now)
    return db.session.scalar(select(AccountLock).where(*in_force))


def lock_of(email: str, now: datetime) -> AccountLock | None:
    """The same, for the account of this address."""
    query = select(AccountLock).join(Account, Account.id == AccountLock.account_id)
    return db.session.scalar(query.where(Account.email == email, AccountLock.ends_at > now))


def locks(now: datetime) -> Sequence[LockRow]:
    """All that are in force, by name."""
    rows = db.session.execute(
        select(
            Account.id,
            Account.name,
            Account.email,
            AccountLock.reason,
            AccountLock.locked_at,
            AccountLock.ends_at,
        )
        .join(AccountLock, AccountLock.account_id == Account.id)
        .where(AccountLock.ends_at > now)
        .order_by(func.lower(Account.name), Account.id)
    )
    return [LockRow(*row) for row in rows]
