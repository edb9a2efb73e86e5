"""Each time somebody looked up who wrote something without their name, or who reported it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, keep_no_samples, key
from community.core.locked import EMPTY, Locked
from community.moderation.unmasking.rules import Because, Whose


class Unmasking(Base):
    """Why it was done, in words, for whoever it is about. It goes with them; the audit record,
    which has no words, stays."""

    __tablename__ = "unmasking"
    id: Mapped[UUID] = key()
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), index=True
    )
    report_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), index=True
    )  # by which they were looked up; None for who wrote it
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[UUID]
    because: Mapped[Because] = mapped_column(by_value(Because))
    why: Mapped[str] = mapped_column(Locked("unmasking"))
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint(f"length(why) > {EMPTY}", name="has_why"),
        CheckConstraint("by_id <> account_id", name="by_somebody_else"),
    )

    @property
    def whose(self) -> Whose:
        return Whose.REPORTERS if self.report_id else Whose.WRITER


keep_no_samples(Unmasking, "why")
