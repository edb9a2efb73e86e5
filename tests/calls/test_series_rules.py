"""On which days calls come again, when these are, and who may change that: pure."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from community.calls.rules.series import (
    AHEAD,
    ENDS_BEFORE,
    ENDS_LATE,
    NO_SUCH_DATE,
    NOT_THE_LAST,
    SAME_RHYTHM,
    TWO_ENDS,
    Every,
    Rhythm,
    at_another_pace,
    changed,
    last_of,
    may_begin_on,
    may_change,
    may_change_pace,
    may_end,
    may_skip,
    moved_days,
    rhythm_from,
)
from community.calls.rules.times import clocks_change_on
from community.core.actor import Actor, Role, Standing
from community.core.verdict import NOT_FOUND, NOT_YOURS, Reason

LONDON = "Europe/London"
NECK = uuid4()


def days(*written: str) -> list[date]:
    return [date.fromisoformat(each) for each in written]


@pytest.mark.parametrize(
    ("every", "first", "comes"),
    [
        (Every.WEEK, "2026-11-24", ["2026-11-24", "2026-12-01", "2026-12-08"]),
        (Every.TWO_WEEKS, "2026-11-24", ["2026-11-24", "2026-12-08", "2026-12-22"]),
        (Every.MONTH, "2026-11-10", ["2026-11-10", "2026-12-08", "2027-01-12"]),
        (Every.MONTH, "2026-11-24", ["2026-11-24", "2026-12-22", "2027-01-26"]),
        (
            Every.MONTH,
            "2026-12-29",
            ["2026-12-29", "2027-01-26", "2027-02-23"],
        ),  # a fifth: the last
        (Every.MONTH_LAST, "2026-11-24", ["2026-11-24", "2026-12-29", "2027-01-26"]),
    ],
)
def test_a_rhythm_comes_on_these_days(every: Every, first: str, comes: list[str]):
    rhythm = rhythm_from(every, date.fromisoformat(first), time(19), LONDON)
    assert rhythm.next_days(rhythm.first, 3) == days(*comes)


def test_a_last_day_is_one_of_its_days_if_it_falls_on_it():
    rhythm = Rhythm(Every.WEEK, date(2026, 11, 24), time(19), LONDON, last=date(2026, 12, 8))
    assert rhythm.next_days(rhythm.first, 9) == days("2026-11-24", "2026-12-01", "2026-12-08")
    assert last_of(replace(rhythm, last=None), 3) == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("hour", "day", "begins"),
    [
        ("19:00", "2027-03-27", "19:00+00:00"),
        ("19:00", "2027-03-28", "18:00+00:00"),
        ("01:30", "2027-03-28", "01:30+00:00"),  # left out: it is half past two on the clocks
        ("01:30", "2026-10-25", "00:30+00:00"),  # comes twice: the first
        ("01:30", "2026-10-26", "01:30+00:00"),
    ],
)
def test_an_hour_stays_that_hour_when_the_clocks_change(hour: str, day: str, begins: str):
    rhythm = Rhythm(Every.WEEK, date(2026, 1, 1), time.fromisoformat(hour), LONDON)
    assert rhythm.begins(date.fromisoformat(day)).isoformat() == f"{day}T{begins[:5]}:00+00:00"


def test_the_day_on_which_clocks_change_is_found():
    assert clocks_change_on(LONDON, date(2026, 11, 20), date(2027, 11, 20)) == date(2027, 3, 28)
    assert clocks_change_on(LONDON, date(2026, 11, 20), date(2027, 3, 27)) is None
    assert clocks_change_on("UTC", date(2026, 11, 20), date(2027, 11, 20)) is None


@pytest.mark.parametrize(
    ("every", "first", "reason"),
    [
        (Every.MONTH_LAST, "2026-11-24", None),
        (Every.MONTH_LAST, "2026-11-17", NOT_THE_LAST),
        (Every.MONTH, "2026-11-17", None),
        (Every.WEEK, "2026-11-17", None),
    ],
)
def test_the_last_of_a_month_begins_on_a_last(every: Every, first: str, reason: Reason | None):
    assert may_begin_on(every, date.fromisoformat(first)).reason == reason


@pytest.mark.parametrize(
    ("last", "times", "reason"),
    [
        (None, None, None),
        (date(2026, 11, 24), None, None),
        (None, 3, None),
        (date(2026, 11, 23), None, ENDS_BEFORE),
        (date(2036, 11, 24), None, None),
        (date(9999, 12, 31), None, ENDS_LATE),
        (date(2026, 12, 24), 3, TWO_ENDS),
    ],
)
def test_it_ends_on_a_day_or_after_some_times_or_never(
    last: date | None, times: int | None, reason: Reason | None
):
    assert may_end(date(2026, 11, 24), last, times).reason == reason


def test_of_a_change_the_distance_is_kept():
    weekly = Rhythm(Every.WEEK, date(2026, 11, 24), time(19), LONDON, last=date(2026, 12, 22))
    new = changed(
        weekly, date(2026, 12, 1), date(2026, 12, 8), datetime.fromisoformat("2026-12-10T20:00")
    )
    assert new == Rhythm(Every.WEEK, date(2026, 12, 3), time(20), LONDON, last=date(2026, 12, 24))
    assert moved_days(weekly, new, date(2026, 12, 1), date(2026, 12, 8)) == dict(
        zip(days("2026-12-01", "2026-12-08"), days("2026-12-03", "2026-12-10"), strict=True)
    )


@pytest.mark.parametrize(
    ("every", "first", "at", "to", "comes"),
    [
        # The second Tuesday becomes the second Thursday, of each month.
        (Every.MONTH, "2026-11-10", "2026-12-08", "2026-12-10", ["2026-11-12", "2026-12-10"]),
        # The last Tuesday becomes the last Monday,
        (Every.MONTH_LAST, "2026-11-24", "2026-12-29", "2026-12-28", ["2026-11-30", "2026-12-28"]),
        # or, moved out of the last week, the third Monday.
        (Every.MONTH_LAST, "2026-11-24", "2026-12-29", "2026-12-21", ["2026-11-16", "2026-12-21"]),
        # A fourth that becomes a fifth is a last.
        (Every.MONTH, "2026-11-24", "2026-12-22", "2026-12-29", ["2026-11-24", "2026-12-29"]),
        # Into another month.
        (Every.MONTH_LAST, "2026-11-30", "2026-11-30", "2026-12-01", ["2026-12-01", "2027-01-05"]),
    ],
)
def test_a_month_changes_by_its_weekdays(every, first, at, to, comes):
    old = rhythm_from(every, date.fromisoformat(first), time(19), LONDON)
    new = changed(old, old.first, date.fromisoformat(at), datetime.fromisoformat(f"{to}T19:00"))
    assert new.next_days(new.first, 2) == days(*comes)


ANY_DAY = st.dates(date(2026, 1, 1), date(2027, 12, 31))
ANY_ZONE = st.sampled_from(
    [LONDON, "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Cairo", "UTC"]
)
ANY_HOUR = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
RHYTHMS = st.builds(rhythm_from, st.sampled_from(Every), ANY_DAY, ANY_HOUR, ANY_ZONE).filter(
    lambda rhythm: may_begin_on(rhythm.every, rhythm.first)
)


@given(RHYTHMS)
def test_each_day_is_the_same_weekday_and_the_first_is_the_first(rhythm: Rhythm):
    comes = rhythm.next_days(rhythm.first, 15)
    assert comes[0] == rhythm.first
    assert {day.weekday() for day in comes} == {rhythm.first.weekday()}
    assert comes == sorted(set(comes))


@given(RHYTHMS)
def test_a_monthly_rhythm_leaves_no_month_out(rhythm: Rhythm):
    assume(rhythm.which is not None)
    months = [day.year * 12 + day.month for day in rhythm.next_days(rhythm.first, 15)]
    assert months == list(range(months[0], months[0] + 15))


@given(RHYTHMS, st.integers(0, 12))
def test_a_call_begins_at_its_hour_or_as_much_later_as_the_clocks_leap(rhythm: Rhythm, count: int):
    day = rhythm.next_days(rhythm.first, count + 1)[-1]
    there = rhythm.begins(day).astimezone(ZoneInfo(rhythm.zone)).replace(tzinfo=None)
    late = there - datetime.combine(day, rhythm.hour)
    assert timedelta(0) <= late <= timedelta(hours=1)
    assert not late or clocks_change_on(
        rhythm.zone, day - timedelta(days=2), day + timedelta(days=1)
    )


@given(
    RHYTHMS, st.integers(0, 5), st.integers(0, 5), st.integers(-3, 3), ANY_HOUR, st.integers(1, 9)
)
def test_after_a_change_as_many_come_and_the_one_that_was_changed_comes_when_it_should(
    rhythm: Rhythm, since: int, further: int, move: int, hour: time, left: int
):
    comes = rhythm.next_days(rhythm.first, since + further + left + 1)
    ending = replace(rhythm, last=comes[-1])
    first, at = comes[since], comes[since + further]
    to = datetime.combine(at + timedelta(days=move), hour)
    new = changed(ending, first, at, to)
    now_on = moved_days(ending, new, first, comes[-1])
    assert now_on[at] == to.date()
    assert new.hour == hour
    assert list(now_on) == comes[since:]
    assert list(now_on.values()) == sorted(set(now_on.values()))
    assert max(now_on.values()) == new.last


@given(RHYTHMS, st.builds(datetime.combine, ANY_DAY, st.times(), st.just(UTC)))
def test_what_is_to_be_made_is_to_come_and_not_far_and_made_once(rhythm: Rhythm, now: datetime):
    there = rhythm.to_make((), now)
    assert all(rhythm.begins(day) > now for day in there)
    assert all(
        day <= (now + AHEAD).date() + timedelta(days=1) or day == rhythm.first for day in there
    )
    assert rhythm.to_make(there, now) == []
    assert rhythm.begins(rhythm.first) <= now or rhythm.first in there


@dataclass(frozen=True)
class ASeries:
    facilitator_id: UUID | None
    group_id: UUID = NECK


def person(*roles: Role, group: UUID = NECK) -> Actor:
    held = MappingProxyType({group: frozenset({Role.MEMBER, *roles})})
    return Actor(uuid4(), "Somebody", Standing.ACTIVE, roles=held, has_agreed=True)


HANA = person(Role.FACILITATOR)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (HANA, None),
        (
            replace(HANA, roles=MappingProxyType({NECK: frozenset({Role.MEMBER})})),
            NOT_YOURS,
        ),  # and facilitates no more
        (person(Role.OWNER), None),
        (person(Role.FACILITATOR), NOT_YOURS),
        (person(Role.MODERATOR), NOT_YOURS),
        (person(), NOT_YOURS),
        (person(Role.OWNER, group=uuid4()), NOT_FOUND),
    ],
)
def test_whoever_keeps_a_series_changes_it_and_the_owners_of_its_group(
    who: Actor, reason: Reason | None
):
    rhythm = Rhythm(Every.WEEK, date(2026, 11, 24), time(19), LONDON)
    series = ASeries(HANA.id)
    assert may_change(who, series).reason == reason
    assert may_skip(who, series, rhythm, date(2026, 12, 1), ()).reason == reason


def test_a_day_is_skipped_that_comes_and_has_no_call_yet():
    rhythm = Rhythm(Every.WEEK, date(2026, 11, 24), time(19), LONDON)
    series = ASeries(HANA.id)
    there = days("2026-11-24")
    assert may_skip(HANA, series, rhythm, date(2026, 11, 24), there).reason == NO_SUCH_DATE
    assert may_skip(HANA, series, rhythm, date(2026, 11, 25), there).reason == NO_SUCH_DATE
    assert may_skip(HANA, series, rhythm, date(2026, 12, 1), there)


WEEKLY = Rhythm(Every.WEEK, date(2026, 11, 24), time(19), LONDON, last=date(2027, 6, 1))


@pytest.mark.parametrize(
    ("every", "since", "becomes", "comes"),
    [
        (Every.TWO_WEEKS, "2026-12-01", Every.TWO_WEEKS, ["2026-12-01", "2026-12-15"]),
        (Every.MONTH, "2026-12-01", Every.MONTH, ["2026-12-01", "2027-01-05"]),
        (Every.MONTH_LAST, "2026-11-24", Every.MONTH_LAST, ["2026-11-24", "2026-12-29"]),
        (Every.MONTH, "2026-12-29", Every.MONTH_LAST, ["2026-12-29", "2027-01-26"]),
    ],
)
def test_at_another_pace_it_comes_from_one_of_its_days_on(
    every: Every, since: str, becomes: Every, comes: list[str]
):
    first = date.fromisoformat(since)
    assert may_change_pace(WEEKLY, every, first)
    new = at_another_pace(WEEKLY, every, first)
    assert (new.every, new.hour, new.zone, new.last) == (becomes, time(19), LONDON, WEEKLY.last)
    assert new.next_days(first, 2) == days(*comes)


def test_the_pace_that_it_has_is_no_change():
    first = WEEKLY.first
    assert may_change_pace(WEEKLY, Every.WEEK, first).reason == SAME_RHYTHM
    assert may_change_pace(WEEKLY, Every.MONTH_LAST, date(2026, 12, 1)).reason == NOT_THE_LAST
    last = at_another_pace(WEEKLY, Every.MONTH_LAST, first)
    assert may_change_pace(last, Every.MONTH, date(2026, 12, 29)).reason == SAME_RHYTHM


@given(
    st.sampled_from(list(Every)),
    st.integers(0, 30),
    st.sampled_from(list(Every)),
)
def test_at_another_pace_no_day_is_before_that_one_and_it_is_the_first(
    old: Every, number: int, every: Every
):
    rhythm = rhythm_from(old, date(2026, 11, 24), time(19), LONDON)
    since = rhythm.next_days(rhythm.first, number + 1)[-1]
    assume(may_change_pace(rhythm, every, since))
    assert at_another_pace(rhythm, every, since).next_days(rhythm.first, 1) == [since]
