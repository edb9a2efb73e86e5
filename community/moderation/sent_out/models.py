"""Whose place in which circle a facilitator ended."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples
from community.core.locked import Locked


class SentOut(Base):
    """Beside the item and the decision that were made of it: which circle it was, and why, locked.
    The words are erased when nobody can ask any more for another look."""

    __tablename__ = "sent_out"
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), primary_key=True
    )
    decision_id: Mapped[UUID] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    why: Mapped[str | None] = mapped_column(Locked("sent-out"))
    sent_out_at: Mapped[datetime] = mapped_column(index=True)


keep_no_samples(SentOut, "why")
