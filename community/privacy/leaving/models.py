"""Who has asked to be erased, and when it will be."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.actor import Standing
from community.core.db import Base, by_value
from community.threads.parting.rules import Words


class Leaving(Base):
    """Somebody is leaving for good. Until then one press undoes it, and the row goes; after it the
    account does, and takes the row along."""

    __tablename__ = "leaving"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[Words] = mapped_column(by_value(Words))
    was: Mapped[Standing] = mapped_column(by_value(Standing))  # and is again, if they stay
    asked_at: Mapped[datetime]
    erase_at: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (CheckConstraint("erase_at >= asked_at", name="erased_afterwards"),)
