"""Why a post waits, or waited, before others saw it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples, key


class Hold(Base):
    """Each time a post was held. The latest one counts; all go when the post is taken back."""

    __tablename__ = "hold"
    id: Mapped[UUID] = key()
    post_id: Mapped[UUID] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    reasons: Mapped[str]  # values of rules.HoldReason, with spaces between
    since_version: Mapped[int | None]  # what was read last, if anything was: changes begin there
    held_at: Mapped[datetime]
    passages: Mapped[list[str]] = mapped_column(JSON)  # marked when it went back to its author
    __table_args__ = (CheckConstraint("length(reasons) > 0", name="has_reasons"),)


keep_no_samples(Hold, "passages")
