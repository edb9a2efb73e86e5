"""Times of day and months: without anything around them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.calls.rules.listing import (
    TimeOfDay,
    month_after,
    month_before,
    span_of_month,
    time_of_day,
    weeks_of_month,
)


@pytest.mark.parametrize(
    ("hour", "name"),
    [
        (0, TimeOfDay.NIGHT),
        (4, TimeOfDay.NIGHT),
        (5, TimeOfDay.MORNING),
        (11, TimeOfDay.MORNING),
        (12, TimeOfDay.AFTERNOON),
        (16, TimeOfDay.AFTERNOON),
        (17, TimeOfDay.EVENING),
        (21, TimeOfDay.EVENING),
        (22, TimeOfDay.NIGHT),
    ],
)
def test_each_hour_has_its_time_of_day(hour: int, name: TimeOfDay) -> None:
    assert time_of_day(datetime(2026, 11, 24, hour, 59, tzinfo=UTC), "UTC") is name


def test_the_time_of_day_is_by_the_readers_own_clocks_summer_and_winter() -> None:
    winter = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    summer = datetime(2026, 6, 24, 16, 30, tzinfo=UTC)
    assert time_of_day(winter, "Europe/London") is TimeOfDay.AFTERNOON
    assert time_of_day(summer, "Europe/London") is TimeOfDay.EVENING
    assert time_of_day(winter, "Asia/Tokyo") is TimeOfDay.NIGHT


firsts = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(lambda day: day.replace(day=1))


@given(firsts)
def test_months_follow_one_another(first: date) -> None:
    assert month_before(month_after(first)) == first
    assert month_after(first).day == 1
    assert timedelta(days=28) <= month_after(first) - first <= timedelta(days=31)


@given(firsts)
def test_the_weeks_of_a_month_hold_each_of_its_days_once(first: date) -> None:
    weeks = weeks_of_month(first)
    days = [day for week in weeks for day in week if day is not None]
    assert days == [first + timedelta(days=n) for n in range((month_after(first) - first).days)]
    assert {len(week) for week in weeks} == {7}
    assert {day.weekday() for week in weeks for day in week[:1] if day} <= {0}


def test_a_month_begins_and_ends_on_the_readers_clocks() -> None:
    begins, ends = span_of_month(date(2026, 3, 1), "Europe/London")
    assert begins == datetime(2026, 3, 1, tzinfo=UTC)
    assert ends == datetime(2026, 3, 31, 23, tzinfo=UTC)  # summer time by then
