"""The night: letters wait for its end, clocks stand still in it, wherever somebody lives."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from community.notifications.rules import (
    LONGEST_NIGHT,
    NIGHT_TOO_LONG,
    USUAL_QUIET,
    Quiet,
    after_the_night,
    awake_later,
    before_the_night,
    goes_at,
    may_be_quiet,
)

BERLIN, APIA = "Europe/Berlin", "Pacific/Apia"

# With odd offsets, odd leaps, no leaps, and a day that never was (Apia, 30 December 2011).
zones = st.sampled_from(
    [
        BERLIN, APIA, "UTC", "America/New_York", "America/St_Johns", "America/Santiago",
        "Australia/Lord_Howe", "Africa/Casablanca", "Antarctica/Troll", "Asia/Kathmandu",
        "Asia/Tehran", "Pacific/Chatham", "Pacific/Kiritimati", "Europe/Dublin",
    ]
)  # fmt: skip
SINCE, UNTIL = datetime(2011, 12, 1), datetime(2028, 1, 1)  # noqa: DTZ001 - given their zone here
instants = st.datetimes(SINCE, UNTIL, timezones=st.just(UTC))
quiets = st.builds(
    Quiet, begins=st.times().map(lambda at: at.replace(microsecond=0)), ends=st.times()
).filter(lambda quiet: bool(may_be_quiet(quiet)))
spans = st.timedeltas(timedelta(), timedelta(days=4))


def at(wall: str, zone: str = BERLIN, fold: int = 0) -> datetime:
    there = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return there.astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "evening", "morning"),
    [
        ("2026-11-20T21:59", "2026-11-20T21:59", "2026-11-20T21:59"),
        ("2026-11-20T22:00", "2026-11-20T22:00", "2026-11-21T08:00"),
        ("2026-11-21T03:00", "2026-11-20T22:00", "2026-11-21T08:00"),
        ("2026-11-21T07:59", "2026-11-20T22:00", "2026-11-21T08:00"),
        ("2026-11-21T08:00", "2026-11-21T08:00", "2026-11-21T08:00"),
    ],
)
def test_the_night_is_from_ten_to_eight_on_ones_own_clocks(now, evening, morning) -> None:
    assert before_the_night(at(now), BERLIN, USUAL_QUIET) == at(evening)
    assert after_the_night(at(now), BERLIN, USUAL_QUIET) == at(morning)


@pytest.mark.parametrize(
    ("quiet", "now", "morning"),
    [
        # Clocks go forward from 2:00 to 3:00: what is set for 2:30 happens when they have leapt.
        (Quiet(time(22), time(2, 30)), "2026-03-29T01:00", "2026-03-29T03:30"),
        (Quiet(time(2, 30), time(9)), "2026-03-29T03:15", "2026-03-29T03:15"),
        (Quiet(time(2, 30), time(9)), "2026-03-29T03:30", "2026-03-29T09:00"),
        # They go back from 3:00 to 2:00: what is set for 2:30 happens the first time it is.
        (Quiet(time(22), time(2, 30)), "2026-10-25T02:29", "2026-10-25T02:30"),
        (Quiet(time(2, 30), time(9)), "2026-10-25T02:30", "2026-10-25T09:00"),
    ],
)
def test_hours_that_are_left_out_or_come_twice_have_their_answer(quiet, now, morning) -> None:
    assert after_the_night(at(now), BERLIN, quiet) == at(morning)


def test_the_second_time_an_hour_comes_the_night_that_ended_in_it_is_over() -> None:
    second = at("2026-10-25T02:10", fold=1)
    assert after_the_night(second, BERLIN, Quiet(time(22), time(2, 30))) == second


def test_ten_hours_of_night_are_nine_or_eleven_when_the_clocks_change() -> None:
    for eve, awake in (("2026-03-28", 15), ("2026-03-30", 14), ("2026-10-24", 13)):
        start = at(f"{eve}T12:00")
        noon = awake_later(start, timedelta(hours=awake), BERLIN, USUAL_QUIET)
        assert noon == start + timedelta(days=1)


def test_a_day_that_never_was_has_no_night_of_its_own() -> None:
    eve = at("2011-12-29T23:00", APIA)
    assert after_the_night(eve, APIA, USUAL_QUIET) == at("2011-12-31T08:00", APIA)


def test_twelve_hours_awake_from_nine_in_the_evening_last_until_seven_the_next() -> None:
    began = at("2026-11-20T21:00")
    assert awake_later(began, timedelta(hours=12), BERLIN, USUAL_QUIET) == at("2026-11-21T19:00")


def test_whoever_has_no_night_is_awake() -> None:
    now = at("2026-11-21T03:00")
    assert after_the_night(now, BERLIN, None) == before_the_night(now, BERLIN, None) == now
    assert awake_later(now, timedelta(days=2), BERLIN, None) == now + timedelta(days=2)


@pytest.mark.parametrize(
    ("call", "goes"),
    [
        ("2026-11-21T08:01", "2026-11-21T08:00"),
        ("2026-11-21T08:00", "2026-11-20T23:00"),
        ("2026-11-20T23:30", "2026-11-20T23:00"),
    ],
)
def test_a_letter_waits_for_the_morning_unless_that_is_too_late(call, goes) -> None:
    assert goes_at(at("2026-11-20T23:00"), BERLIN, USUAL_QUIET, at(call)) == at(goes)


def test_a_night_leaves_some_of_the_day() -> None:
    assert may_be_quiet(Quiet(time(18), time(10)))
    assert may_be_quiet(Quiet(time(13), time(14)))
    assert may_be_quiet(Quiet(time(18), time(10, 1))).reason is NIGHT_TOO_LONG
    assert may_be_quiet(Quiet(time(8), time(8))).reason is NIGHT_TOO_LONG


@given(instants, zones, quiets)
def test_a_morning_and_an_evening_are_never_in_the_night(now, zone, quiet) -> None:
    morning, evening = (side(now, zone, quiet) for side in (after_the_night, before_the_night))
    assert evening <= now <= morning
    assert after_the_night(morning, zone, quiet) == morning
    assert before_the_night(evening, zone, quiet) == evening


@given(instants, zones, quiets)
def test_no_night_is_longer_than_the_longest_but_for_what_the_clocks_are_put_back(
    now, zone, quiet
) -> None:
    night = after_the_night(now, zone, quiet) - before_the_night(now, zone, quiet)
    assume(not (zone == APIA and now.year == 2011))
    assert night <= LONGEST_NIGHT + timedelta(hours=3)


def awake(since: datetime, until: datetime, zone: str, quiet: Quiet) -> timedelta:
    """How much of this time is in none of the nights around it."""
    days = [since.date() + timedelta(days=day) for day in range(-3, 20)]
    nights = [quiet.night_of(day, ZoneInfo(zone)) for day in days]
    parts = [min(until, ends) - max(since, begins) for begins, ends in nights]
    return until - since - sum((part for part in parts if part > timedelta()), timedelta())


@given(instants, spans, zones, quiets)
def test_what_is_awake_later_was_awake_for_as_long_and_is_not_night(now, span, zone, quiet) -> None:
    later = awake_later(now, span, zone, quiet)
    assert after_the_night(later, zone, quiet) == later
    assert awake(now, later, zone, quiet) == span


@given(instants, spans, spans, zones, quiets)
def test_one_time_awake_after_another_is_both_together(now, first, second, zone, quiet) -> None:
    middle = awake_later(now, first, zone, quiet)
    end = awake_later(middle, second, zone, quiet)
    assert end == awake_later(now, first + second, zone, quiet) >= now + first + second
