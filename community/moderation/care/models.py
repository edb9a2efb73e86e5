"""What was done for somebody who may be in danger."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, key
from community.moderation.rules.care import CareStep


class CareTaken(Base):
    """A step that somebody took: who and when, and no word of what was said."""

    __tablename__ = "care_taken"
    id: Mapped[UUID] = key()
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[CareStep] = mapped_column(by_value(CareStep))
    taken_by: Mapped[UUID]
    taken_at: Mapped[datetime]
    __table_args__ = (
        Index(
            "uq_care_taken_pointed_once",
            "item_id",
            unique=True,
            sqlite_where=text("step = 'pointed'"),
            postgresql_where=text("step = 'pointed'"),
        ),
    )
