"""Whom somebody would rather not read or hear of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, key


class Mute(Base):
    """Of a person. Neither they nor anybody else is told."""

    __tablename__ = "mute"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    member_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("member_id <> account_id", name="of_somebody_else"),
        UniqueConstraint("account_id", "member_id"),
    )
