"""Who was asked whether they agree, and what they said."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value
from community.moderation.agreements.rules import Answer


class AskedWhether(Base):
    """One of the two whom a decision asks. What they were asked, and when, stands in that."""

    __tablename__ = "asked_whether"
    decision_id: Mapped[UUID] = mapped_column(
        ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    says: Mapped[Answer | None] = mapped_column(by_value(Answer))
    said_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("(says IS NULL) = (said_at IS NULL)", name="said_at_some_time"),
    )
