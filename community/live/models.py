"""What is kept of a circle while it is on. All of it is erased when it ends, but one fact: that
somebody pressed for help and nobody has answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, JSON, ForeignKey, UniqueConstraint, event
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
    __table_args__ = (UniqueConstraint("call_id", "number"),)


class PrivateLine(Base):
    """Words to the facilitators, for them and whoever wrote them: the room’s `Ask` `number`."""

    __tablename__ = "private_line"
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("live_room.call_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    words: Mapped[str]


class HelpPress(Base):
    """Somebody pressed for help: the fact, no words. It goes when a facilitator has opened it, or
    when the moderators have it; until then it outlives its circle."""

    __tablename__ = "help_press"
    id: Mapped[UUID] = key()
    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"))
    number: Mapped[int]
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    pressed_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("call_id", "number"),)


class ProcessLease(Base):
    """A process that answers says that it does, every few seconds."""

    __tablename__ = "process_lease"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    until: Mapped[datetime]


class LiveLine(Base):
    """How somebody’s active page reaches us: by a line that this process holds, or by asking from
    time to time, and then until when we may take it that they are still there."""

    __tablename__ = "live_line"
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("live_room.call_id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    page: Mapped[UUID | None]
    process: Mapped[UUID | None] = mapped_column(index=True)
    until: Mapped[datetime | None]


ERASED = (RoomText, PrivateLine, RoomEvent, LiveLine, LiveRoom)

# PostgreSQL's statistics would keep a sample of what was typed.
for table in (RoomText, PrivateLine):
    _no_sample = DDL(f"ALTER TABLE {table.__tablename__} ALTER words SET STATISTICS 0")  # type: ignore[no-untyped-call]
    event.listen(table.__table__, "after_create", _no_sample.execute_if(dialect="postgresql"))
