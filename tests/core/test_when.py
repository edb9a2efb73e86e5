"""Instants in words, on the reader’s own wall clock: zones, days that are 23 or 25 hours long."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core import when as words
from tests.fakes import FrozenClock

Here = Callable[..., None]


@pytest.fixture
def here(app: Flask, clock: FrozenClock) -> Iterator[Here]:
    """`here("Asia/Kolkata", "2026-11-20T12:00")`: a reader in this zone, at this instant (UTC)."""

    def be(zone: str = "UTC", at: str = "2026-11-20T12:00") -> None:
        g.zone = zone
        clock.instant = utc(at)

    with app.test_request_context():
        be()
        yield be


def read(told: str) -> str:
    """As it is read: a space that doesn’t break looks like any other."""
    return told.replace("\N{NO-BREAK SPACE}", " ")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("UTC", "Tuesday 24 November, 6:30 pm"),
        ("Europe/London", "Tuesday 24 November, 6:30 pm"),
        ("America/New_York", "Tuesday 24 November, 1:30 pm"),
        ("America/Los_Angeles", "Tuesday 24 November, 10:30 am"),
        ("Asia/Kolkata", "Wednesday 25 November, 12:00 am"),
        ("Asia/Kathmandu", "Wednesday 25 November, 12:15 am"),
        ("Australia/Sydney", "Wednesday 25 November, 5:30 am"),
        ("Pacific/Kiritimati", "Wednesday 25 November, 8:30 am"),
    ],
)
def test_one_instant_is_each_readers_own_day_and_hour(here: Here, zone: str, told: str) -> None:
    here(zone)
    assert read(words.when(utc("2026-11-24T18:30"))) == told


def test_a_year_is_said_when_it_is_another_one_there(here: Here) -> None:
    new_year = utc("2026-12-31T23:30")
    here("Europe/London", "2026-12-31T12:00")
    assert words.day(new_year) == "Thursday 31 December"
    here("Europe/Paris", "2026-12-31T12:00")
    assert words.day(new_year) == "Friday 1 January 2027"
    here("Europe/Paris", "2026-12-31T23:15")  # there it is 2027 already
    assert words.day(new_year) == "Friday 1 January"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-10-25T00:30", "1:30 am"),  # still summer time
        ("2026-10-25T01:30", "1:30 am"),  # the same hour once more
        ("2026-10-25T02:30", "2:30 am"),
        ("2026-03-29T00:59", "12:59 am"),
        ("2026-03-29T01:00", "2:00 am"),  # an hour that is not there is stepped over
        ("2026-07-01T12:00", "1:00 pm"),
        ("2026-12-01T12:00", "12:00 pm"),
        ("2026-12-01T00:00", "12:00 am"),
        ("2026-12-01T09:05", "9:05 am"),
    ],
)
def test_the_clock_goes_with_summer_time(here: Here, at: str, told: str) -> None:
    here("Europe/London")
    assert read(words.clock(utc(at))) == told


def test_a_time_never_breaks_across_lines(here: Here) -> None:
    here()
    assert words.clock(utc("2026-11-24T18:30")) == "6:30\N{NO-BREAK SPACE}pm"


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("2026-11-20T12:00", "today at 12:00 pm"),
        ("2026-11-20T00:00", "today at 12:00 am"),
        ("2026-11-19T23:59", "yesterday at 11:59 pm"),
        ("2026-11-19T00:00", "yesterday at 12:00 am"),
        ("2026-11-18T23:59", "on Wednesday"),
        ("2026-11-14T00:00", "on Saturday"),
        ("2026-11-13T23:59", "on Friday 13 November"),
        ("2025-11-20T12:00", "on Thursday 20 November 2025"),
    ],
)
def test_what_was_is_told_by_days_of_the_calendar(here: Here, then: str, told: str) -> None:
    here()
    assert read(words.ago(utc(then))) == told


def test_yesterday_is_the_readers_yesterday(here: Here) -> None:
    then = utc("2026-11-20T03:00")
    here("Europe/London", "2026-11-20T12:00")
    assert read(words.ago(then)) == "today at 3:00 am"
    here("America/New_York", "2026-11-20T12:00")
    assert read(words.ago(then)) == "yesterday at 10:00 pm"


def test_a_post_from_a_clock_a_little_ahead_of_ours_is_todays(here: Here) -> None:
    here()
    assert read(words.ago(utc("2026-11-20T12:01"))) == "today at 12:01 pm"


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("2026-11-20T11:00", "now"),
        ("2026-11-20T12:00", "now"),
        ("2026-11-20T12:01", "in 1 minute"),
        ("2026-11-20T12:10", "in 10 minutes"),
        ("2026-11-20T12:59", "in 59 minutes"),
        ("2026-11-20T13:20", "in 80 minutes"),
        ("2026-11-20T13:40", "in 2 hours"),
        ("2026-11-20T15:00", "in 3 hours"),
        ("2026-11-20T23:00", "in 11 hours"),
        ("2026-11-21T08:00", "in 20 hours"),
        ("2026-11-21T12:00", "in 1 day"),
        ("2026-11-21T23:59", "in 1 day"),
        ("2026-11-22T00:00", "in 2 days"),
        ("2026-11-24T18:30", "in 4 days"),
        ("2026-12-20T12:00", "in 30 days"),
    ],
)
def test_what_comes_is_told_in_days_hours_or_minutes(here: Here, then: str, told: str) -> None:
    here()
    assert words.until(utc(then)) == told


def test_a_day_of_25_hours_is_one_day(here: Here) -> None:
    here("Europe/London", "2026-10-24T11:00")  # noon there
    assert words.until(utc("2026-10-25T12:00")) == "in 1 day"  # noon there, 25 hours later
    assert words.until(utc("2026-10-26T12:00")) == "in 2 days"
    here("Europe/London", "2026-10-24T23:00")  # it has just begun there
    assert words.until(utc("2026-10-25T23:30")) == "in 1 day"  # its last half hour


def test_a_day_of_23_hours_is_one_day(here: Here) -> None:
    here("Europe/London", "2026-03-28T12:00")
    assert words.until(utc("2026-03-29T11:00")) == "in 23 hours"
    assert words.until(utc("2026-03-30T11:00")) == "in 2 days"


def test_a_leaf_of_the_calendar_is_the_readers_day(here: Here) -> None:
    here("Asia/Kolkata")
    assert words.leaf(utc("2026-11-24T18:30")) == ("Wed", "25", "Nov")
    here("America/New_York")
    assert words.leaf(utc("2026-11-24T18:30")) == ("Tue", "24", "Nov")


def test_a_reader_of_a_letter_comes_before_the_viewer_of_a_page(app: Flask) -> None:
    with app.test_request_context():
        assert words.zone() == ZoneInfo("UTC")  # a guest
        g.zone = "Asia/Kolkata"
        assert words.zone() == ZoneInfo("Asia/Kolkata")


INSTANTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu", "America/St_Johns"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(instant=INSTANTS, zone=ZONES, ahead=st.timedeltas(timedelta(0), timedelta(days=60)))
def test_whatever_the_zone_the_words_never_go_wrong_way(
    here: Here, instant: datetime, zone: str, ahead: timedelta
) -> None:
    """What is later is never told as sooner, and never as zero or one of many."""
    here(zone, instant.replace(tzinfo=None).isoformat())
    told = words.until(instant + ahead)
    assert told == "now" or told.startswith("in ")
    assert " 0 " not in told
    assert not told.startswith("in 1 ") or not told.endswith("s")
    assert words.local(instant + ahead) == instant + ahead
