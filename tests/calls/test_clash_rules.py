"""Calls at the same time: without anything around them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from community.calls.rules.clashes import clash

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class On:
    id: UUID
    starts_at: datetime
    minutes: int


calls = st.builds(
    On,
    id=st.builds(uuid4),
    starts_at=st.integers(0, 240).map(lambda minutes: MIDNIGHT + timedelta(minutes=minutes)),
    minutes=st.integers(15, 90),
)


@given(calls, calls)
def test_two_calls_clash_when_there_is_a_minute_of_both(one: On, other: On) -> None:
    later = max(one.starts_at, other.starts_at)
    both = [later < call.starts_at + timedelta(minutes=call.minutes) for call in (one, other)]
    assert clash(one, other) == clash(other, one) == all(both)
    assert not clash(one, one)
