"""What was done for somebody who may be in danger: who did it and when, whose lines they were
written to about, and to whom it was handed over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, key
from community.moderation.rules.care import CareStep, HandedTo


class CareTaken(Base):
    """A step that somebody took, and no word of what was said."""

    __tablename__ = "care_taken"
    id: Mapped[UUID] = key()
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[CareStep] = mapped_column(by_value(CareStep))
    taken_by: Mapped[UUID]
    taken_at: Mapped[datetime]
    country: Mapped[str | None]  # a slug of safety.crisis
    handed_to: Mapped[HandedTo | None] = mapped_column(by_value(HandedTo))
    __table_args__ = (
        CheckConstraint("step = 'pointed' OR country IS NULL", name="country_of_lines"),
        CheckConstraint("(step = 'handed') = (handed_to IS NOT NULL)", name="handed_to_somebody"),
        Index(
            "uq_care_taken_pointed_once",
            "item_id",
            unique=True,
            sqlite_where=text("step = 'pointed'"),
            postgresql_where=text("step = 'pointed'"),
        ),
    )
