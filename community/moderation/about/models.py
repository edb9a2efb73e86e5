"""What a moderator noted about a person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples, key
from community.core.locked import Locked


class Remark(Base):
    """Words about somebody, until their day: of one group’s moderators, or of the site’s. Nobody
    writes about themselves."""

    __tablename__ = "remark"
    id: Mapped[UUID] = key()
    subject_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), index=True
    )  # None: the site’s
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    words: Mapped[str] = mapped_column(Locked("remark"))
    written_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (
        CheckConstraint("author_id <> subject_id", name="by_somebody_else"),
        CheckConstraint("until > written_at", name="for_a_while"),
    )


keep_no_samples(Remark, "words")
