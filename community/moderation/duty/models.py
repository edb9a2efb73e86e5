"""Who has said that they’re looking."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class Duty(Base):
    """Somebody looks after the queue from then until then. When it is over is read off the clock;
    whoever says it anew has this row."""

    __tablename__ = "duty"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    begins_at: Mapped[datetime]
    until: Mapped[datetime]
    __table_args__ = (CheckConstraint("begins_at < until", name="in_order"),)
