"""What is kept of a circle while it is on. All of it is erased when it ends, but one fact: that
somebody pressed for help and nobody has answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples, key


class LiveRoom(Base):
    """The room as the machine left it, and its version. The row is the truth."""

    __tablename__ = "live_room"
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("call.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(Text())
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
    """Words typed in a turn, in the order they were said; or, to one speaker, a line after it."""

    __tablename__ = "room_text"
    id: Mapped[UUID] = key()
    call_id: Mapped[UUID] = mapped_column(ForeignKey("live_room.call_id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    number: Mapped[int]
    words: Mapped[str]
    aloud: Mapped[bool] = mapped_column(default=False)  # each listener’s device may read it
    reply_to: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    __table_args__ = (UniqueConstraint("call_id", "number"),)


class PreparedShare(Base):
    """What somebody wrote on a good day for their turn in this call. Deleted when it was sent,
    and when the circle ends."""

    __tablename__ = "prepared_share"
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("call.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    words: Mapped[str]
    aloud: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]


class AfterLine(Base):
    """A line to the facilitators from somebody whom a circle left unwell. Erased on schedule."""

    __tablename__ = "after_line"
    id: Mapped[UUID] = key()
    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str]
    written_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    erase_at: Mapped[datetime] = mapped_column(index=True)


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
"""Empty when no circle is on."""

WAITING = (PreparedShare, AfterLine)
"""Words that wait for days, for a circle or for whoever held it."""

for table in (RoomText, PrivateLine, *WAITING):
    keep_no_samples(table, "words")
