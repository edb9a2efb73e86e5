"""What is kept of drafts that were thrown away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples


class ThrownAway(Base):
    """A draft that somebody threw away, or a box that they emptied, for them alone. It has the
    stamp that the draft had."""

    __tablename__ = "thrown_away"
    stamp: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    thread_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), index=True
    )
    post_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    words: Mapped[str]
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    overtaken: Mapped[list[str]] = mapped_column(JSON)
    thrown_at: Mapped[datetime]
    erase_at: Mapped[datetime] = mapped_column(index=True)


NEWEST_FIRST = (ThrownAway.thrown_at.desc(), ThrownAway.stamp.desc())

keep_no_samples(ThrownAway, "title", "words")
