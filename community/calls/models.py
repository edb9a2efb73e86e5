"""Scheduled calls, and who has or waits for a seat."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.calls.rules.call import (
    LEAST_MINUTES,
    LEAST_SEATS,
    MOST_MINUTES,
    MOST_SEATS,
    MOST_SEATS_FOR_TWO,
    CallState,
    EndReason,
)
from community.calls.rules.holding import Ask
from community.calls.rules.seats import SeatState, Was
from community.core.db import Base, by_value, key


class Call(Base):
    """One scheduled sharing call."""

    __tablename__ = "call"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    facilitator_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    co_facilitator_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    topic: Mapped[str | None]  # a slug of community.dystonia
    title: Mapped[str]
    about: Mapped[str]  # what we'll share about
    happens: Mapped[str]  # what will happen, besides what always happens
    guide: Mapped[str]  # how long a turn is, in words
    starts_at: Mapped[datetime]
    zone: Mapped[str]  # whose clocks it was scheduled by
    minutes: Mapped[int]
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)  # confirmed or offered
    line_end: Mapped[int] = mapped_column(default=0)  # the next place to give
    state: Mapped[CallState] = mapped_column(by_value(CallState), default=CallState.OPEN)
    ended_reason: Mapped[EndReason | None] = mapped_column(by_value(EndReason))
    sequence: Mapped[int] = mapped_column(default=0)  # raised when its time changes (RFC 5545)
    __table_args__ = (
        CheckConstraint(f"seats BETWEEN {LEAST_SEATS} AND {MOST_SEATS}", name="seats"),
        CheckConstraint(
            f"co_facilitator_id IS NULL OR seats <= {MOST_SEATS_FOR_TWO}", name="room_for_two"
        ),
        CheckConstraint("co_facilitator_id <> facilitator_id", name="two_people"),
        CheckConstraint(f"minutes BETWEEN {LEAST_MINUTES} AND {MOST_MINUTES}", name="minutes"),
        CheckConstraint("taken BETWEEN 0 AND seats", name="never_oversold"),
        Index("ix_call_group_start", "group_id", "starts_at", "id"),
        Index("ix_call_topic_start", "topic", "starts_at", "id"),
    )


class CallTemplate(Base):
    """A call as a group likes it, to begin the next one from. Any of its facilitators may."""

    __tablename__ = "call_template"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    topic: Mapped[str | None]
    title: Mapped[str]
    about: Mapped[str]
    happens: Mapped[str]
    guide: Mapped[str]
    minutes: Mapped[int]
    seats: Mapped[int]


class HoldingAsk(Base):
    """A facilitator is asked to hold a call, and hasn’t answered. One of a kind for each call."""

    __tablename__ = "holding_ask"
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("call.id", ondelete="CASCADE"), primary_key=True
    )
    ask: Mapped[Ask] = mapped_column(by_value(Ask), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    asked_at: Mapped[datetime]


class Seat(Base):
    """What one person has in one call. Whoever signs up again gets a new place in the line.

    Erasing an account comes after its seats were given up through actions, so that `Call.taken`
    stays true.
    """

    __tablename__ = "seat"
    id: Mapped[UUID] = key()
    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[SeatState] = mapped_column(by_value(SeatState))
    place: Mapped[int]
    shows_card: Mapped[bool] = mapped_column(default=False)  # to whoever holds the call
    is_first: Mapped[bool] = mapped_column(default=False)  # of all who wait: they were let down
    changed_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("call_id", "account_id"),
        UniqueConstraint("call_id", "place"),
    )


class Attendance(Base):
    """Whether somebody was there, in three words without blame. Erased on schedule."""

    __tablename__ = "attendance"
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("call.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    was: Mapped[Was] = mapped_column(by_value(Was))
    erase_at: Mapped[datetime] = mapped_column(index=True)


class FirstPlace(Base):
    """Somebody came and no facilitator did: they are first wherever they wait in this group, until
    a seat comes of it."""

    __tablename__ = "first_place"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[UUID] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), primary_key=True, index=True
    )
