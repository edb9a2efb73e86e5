"""What is kept of a circle while it is on. All of it is erased when it ends."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, key


class LiveRoom(Base):
    """The room as the machine left it, and its version. The row is the truth."""

    __tablename__ = "live_room"
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("call.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int]


class RoomEvent(Base):
    """A press that was taken, so that the same press again gets the same answer."""

    __tablename__ = "room_event"
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("live_room.call_id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )


class RoomText(Base):
    """Words typed in a turn, in the order they were said."""

    __tablename__ = "room_text"
    id: Mapped[UUID] = key()
    call_id: Mapped[UUID] = mapped_column(ForeignKey("live_room.call_id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    number: Mapped[int]
    words: Mapped[str]
    said_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("call_id", "number"),)
