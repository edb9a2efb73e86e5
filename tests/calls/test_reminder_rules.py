"""When somebody is reminded of a call, and when it helps no more."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from community.calls.rules.reminders import BEFORE, ReminderKind, due_at, goes_off_at, helps
from community.notifications.rules import News, Quiet, after_the_night, may_be_quiet

DAY, HOUR, START = ReminderKind
TUESDAY = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NIGHT = Quiet()

zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Antarctica/Troll"]
)
SINCE, UNTIL = datetime(2024, 1, 1), datetime(2028, 1, 1)  # noqa: DTZ001 - given their zone here
instants = st.datetimes(SINCE, UNTIL, timezones=st.just(UTC))
quiets = st.builds(Quiet, begins=st.times(), ends=st.times()).filter(
    lambda quiet: bool(may_be_quiet(quiet))
)


@pytest.mark.parametrize("kind", ReminderKind)
def test_everybody_chooses_about_each_kind(kind) -> None:
    assert News(kind)


def test_a_call_in_the_evening_is_told_a_day_and_an_hour_before_and_when_it_begins() -> None:
    due = [due_at(kind, TUESDAY, "UTC", NIGHT) for kind in ReminderKind]
    assert due == [TUESDAY - timedelta(days=1), TUESDAY - timedelta(hours=1), TUESDAY]


def test_what_would_be_told_in_the_night_is_told_before_it_but_for_the_beginning() -> None:
    early = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    due = [due_at(kind, early, "UTC", NIGHT) for kind in ReminderKind]
    sunday, monday = (datetime(2026, 11, day, 21, 45, tzinfo=UTC) for day in (22, 23))
    assert due == [sunday, monday, early]
    assert due_at(HOUR, early, "UTC", None) == early - timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "armed_at", "now", "does"),
    [
        (DAY, MONDAY_NOON, TUESDAY - timedelta(days=1), True),
        (DAY, MONDAY_NOON, TUESDAY - timedelta(hours=1, seconds=1), True),  # the site was down
        (DAY, MONDAY_NOON, TUESDAY - timedelta(hours=1), False),  # the next one says it
        (DAY, TUESDAY - timedelta(hours=23), TUESDAY - timedelta(hours=22), False),  # just seated
        (HOUR, MONDAY_NOON, TUESDAY - timedelta(seconds=1), True),
        (HOUR, MONDAY_NOON, TUESDAY, False),
        (START, MONDAY_NOON, TUESDAY + timedelta(minutes=14), True),
        (START, MONDAY_NOON, TUESDAY + timedelta(minutes=15), False),
    ],
)
def test_it_helps_until_the_next_one_says_it_better(kind, armed_at, now, does) -> None:
    due = due_at(kind, TUESDAY, "UTC", NIGHT)
    assert helps(kind, TUESDAY, due, armed_at, now) is does


@given(st.sampled_from(ReminderKind), instants, zones, quiets)
def test_it_is_never_due_before_it_is_looked_at(kind, starts_at, zone, quiet) -> None:
    due = due_at(kind, starts_at, zone, quiet)
    assert goes_off_at(kind, starts_at) <= due <= starts_at - BEFORE[kind]


@given(st.sampled_from([DAY, HOUR]), instants, zones, quiets)
def test_a_day_or_an_hour_before_is_never_told_in_the_night(kind, starts_at, zone, quiet) -> None:
    due = due_at(kind, starts_at, zone, quiet)
    assert after_the_night(due, zone, quiet) == due


@given(instants, zones, st.times(), st.times())
def test_the_three_come_in_order(starts_at, zone, begins, ends) -> None:
    quiet = Quiet(begins, ends)
    assume(may_be_quiet(quiet))
    day, hour, start = (due_at(kind, starts_at, zone, quiet) for kind in ReminderKind)
    assert day <= hour <= start


def test_a_night_of_minutes_moves_it_by_minutes() -> None:
    quiet = Quiet(time(17, 20), time(17, 40))
    assert due_at(HOUR, TUESDAY, "UTC", quiet) == TUESDAY - timedelta(hours=1, minutes=25)
