"""The private address of somebody’s feed."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, key


class ThreadFeed(Base):
    """There is one while somebody has an address. Its id is what the address is sealed from."""

    __tablename__ = "thread_feed"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
