"""Another look that somebody asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, keep_no_samples, key
from community.core.locked import EMPTY, Locked
from community.moderation.appeals.rules import Result, Side


class Appeal(Base):
    """Somebody asked for another look at a decision, and what they were answered. The decision
    isn’t referred to by a key: it is kept longer than the item (models.Decision)."""

    __tablename__ = "appeal"
    id: Mapped[UUID] = key()
    decision_id: Mapped[UUID]
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), index=True
    )
    appellant_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    side: Mapped[Side] = mapped_column(by_value(Side))
    words: Mapped[str] = mapped_column(Locked("appeal-words"))
    asked_at: Mapped[datetime]
    result: Mapped[Result | None] = mapped_column(by_value(Result))
    answer: Mapped[str | None] = mapped_column(Locked("appeal-answer"))
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("decision_id", "appellant_id"),
        CheckConstraint(
            "(result IS NULL) = (answered_at IS NULL) AND (result IS NULL) = (answer IS NULL) "
            "AND (result IS NULL) = (answered_by IS NULL)",
            name="answered_whole",
        ),
        CheckConstraint(f"answer IS NULL OR length(answer) > {EMPTY}", name="answered_in_words"),
        CheckConstraint("answered_by <> appellant_id", name="not_by_whoever_asked"),
        Index(
            "ix_appeal_open",
            "asked_at",
            sqlite_where=text("result IS NULL"),
            postgresql_where=text("result IS NULL"),
        ),
    )


class AppealClaim(Base):
    """Somebody is looking at an appeal until then, as at an item (claims.models.ItemClaim)."""

    __tablename__ = "appeal_claim"
    appeal_id: Mapped[UUID] = mapped_column(
        ForeignKey("appeal.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    until: Mapped[datetime]


keep_no_samples(Appeal, "words", "answer")
