"""Calls as calendars keep them (RFC 5545, through icalendar). Whoever looks over a shoulder at a
calendar reads that there is a call, and nothing about it.

The same facts always make the same bytes: no clock is asked, and no number is made up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext
from icalendar import Calendar, Event, Timezone
from icalendar.prop import vDuration

REFRESH = timedelta(hours=1)  # how often a calendar may ask for what is new
UTC_ZONES = frozenset({"UTC", "Etc/UTC"})


class Method(StrEnum):
    """What a calendar that reads a letter is to do (RFC 5546)."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Entry:
    """One call in a calendar. It has the same id for ever, and `sequence` tells which is newer."""

    id: UUID
    starts_at: datetime
    minutes: int
    zone: str  # whose clocks it is by: it stays at that hour whatever clocks do
    sequence: int
    said_at: datetime  # when that was last said
    is_off: bool
    link: str


def drawn(entries: Iterable[Entry], method: Method | None = None) -> bytes:
    """A calendar of these calls. Without a method it is one to come back to."""
    name = current_app.extensions["settings"].discreet_name
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{name}//{name}//EN")
    if method is None:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(REFRESH), {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    else:
        calendar.add("method", method.value)
    shown = list(entries)
    for zone in _zones(shown):
        calendar.add_component(zone)
    for entry in shown:
        calendar.add_component(_event(entry, f"{name}: {gettext('a call')}"))
    return bytes(calendar.to_ical())


def _event(entry: Entry, summary: str) -> Event:
    start = _there(entry)
    end = entry.starts_at + timedelta(minutes=entry.minutes)
    event = Event()
    event.add("uid", str(entry.id))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.said_at)
    event.add("last-modified", entry.said_at)
    event.add("dtstart", start)
    event.add("dtend", end.astimezone(start.tzinfo))
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("summary", summary)
    event.add("description", entry.link)
    return event


def _there(entry: Entry) -> datetime:
    return entry.starts_at.astimezone(UTC if entry.zone in UTC_ZONES else ZoneInfo(entry.zone))


def _zones(entries: Iterable[Entry]) -> list[Timezone]:
    """What the clocks of each zone do in the years in which there are calls."""
    days: dict[str, set[date]] = {}
    for entry in entries:
        if entry.zone not in UTC_ZONES:
            days.setdefault(entry.zone, set()).add(_there(entry).date())
    return [_zone(name, min(days[name]).year, max(days[name]).year) for name in sorted(days)]


@lru_cache(maxsize=256)
def _zone(name: str, first: int, last: int) -> Timezone:
    """Made once: for some zones it takes longer than all the rest of a page."""
    zone = Timezone.from_tzid(name, first_date=date(first, 1, 1), last_date=date(last + 1, 1, 2))
    zone.pop("comment")
    for part in zone.subcomponents:
        # A change is told by the clocks as they were before it (RFC 5545, 3.6.5), and icalendar
        # tells a leap forward by the clocks after it.
        leap = max(part.TZOFFSETTO - part.TZOFFSETFROM, timedelta())
        part.DTSTART -= leap
        if again := part.pop("rdate", None):
            part.add("rdate", [each.dt - leap for each in again.dts])
    return zone
