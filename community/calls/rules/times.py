"""When a call is: on somebody's own clocks, from when its lobby is open. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.core.verdict import YES, Reason, Verdict, no

LOBBY_OPENS = timedelta(minutes=15)  # before the start
LOBBY_OPENS_FOR_FACILITATORS = timedelta(minutes=30)
STANDBY_OPENS = timedelta(minutes=10)  # before the start
STANDBY_COMES_IN = timedelta(minutes=3)  # after it, when it is known who is late
NOBODY_OPENED = timedelta(minutes=30)  # after it, at the soonest
PLANNED_AHEAD = timedelta(days=2 * 366)

NO_SUCH_HOUR = Reason(
    "no-such-hour",
    "The clocks go forward on that day, and this hour is left out. Choose another time.",
    422,
)
IN_THE_PAST = Reason("in-the-past", "That time has passed. Choose a time still to come.", 422)
TOO_FAR = Reason(
    "too-far", "Calls can be planned up to two years ahead. Choose an earlier date.", 422
)


def may_be_at(starts_at: datetime, now: datetime) -> Verdict:
    if starts_at <= now:
        return no(IN_THE_PAST)
    return YES if starts_at <= now + PLANNED_AHEAD else no(TOO_FAR)


def may_be_on(day: date, now: datetime) -> Verdict:
    """What can be said of a day before its hour is known. Wherever the clocks are, another day
    may have begun there; and the first and the last days there are have no instant everywhere.
    """
    today = now.date()
    if day < today - timedelta(days=1):
        return no(IN_THE_PAST)
    return YES if day <= last_planned(today) else no(TOO_FAR)


def last_planned(today: date) -> date:
    """No call is planned for a later day than this."""
    return today + PLANNED_AHEAD + timedelta(days=1)


def at_wall_time(day: date, hour: time, zone: str) -> datetime | None:
    """When that is on the clocks of this zone; None in the hour they leap over in spring.

    In autumn an hour comes twice; the first is meant.
    """
    instant = nearest_wall_time(day, hour, zone)
    there = instant.astimezone(ZoneInfo(zone))
    exists = there.replace(tzinfo=None) == datetime.combine(day, hour)
    return instant if exists else None


def nearest_wall_time(day: date, hour: time, zone: str) -> datetime:
    """When that is; in the hour that is left out in spring, as much later as the clocks leap, and
    in the one that comes twice, the first (PEP 495)."""
    return datetime.combine(day, hour.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def clocks_change_on(zone: str, since: date, until: date) -> date | None:
    """The first day after `since` on which the clocks of this zone change, until that day."""
    for days in range(1, (until - since).days + 1):
        day = since + timedelta(days=days)
        if _offset(day, zone) != _offset(day - timedelta(days=1), zone):
            return day
    return None


def _offset(day: date, zone: str) -> timedelta | None:
    return datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset()


def sign_up_opens_at(starts_at: datetime, days: int | None) -> datetime | None:
    """From when people can sign up, if it isn't from the first."""
    return None if days is None else starts_at - timedelta(days=days)


def lobby_opens_at(starts_at: datetime, is_facilitator: bool = False) -> datetime:
    return starts_at - (LOBBY_OPENS_FOR_FACILITATORS if is_facilitator else LOBBY_OPENS)


def standby_opens_at(starts_at: datetime) -> datetime:
    return starts_at - STANDBY_OPENS


def standby_comes_in_at(starts_at: datetime) -> datetime:
    return starts_at + STANDBY_COMES_IN


def is_past(starts_at: datetime, minutes: int, now: datetime) -> bool:
    """Would a call that nobody has come to be over by now, though somebody may be late?"""
    return now >= starts_at + max(timedelta(minutes=minutes), NOBODY_OPENED)


def weeks_ahead(instant: datetime, zone: str, now: datetime) -> int:
    """0 this week, 1 next week, …; weeks begin on Monday, on the clocks of this zone.

    A call that began on Sunday and is still on counts as this week's.
    """
    there, here = (moment.astimezone(ZoneInfo(zone)).date() for moment in (instant, now))
    return max((_monday(there) - _monday(here)).days // 7, 0)


def week_of(instant: datetime, zone: str) -> tuple[datetime, datetime]:
    """When the week of this instant begins and ends, from Monday to Monday on these clocks."""
    clocks = ZoneInfo(zone)
    monday = _monday(instant.astimezone(clocks).date())
    begins, ends = (
        datetime.combine(day, time(), clocks) for day in (monday, monday + timedelta(days=7))
    )
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
