"""Replies that somebody thinks aren’t what was asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class Hint(Base):
    """Somebody thinks that something else was asked for. Who, is kept nowhere."""

    __tablename__ = "hint"
    post_id: Mapped[UUID] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    hinted_at: Mapped[datetime]
    left_at: Mapped[datetime | None]  # by the writer, as it is: they aren’t told again
