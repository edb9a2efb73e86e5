"""When a call is: on somebody's own clocks, from when its lobby is open. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.core.verdict import YES, Reason, Verdict, no

LOBBY_OPENS = timedelta(minutes=15)  # before the start
LOBBY_OPENS_FOR_FACILITATORS = timedelta(minutes=30)
STANDBY_OPENS = timedelta(minutes=10)  # before the start
STANDBY_COMES_IN = timedelta(minutes=3)  # after it, when it is known who is late

NO_SUCH_HOUR = Reason(
    "no-such-hour",
    "The clocks go forward on that day, and this hour is left out. Choose another time.",
    422,
)
IN_THE_PAST = Reason("in-the-past", "That time has passed. Choose a time still to come.", 422)


def may_be_at(starts_at: datetime, now: datetime) -> Verdict:
    return YES if starts_at > now else no(IN_THE_PAST)


def at_wall_time(day: date, hour: time, zone: str) -> datetime | None:
    """When that is on the clocks of this zone; None in the hour they leap over in spring.

    In autumn an hour comes twice; the first is meant.
    """
    wall = datetime.combine(day, hour, ZoneInfo(zone))
    instant = wall.astimezone(UTC)
    exists = instant.astimezone(wall.tzinfo).replace(tzinfo=None) == wall.replace(tzinfo=None)
    return instant if exists else None


def lobby_opens_at(starts_at: datetime, is_facilitator: bool = False) -> datetime:
    return starts_at - (LOBBY_OPENS_FOR_FACILITATORS if is_facilitator else LOBBY_OPENS)


def standby_opens_at(starts_at: datetime) -> datetime:
    return starts_at - STANDBY_OPENS


def standby_comes_in_at(starts_at: datetime) -> datetime:
    return starts_at + STANDBY_COMES_IN


def weeks_ahead(instant: datetime, zone: str, now: datetime) -> int:
    """0 this week, 1 next week, …; weeks begin on Monday, on the clocks of this zone.

    A call that began on Sunday and is still on counts as this week's.
    """
    there, here = (moment.astimezone(ZoneInfo(zone)).date() for moment in (instant, now))
    return max((_monday(there) - _monday(here)).days // 7, 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
