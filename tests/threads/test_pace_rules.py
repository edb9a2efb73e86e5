"""Threads that rest or go slowly: read off the clock, the same for everybody."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.actor import Actor, Role, Staff, Standing
from community.core.verdict import STALE
from community.threads.pace.rules import (
    AS_USUAL,
    PAUSED,
    SLOWED,
    Gap,
    Pace,
    PaceKind,
    Paces,
    as_seen,
    may_change_in,
    may_set_pace,
    may_write_at_this_pace,
)

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
GROUP, AUTHOR, SOMEBODY = (UUID(int=number) for number in (1, 2, 3))

instants = st.integers(-5000, 5000).map(lambda minutes: NOON + timedelta(minutes=minutes))


def pause(until: datetime) -> Pace:
    return Pace(UUID(int=7), PaceKind.PAUSE, None, "kindness", "A breath.", until)


def slow(gap: Gap, until: datetime) -> Pace:
    return Pace(UUID(int=8), PaceKind.SLOW, gap, "kindness", "A breath.", until)


paces = st.builds(
    Paces,
    st.none() | st.builds(pause, instants),
    st.none() | st.builds(slow, st.sampled_from(Gap), instants),
    st.none() | instants,
)


@given(paces, instants)
def test_when_the_time_that_is_said_has_come_they_can_write(found: Paces, now: datetime) -> None:
    free_at = found.free_at(now)
    assert (free_at is None) is bool(may_write_at_this_pace(found, now))
    if free_at is not None:
        assert free_at > now
        assert may_write_at_this_pace(found, free_at)
        assert not may_write_at_this_pace(found, free_at - timedelta(microseconds=1))


@given(paces, instants)
def test_nobody_waits_longer_than_what_is_in_force(found: Paces, now: datetime) -> None:
    free_at = found.free_at(now)
    ends = [pace.until for pace in (found.pause, found.slow) if pace]
    assert free_at is None or free_at <= max(ends)


@pytest.mark.parametrize("gap", list(Gap))
def test_whoever_has_not_written_there_writes_at_once(gap: Gap) -> None:
    assert may_write_at_this_pace(Paces(slow=slow(gap, NOON + timedelta(days=3))), NOON)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (AS_USUAL, None),
        (Paces(pause(NOON + timedelta(days=1))), PAUSED),
        (Paces(pause(NOON)), None),
        (
            Paces(None, slow(Gap.HOUR, NOON + timedelta(days=1)), NOON - timedelta(minutes=59)),
            SLOWED,
        ),
        (Paces(None, slow(Gap.HOUR, NOON + timedelta(days=1)), NOON - timedelta(minutes=60)), None),
        (Paces(None, slow(Gap.DAY, NOON), NOON - timedelta(minutes=1)), None),
        (
            Paces(pause(NOON + timedelta(1)), slow(Gap.DAY, NOON + timedelta(2)), NOON),
            PAUSED,
        ),
    ],
)
def test_why_somebody_waits(found: Paces, why: object) -> None:
    assert may_write_at_this_pace(found, NOON).reason is why


def test_what_was_written_is_changed_in_a_slow_thread_and_not_in_one_that_rests() -> None:
    assert may_change_in(Paces(None, slow(Gap.DAY, NOON + timedelta(1)), NOON), NOON)
    assert may_change_in(Paces(pause(NOON + timedelta(1))), NOON).reason is PAUSED
    assert may_change_in(Paces(pause(NOON)), NOON)


def somebody(role: Role | None, *, belongs: bool = True, staff: Staff | None = None) -> Actor:
    roles = {GROUP: frozenset({Role.MEMBER} | ({role} if role else set()))} if belongs else {}
    doing = frozenset({staff} if staff else ())
    return Actor(SOMEBODY, "Somebody", Standing.ACTIVE, roles=roles, staff=doing)


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (somebody(None), False),
        (somebody(Role.FACILITATOR), False),
        (somebody(Role.OWNER), True),
        (somebody(Role.MODERATOR), True),
        (somebody(None, belongs=False, staff=Staff.PLATFORM_MODERATOR), False),
        (somebody(None, staff=Staff.PLATFORM_MODERATOR), True),
        (somebody(None, staff=Staff.SAFETY_LEAD), True),
        (somebody(None, staff=Staff.ADMIN), False),
    ],
)
def test_who_lets_a_thread_rest(person: Actor, may: bool) -> None:
    verdict = may_set_pace(person, GROUP, AUTHOR)
    assert bool(verdict) is may
    assert verdict or (verdict.reason and verdict.reason.status == 404)
    assert not may_set_pace(person, GROUP, SOMEBODY)  # a thread that they began


def test_a_moderator_who_saw_something_else_is_told() -> None:
    in_force = pause(NOON)
    assert as_seen(in_force, in_force.id)
    assert as_seen(None, None)
    assert as_seen(in_force, None).reason is STALE
    assert as_seen(None, in_force.id).reason is STALE
