"""Posts that somebody keeps for themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, key


class Bookmark(Base):
    """One post that somebody keeps. Neither its writer nor anybody else is told."""

    __tablename__ = "bookmark"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    post_id: Mapped[UUID] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    kept_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("account_id", "post_id"),)
