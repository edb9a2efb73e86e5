"""Why a post waits, or waited, before others saw it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples, key
from community.core.locked import Locked


class Hold(Base):
    """Each time a post was held. The latest one counts; all go when the post is taken back."""

    __tablename__ = "hold"
    id: Mapped[UUID] = key()
    post_id: Mapped[UUID] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    reasons: Mapped[str]  # values of rules.HoldReason, with spaces between
    since_version: Mapped[int | None]  # what was read last, if anything was: changes begin there
    held_at: Mapped[datetime]
    # Marked when it went back to its author, a line for each.
    passages: Mapped[str] = mapped_column(Locked("hold-passages"))
    __table_args__ = (CheckConstraint("length(reasons) > 0", name="has_reasons"),)


keep_no_samples(Hold, "passages")
