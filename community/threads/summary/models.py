"""Summaries of threads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples


class ThreadSummary(Base):
    """The summary of a thread: as written, and rendered once by the sanitiser. What it said before
    is not kept."""

    __tablename__ = "thread_summary"
    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True
    )
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    number: Mapped[int]  # of the last post that it tells of
    stamp: Mapped[UUID]  # another one with each change
    text: Mapped[str]
    html: Mapped[str]
    written_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("text <> ''", name="has_words"),
    )


keep_no_samples(ThreadSummary, "text", "html")
