"""What stands at the top of a list."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value
from community.threads.gathering.rules import PinPlace


class ThreadPin(Base):
    """A thread is pinned in one list. Who pinned it is in the record."""

    __tablename__ = "thread_pin"
    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[PinPlace] = mapped_column(by_value(PinPlace), primary_key=True)
    pinned_at: Mapped[datetime]
