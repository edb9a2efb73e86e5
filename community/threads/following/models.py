"""How somebody hears of threads, and how far a letter has told them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, key
from community.threads.following.rules import Level


class Following(Base):
    """What somebody chose for one thread, or for all threads of a topic. Nobody else is told."""

    __tablename__ = "following"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    thread_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), index=True
    )
    topic: Mapped[str | None]  # a slug of community.dystonia
    level: Mapped[Level] = mapped_column(by_value(Level))
    since: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("(thread_id IS NULL) <> (topic IS NULL)", name="of_one_thing"),
        UniqueConstraint("account_id", "thread_id"),
        UniqueConstraint("account_id", "topic"),
    )


class HeardMark(Base):
    """The number of the last post of a thread that a letter has told somebody of."""

    __tablename__ = "heard_mark"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int]
