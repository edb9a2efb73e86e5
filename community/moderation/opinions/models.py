"""What a moderator asked, and what somebody else thinks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples, key
from community.core.locked import EMPTY, Locked


class SecondOpinion(Base):
    """Somebody asked what others think of an item, and what one of them said. One at a time waits
    for an answer."""

    __tablename__ = "second_opinion"
    id: Mapped[UUID] = key()
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), index=True
    )
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    question: Mapped[str] = mapped_column(Locked("opinion-question"))
    given_by: Mapped[UUID | None]
    given_at: Mapped[datetime | None]
    opinion: Mapped[str | None] = mapped_column(Locked("opinion"))
    __table_args__ = (
        CheckConstraint(
            "(given_by IS NULL) = (given_at IS NULL) AND (given_by IS NULL) = (opinion IS NULL)",
            name="given_whole",
        ),
        CheckConstraint("given_by <> asked_by", name="by_somebody_else"),
        CheckConstraint(f"opinion IS NULL OR length(opinion) > {EMPTY}", name="given_in_words"),
        Index(
            "uq_second_opinion_one_open",
            "item_id",
            unique=True,
            sqlite_where=text("given_at IS NULL"),
            postgresql_where=text("given_at IS NULL"),
        ),
    )


keep_no_samples(SecondOpinion, "question", "opinion")
