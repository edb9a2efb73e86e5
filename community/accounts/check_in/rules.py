"""How somebody is today, as they say themselves: theirs alone, and gone with the day. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from community.core.verdict import YES, Reason, Verdict, no

NOT_A_DAY = Reason("not-a-day", "Choose one of the three.", 422)


class HowToday(StrEnum):
    HERE = "here"
    BAD = "bad"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What somebody said of their day, and when that day ends where they live."""

    how: HowToday
    until: datetime


def may_check_in(how: str) -> Verdict:
    """One of the three."""
    return YES if how in set(HowToday) else no(NOT_A_DAY)


def end_of_day(now: datetime, zone: str) -> datetime:
    """The next midnight on their clocks."""
    tomorrow = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(zone)).astimezone(now.tzinfo)


def today(checked_in: CheckIn | None, now: datetime) -> HowToday | None:
    """What they said of this day. What they said of another is over."""
    return checked_in.how if checked_in and now < checked_in.until else None
