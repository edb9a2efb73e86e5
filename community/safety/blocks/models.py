"""Who keeps apart from whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class Block(Base):
    """Somebody keeps apart from somebody else, who isn’t told."""

    __tablename__ = "block"
    blocker_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    blocked_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime]
    __table_args__ = (CheckConstraint("blocker_id <> blocked_id", name="two_people"),)
