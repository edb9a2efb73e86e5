"""Scheduled calls, and who has or waits for a seat."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.calls.rules.call import (
    LEAST_MINUTES,
    LEAST_SEATS,
    MOST_MINUTES,
    MOST_SEATS,
    MOST_SEATS_FOR_TWO,
    MOST_SEATS_IN_A_GATHERING,
    USUAL_LANGUAGE,
    CallState,
    EndReason,
    Format,
)
from community.calls.rules.holding import Ask
from community.calls.rules.reminders import ReminderKind
from community.calls.rules.seats import SeatState, Was
from community.calls.rules.series import Every, Rhythm
from community.core.db import Base, by_value, key


class Planned:
    """What a call is like, besides when it is: the same for a call, a template and a series."""

    topic: Mapped[str | None]  # a slug of community.dystonia
    title: Mapped[str]
    about: Mapped[str]  # what we'll share about
    happens: Mapped[str]  # what will happen, besides what always happens
    guide: Mapped[str]  # how long a turn is, in words
    minutes: Mapped[int]
    seats: Mapped[int]
    listeners: Mapped[bool] = mapped_column(default=True)  # are welcome
    opens_days: Mapped[int | None]  # so many before it, people can sign up; else at once
    language: Mapped[str] = mapped_column(default=USUAL_LANGUAGE)  # that is spoken in it
    format: Mapped[Format] = mapped_column(by_value(Format), default=Format.ANY)


class Series(Planned, Base):
    """Calls that come again. Its rhythm never changes, but for coming to an end: another day or
    hour begins another series."""

    __tablename__ = "series"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    facilitator_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    every: Mapped[Every] = mapped_column(by_value(Every))
    first: Mapped[date]
    last: Mapped[date | None]
    hour: Mapped[time]  # on the wall clocks of its zone
    zone: Mapped[str]

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.every, self.first, self.hour, self.zone, self.last)


class Call(Planned, Base):
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
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    slot: Mapped[date | None]  # the day for which its series made it; it may have moved since
    is_own: Mapped[bool] = mapped_column(default=False)  # changed apart from its series
    starts_at: Mapped[datetime]
    moved_at: Mapped[datetime | None]  # who had a seat before is asked whether they still come
    zone: Mapped[str]  # whose clocks it was scheduled by
    taken: Mapped[int] = mapped_column(default=0)  # confirmed or offered
    line_end: Mapped[int] = mapped_column(default=0)  # the next place to give
    state: Mapped[CallState] = mapped_column(by_value(CallState), default=CallState.OPEN)
    ended_reason: Mapped[EndReason | None] = mapped_column(by_value(EndReason))
    sequence: Mapped[int] = mapped_column(default=0)  # raised when its time changes (RFC 5545)
    timed_at: Mapped[datetime]  # when that was last said: its time, or that it won’t be
    __table_args__ = (
        CheckConstraint(
            f"seats BETWEEN {LEAST_SEATS} AND {MOST_SEATS_IN_A_GATHERING} "
            f"AND (format = '{Format.GATHERING}' OR seats <= {MOST_SEATS})",
            name="seats",
        ),
        CheckConstraint(
            f"co_facilitator_id IS NULL OR format = '{Format.GATHERING}' "
            f"OR seats <= {MOST_SEATS_FOR_TWO}",
            name="room_for_two",
        ),
        CheckConstraint(f"listeners OR format <> '{Format.GATHERING}'", name="gathers_listeners"),
        CheckConstraint("co_facilitator_id <> facilitator_id", name="two_people"),
        CheckConstraint(f"minutes BETWEEN {LEAST_MINUTES} AND {MOST_MINUTES}", name="minutes"),
        CheckConstraint("taken BETWEEN 0 AND seats", name="never_oversold"),
        CheckConstraint("(series_id IS NULL) = (slot IS NULL)", name="slot_of_a_series"),
        UniqueConstraint("series_id", "slot"),
        Index("ix_call_group_start", "group_id", "starts_at", "id"),
        Index("ix_call_topic_start", "topic", "starts_at", "id"),
    )


class CallTemplate(Planned, Base):
    """A call as a group likes it, to begin the next one from. Any of its facilitators may."""

    __tablename__ = "call_template"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]


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


class SeriesAsk(Base):
    """A facilitator is asked to keep a series from now on, and hasn’t answered."""

    __tablename__ = "series_ask"
    series_id: Mapped[UUID] = mapped_column(
        ForeignKey("series.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
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
    listens: Mapped[bool] = mapped_column(default=False)  # and takes no turn
    shows_card: Mapped[bool] = mapped_column(default=False)  # to whoever holds the call
    is_first: Mapped[bool] = mapped_column(default=False)  # of all who wait, as was promised
    changed_at: Mapped[datetime]  # of an offer: since when the seat is held
    offered_until: Mapped[datetime | None] = mapped_column(index=True)
    kept_longer: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="held_until"),
        CheckConstraint("state = 'offered' OR NOT kept_longer", name="kept_while_held"),
        UniqueConstraint("call_id", "account_id"),
        UniqueConstraint("call_id", "place"),
    )


class Attendance(Base):
    """Whether somebody was there, in three words without blame. Erased on schedule. Whoever was is
    asked once how it landed; the answer is kept nowhere."""

    __tablename__ = "attendance"
    call_id: Mapped[UUID] = mapped_column(
        ForeignKey("call.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    was: Mapped[Was] = mapped_column(by_value(Was))
    follow_up_at: Mapped[datetime | None] = mapped_column(index=True)  # None once they were asked
    erase_at: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (
        CheckConstraint("was = 'attended' OR follow_up_at IS NULL", name="asked_who_was_there"),
    )


class FirstPlace(Base):
    """Somebody came and no facilitator did, or gave their seat back before the start: they are
    first wherever they wait in this group, until they have a seat in it. Nobody has two."""

    __tablename__ = "first_place"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[UUID] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class CalendarFeed(Base):
    """Somebody’s calls as a calendar reads them, by an address that holds this row’s id, sealed.

    The address is kept nowhere, and a new row is a new address.
    """

    __tablename__ = "calendar_feed"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )


class Reminder(Base):
    """An alarm: then it is looked at whether somebody is to be reminded of a call, and told."""

    __tablename__ = "reminder"
    id: Mapped[UUID] = key()
    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[ReminderKind] = mapped_column(by_value(ReminderKind))
    armed_at: Mapped[datetime]  # when they got the seat, or the call its time
    due_at: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (UniqueConstraint("call_id", "account_id", "kind"),)


class DaysOff(Base):
    """Days on which somebody would rather hold no call, on their own clocks."""

    __tablename__ = "days_off"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    first: Mapped[date]
    last: Mapped[date]
    __table_args__ = (CheckConstraint("first <= last", name="forwards"),)
