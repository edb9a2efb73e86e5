"""Calendars as programs of others read them: vobject, and dateutil behind it."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import vobject
from flask import Flask

from community.core.calendars import Entry, Method, drawn

ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Anchorage", "America/Boise",
    "America/Chicago", "America/Denver", "America/Halifax", "America/Havana", "America/Los_Angeles",
    "America/Miquelon", "America/New_York", "America/Nuuk", "America/Santiago", "America/St_Johns",
    "Antarctica/Troll", "Asia/Beirut", "Asia/Jerusalem", "Atlantic/Azores", "Australia/Adelaide",
    "Australia/Lord_Howe", "Australia/Sydney", "Europe/Athens", "Europe/Berlin", "Europe/Chisinau",
    "Europe/Dublin", "Europe/Lisbon", "Europe/London", "Pacific/Auckland", "Pacific/Chatham",
    "Pacific/Easter",
)  # fmt: skip
SAID_AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
WHOLE_YEAR = [datetime(2026, 1, 1, tzinfo=UTC) + n * HALF_AN_HOUR for n in range(365 * 48)]


@pytest.fixture(autouse=True)
def asked(app: Flask):
    with app.test_request_context():
        yield


def entry(number: int = 1, **other) -> Entry:
    usual = {
        "id": UUID(int=number),
        "starts_at": datetime(2026, 11, 24, 18, 30, tzinfo=UTC),
        "minutes": 45,
        "zone": "Europe/London",
        "sequence": 0,
        "said_at": SAID_AT,
        "is_off": False,
        "link": "https://circles.example.org/calls/1",
    }
    return Entry(**usual | other)


def read(calendar: bytes):
    return vobject.readOne(calendar.decode())


def test_a_call_is_at_its_time_under_a_name_of_its_own():
    event = read(drawn([entry(sequence=3)], Method.PUBLISH)).vevent
    assert event.uid.value == str(UUID(int=1))
    assert event.sequence.value == "3"
    assert event.dtstart.value == datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 11, 24, 19, 15, tzinfo=UTC)
    assert event.dtstamp.value == SAID_AT
    assert event.last_modified.value == SAID_AT
    assert event.status.value == "CONFIRMED"


@pytest.mark.holds("promise:10")
def test_it_says_that_there_is_a_call_and_where_and_nothing_more():
    event = read(drawn([entry()])).vevent
    assert {line.name for line in event.lines()} == {
        "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "STATUS", "CLASS",
        "SUMMARY", "DESCRIPTION",
    }  # fmt: skip
    assert event.summary.value == "Circles: a call"
    assert event.description.value == "https://circles.example.org/calls/1"
    assert event.contents["class"][0].value == "PRIVATE"


def test_a_call_that_was_cancelled_says_so():
    calendar = read(drawn([entry(is_off=True)], Method.CANCEL))
    assert calendar.method.value == "CANCEL"
    assert calendar.vevent.status.value == "CANCELLED"


def test_a_calendar_to_come_back_to_says_how_often():
    calendar = drawn([]).decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in calendar
    assert "METHOD" not in calendar


def test_a_long_address_is_folded_and_read_whole():
    link = "https://circles.example.org/calls/" + "1" * 300
    calendar = drawn([entry(link=link)])
    assert max(len(line) for line in calendar.split(b"\r\n")) <= 75
    assert read(calendar).vevent.description.value == link


def test_the_same_calls_always_make_the_same_calendar():
    calls = [entry(1), entry(2, zone="UTC"), entry(3, zone="Asia/Tehran")]
    assert drawn(calls) == drawn(calls)


@lru_cache
def changes(zone: str) -> list[datetime]:
    """The instants of 2026 from which on the clocks of this zone are at another offset."""
    there = ZoneInfo(zone)
    return [
        later
        for earlier, later in pairwise(WHOLE_YEAR)
        if earlier.astimezone(there).utcoffset() != later.astimezone(there).utcoffset()
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_calls_on_both_sides_of_a_change_are_at_the_same_hour_of_the_wall(zone: str):
    assert len(changes(zone)) >= 2
    wall = [
        (change.astimezone(ZoneInfo(zone)) + timedelta(days=days)).replace(hour=19, minute=0)
        for change in changes(zone)
        for days in (-7, -1, 1, 7)
    ]
    calls = [entry(n, zone=zone, starts_at=at.astimezone(UTC)) for n, at in enumerate(wall)]
    for n, event in enumerate(read(drawn(calls)).vevent_list):
        begins = event.dtstart.value
        assert begins.replace(tzinfo=None) == wall[n].replace(tzinfo=None)
        assert begins.utcoffset() == wall[n].utcoffset()


@pytest.mark.parametrize("zone", ZONES)
def test_the_clocks_change_in_a_calendar_when_they_change_there(zone: str):
    """To the hour, by the clocks as they were before the change (RFC 5545, 3.6.5)."""
    calendar = drawn([entry(zone=zone)]).decode()
    described = vobject.readOne(calendar[calendar.index("BEGIN:VTIMEZONE") :], transform=False)
    told = set()
    for part in described.components():
        again = part.contents.get("rdate", ())
        begins = [part.dtstart.value, *(each for line in again for each in line.value.split(","))]
        was = part.tzoffsetfrom.value
        if was != part.tzoffsetto.value:
            before = datetime.strptime(was, "%z").utcoffset()
            told |= {
                datetime.strptime(each, "%Y%m%dT%H%M%S").replace(tzinfo=UTC) - before
                for each in begins
            }
    assert {each for each in told if each.year == 2026} == set(changes(zone))
