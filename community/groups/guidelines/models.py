"""Guidelines of a group, with the time in which each was one. Ended, never changed away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, key


class GroupGuideline(Base):
    """One of a group’s own guidelines, in one wording."""

    __tablename__ = "group_guideline"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]  # among the others; a changed one keeps it
    title: Mapped[str]
    words: Mapped[str]
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="has_title"),
        CheckConstraint("length(trim(words)) > 0", name="has_words"),
    )
