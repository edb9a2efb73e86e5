"""Who would like to talk something over, and who was asked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples
from community.core.locked import Locked


class TalkAsked(Base):
    """A moderator would like to talk, with their words if there are any. One row for each of them,
    until somebody says that they’ve talked, or it is over."""

    __tablename__ = "talk_asked"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(Locked("talk-words"))
    asked_at: Mapped[datetime]


class TalkHearer(Base):
    """Somebody who was asked, and reads it."""

    __tablename__ = "talk_hearer"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("talk_asked.account_id", ondelete="CASCADE"), primary_key=True
    )
    hearer_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )


keep_no_samples(TalkAsked, "words")
