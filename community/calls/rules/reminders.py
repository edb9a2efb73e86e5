"""Reminders of a call: when each is due, on somebody’s own clocks, and when it helps no more.

A reminder that was armed is an alarm, no more: whether it is told, and when, is decided when it
goes off, by the call, the seat and the clocks as they are then.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from community.notifications.rules import LONGEST_NIGHT, Quiet, after_the_night, before_the_night


class ReminderKind(StrEnum):
    """Each is a kind of news of the same name, so that everybody chooses about it."""

    DAY = "day_before"
    HOUR = "hour_before"
    START = "at_start"


BEFORE = {
    ReminderKind.DAY: timedelta(days=1),
    ReminderKind.HOUR: timedelta(hours=1),
    ReminderKind.START: timedelta(),
}
ON_THE_WAY = timedelta(minutes=15)  # for a letter that is to be there before the night
LEAPS = timedelta(hours=3)  # more than that and what any clock is put back in one night
HELPS_UNTIL = {
    ReminderKind.DAY: -timedelta(hours=1),
    ReminderKind.HOUR: timedelta(),
    ReminderKind.START: timedelta(minutes=15),
}
"""From the start. After that the next one says it better, or it is over."""


def due_at(kind: ReminderKind, starts_at: datetime, zone: str, quiet: Quiet | None) -> datetime:
    """When it is told. Never in the night; only that a call begins is said when it does."""
    at = starts_at - BEFORE[kind]
    if kind is ReminderKind.START or after_the_night(at, zone, quiet) == at:
        return at
    return before_the_night(at, zone, quiet) - ON_THE_WAY


def goes_off_at(kind: ReminderKind, starts_at: datetime) -> datetime:
    """The earliest moment at which it can be due, whatever somebody’s clocks and night are."""
    night = timedelta() if kind is ReminderKind.START else LONGEST_NIGHT + LEAPS
    return starts_at - BEFORE[kind] - night


def helps(
    kind: ReminderKind, starts_at: datetime, due: datetime, armed_at: datetime, now: datetime
) -> bool:
    """Whether there is any use in it now. Its time was still to come when somebody signed up or
    the call got this start; and it has not become too late, as when the site was down."""
    return armed_at < due and now < helps_until(kind, starts_at)


def helps_until(kind: ReminderKind, starts_at: datetime) -> datetime:
    return starts_at + HELPS_UNTIL[kind]
