"""Instants in words, in the viewer's zone. Babel formats; the words go through gettext."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates
from flask import Flask, g
from flask_babel import get_locale, gettext, ngettext

from community.core.web import current_actor, now


def zone() -> ZoneInfo:
    """The zone times are shown in: the reader's of a letter, or the viewer's of a page."""
    return ZoneInfo(g.get("zone") or current_actor().zone)


def local(instant: datetime) -> datetime:
    """This instant on the viewer's wall clock."""
    return instant.astimezone(zone())


def when(instant: datetime) -> str:
    """Tuesday 24 November, 6:30 pm"""
    return gettext("%(day)s, %(time)s", day=day(instant), time=clock(instant))


def day(instant: datetime | date) -> str:
    """Tuesday 24 November, with the year when it isn't this one."""
    there = local(instant).date() if isinstance(instant, datetime) else instant
    same = there.year == local(now()).year
    return _written(there, "EEEE d MMMM" if same else "EEEE d MMMM y")


def weekday(day: date) -> str:
    """Tuesday"""
    return _written(day, "EEEE")


def clock(instant: datetime) -> str:
    """6:30 pm, which never breaks across lines"""
    return hour(local(instant).time())


def hour(wall: time) -> str:
    """The same of a time on some wall."""
    there = datetime.combine(date.min, wall.replace(second=0, microsecond=0))
    return _written(there, "h:mm\N{NO-BREAK SPACE}a")


def ago(instant: datetime) -> str:
    """today at 9:40 am, yesterday at …, on Tuesday, on 3 November"""
    there = local(instant)
    days = (local(now()).date() - there.date()).days
    if days <= 0:
        return gettext("today at %(time)s", time=clock(instant))
    if days == 1:
        return gettext("yesterday at %(time)s", time=clock(instant))
    if days < 7:
        return gettext("on %(day)s", day=_written(there.date(), "EEEE"))
    return gettext("on %(day)s", day=day(instant))


def until(instant: datetime) -> str:
    """in 4 days, in 1 day, in 3 hours, in 80 minutes, now"""
    left = instant - now()
    if left < timedelta(minutes=1):
        return gettext("now")
    days = (local(instant).date() - local(now()).date()).days
    hours = round(left / timedelta(hours=1))
    if days > 1 or hours >= 24:
        return ngettext("in %(num)d day", "in %(num)d days", max(days, 1))
    if hours > 1:
        return ngettext("in %(num)d hour", "in %(num)d hours", hours)
    minutes = round(left / timedelta(minutes=1))
    return ngettext("in %(num)d minute", "in %(num)d minutes", minutes)


def leaf(instant: datetime) -> tuple[str, str, str]:
    """Tue, 24, Nov: a date torn from a wall calendar."""
    there = local(instant).date()
    return _written(there, "EEE"), _written(there, "d"), _written(there, "MMM")


def month(first: date) -> str:
    """November 2026"""
    return _written(first, "LLLL y")


def _written(wall: date, pattern: str) -> str:
    """This date or wall clock time by a pattern of CLDR, in the page's language."""
    return _by_pattern(wall, pattern, get_locale())


@lru_cache(maxsize=4096)
def _by_pattern(wall: date, pattern: str, locale: Locale) -> str:
    """Each distinct value is formatted once: pages repeat them, and Babel takes its time."""
    write = dates.format_datetime if isinstance(wall, datetime) else dates.format_date
    return write(wall, pattern, locale=locale)


def init_words(app: Flask) -> None:
    """Give templates the filters."""
    for word in (when, day, weekday, clock, hour, ago, until, local, leaf, month):
        app.jinja_env.filters[word.__name__] = word
