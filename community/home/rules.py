"""A letter about the week, for whoever wishes one: when it goes, and what it says. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from community.notifications.rules import Quiet, morning_of

WEEK = timedelta(days=7)
GOES_WITHIN = timedelta(hours=6)  # if the site was down for longer, there is another week
MOST = 7  # calls named in it


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """Calls of this week with a free seat, and how much somebody was told and hasn’t seen."""

    titles: tuple[str, ...]
    times: tuple[datetime, ...]
    unseen: int


def monday_of(now: datetime, zone: str) -> date:
    """The day on which this week began there."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return today - timedelta(days=today.weekday())


def is_time(now: datetime, zone: str, quiet: Quiet | None) -> bool:
    """Whether it goes now: on Monday morning, or when the night ends after that."""
    goes = morning_of(monday_of(now, zone), zone, quiet)
    return goes <= now < goes + GOES_WITHIN
