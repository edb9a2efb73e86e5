"""Which accounts are locked. Who locked and unlocked what is in the record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.accounts.locks.rules import LockReason
from community.core.db import Base, by_value


class AccountLock(Base):
    """Nobody comes in by this account until then. One row for each account at a time."""

    __tablename__ = "account_lock"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[LockReason] = mapped_column(by_value(LockReason))
    locked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("ends_at > locked_at", name="ends_after_it_begins"),)
