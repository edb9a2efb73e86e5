"""What somebody looks for among the calls to come, on their own clocks. Pure."""

from calendar import MONDAY, Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class TimeOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


_BEGINS = ((5, TimeOfDay.MORNING), (12, TimeOfDay.AFTERNOON), (17, TimeOfDay.EVENING))
_NIGHT_BEGINS = 22


@dataclass(frozen=True, slots=True)
class Wish:
    """Calls about this, at this time of day, with room; each only if somebody asks for it."""

    topic: str | None = None
    time: TimeOfDay | None = None
    only_free: bool = False


def time_of_day(instant: datetime, zone: str) -> TimeOfDay:
    """By the hour at which a call begins, on the clocks of this zone."""
    hour = instant.astimezone(ZoneInfo(zone)).hour
    if hour >= _NIGHT_BEGINS:
        return TimeOfDay.NIGHT
    return next((name for begins, name in reversed(_BEGINS) if hour >= begins), TimeOfDay.NIGHT)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def month_after(first: date) -> date:
    return first_of_month(first + timedelta(days=31))


def month_before(first: date) -> date:
    return first_of_month(first - timedelta(days=1))


def span_of_month(first: date, zone: str) -> tuple[datetime, datetime]:
    """From when until when it is this month on the clocks of this zone."""
    clocks = ZoneInfo(zone)
    begins, ends = (
        datetime.combine(day, time(), clocks).astimezone(UTC) for day in (first, month_after(first))
    )
    return begins, ends


def weeks_of_month(first: date) -> Sequence[Sequence[date | None]]:
    """Its weeks from Monday on; None for the days of the months beside it."""
    weeks = Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    return [[day if day.month == first.month else None for day in week] for week in weeks]
