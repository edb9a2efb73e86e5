"""Instants in words, in the viewer's zone. Babel formats; the words go through gettext."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from babel import Locale, dates
from flask import Flask, g
from flask_babel import get_locale, gettext, ngettext

from community.core.web import current_actor, now


class Here(NamedTuple):
    """All that instants become words by: equal wherever the same instant is the same words."""

    zone: str
    language: str
    today: date


class _Here(NamedTuple):
    """Whose clocks and language these are: looked up once for a page, or for each letter."""

    chosen: str | None
    zone: ZoneInfo
    locale: Locale
    all: Here


def here() -> Here:
    """Where and on which day this page is read. (`until` goes by the minute: it isn’t in this.)"""
    return _here().all


def _here() -> _Here:
    page = g._get_current_object()  # the proxy costs more than what is kept there
    known, chosen = page.get("here"), page.get("zone")
    if known is None or known.chosen != chosen:
        where, language = ZoneInfo(chosen or current_actor().zone), cast(Locale, get_locale())
        today = now().astimezone(where).date()
        known = page.here = _Here(chosen, where, language, Here(where.key, str(language), today))
    return cast(_Here, known)


def zone() -> ZoneInfo:
    """The zone times are shown in: the reader's of a letter, or the viewer's of a page."""
    return _here().zone


def local(instant: datetime) -> datetime:
    """This instant on the viewer's wall clock."""
    return instant.astimezone(zone())


def _wall(instant: datetime) -> datetime:
    """The same without its zone: two that are at once on other clocks aren’t the same words."""
    return local(instant).replace(tzinfo=None)


def when(instant: datetime) -> str:
    """Tuesday 24 November, 6:30 pm"""
    return _when(_wall(instant), local(now()).year, _here().locale)


@lru_cache(maxsize=4096)
def _when(there: datetime, this_year: int, locale: Locale) -> str:
    return gettext("%(day)s, %(time)s", day=_day(there.date(), this_year), time=hour(there.time()))


def day(instant: datetime | date) -> str:
    """Tuesday 24 November, with the year when it isn't this one."""
    there = local(instant).date() if isinstance(instant, datetime) else instant
    return _day(there, local(now()).year)


def _day(there: date, this_year: int) -> str:
    return _written(there, "EEEE d MMMM" if there.year == this_year else "EEEE d MMMM y")


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
    return _ago(_wall(instant), local(now()).date(), _here().locale)


@lru_cache(maxsize=4096)
def _ago(there: datetime, today: date, locale: Locale) -> str:
    days = (today - there.date()).days
    if days <= 0:
        return gettext("today at %(time)s", time=hour(there.time()))
    if days == 1:
        return gettext("yesterday at %(time)s", time=hour(there.time()))
    if days < 7:
        return gettext("on %(day)s", day=_written(there.date(), "EEEE"))
    return gettext("on %(day)s", day=_day(there.date(), today.year))


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
    return _by_pattern(wall, pattern, _here().locale)


@lru_cache(maxsize=4096)
def _by_pattern(wall: date, pattern: str, locale: Locale) -> str:
    """Each distinct value is formatted once: pages repeat them, and Babel takes its time."""
    write = dates.format_datetime if isinstance(wall, datetime) else dates.format_date
    return write(wall, pattern, locale=locale)


def init_words(app: Flask) -> None:
    """Give templates the filters."""
    for word in (when, day, weekday, clock, hour, ago, until, local, leaf, month):
        app.jinja_env.filters[word.__name__] = word
