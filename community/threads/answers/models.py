"""Which post a reply answers."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class Answer(Base):
    """A reply to another post of its thread, and the mark of the sentence that stands above it."""

    __tablename__ = "answer"
    post_id: Mapped[UUID] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    to_id: Mapped[UUID] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    mark: Mapped[UUID | None]
    __table_args__ = (CheckConstraint("post_id <> to_id", name="to_another"),)
