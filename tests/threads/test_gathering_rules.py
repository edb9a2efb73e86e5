"""Who puts threads in order, and how far somebody has come in each of two that were one."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.actor import Actor, Role, Staff, Standing
from community.threads.gathering.rules import (
    PINS_MOST,
    Gathered,
    Parting,
    may_arrange,
    may_begin_with,
    may_change_topic,
    may_pin,
    may_put_together,
)

GROUP, OTHER, SOMEBODY, AUTHOR = (UUID(int=number) for number in range(1, 5))


def somebody(role: Role | None, *, belongs: bool = True, staff: Staff | None = None) -> Actor:
    roles = {GROUP: frozenset({Role.MEMBER} | ({role} if role else set()))} if belongs else {}
    doing = frozenset({staff} if staff else ())
    return Actor(SOMEBODY, "Somebody", Standing.ACTIVE, roles=roles, staff=doing)


def thread(author: UUID = AUTHOR, *, circle: bool = False, held: bool = False) -> Gathered:
    return Gathered(GROUP, author, circle, held)


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (somebody(None), False),
        (somebody(Role.FACILITATOR), False),
        (somebody(Role.MODERATOR), True),
        (somebody(Role.OWNER), True),
        (somebody(None, staff=Staff.PLATFORM_MODERATOR), True),
        (somebody(None, belongs=False, staff=Staff.PLATFORM_MODERATOR), False),
        (somebody(None, staff=Staff.ADMIN), False),
    ],
)
def test_who_arranges_a_thread(person: Actor, may: bool) -> None:
    for is_allowed in (may_arrange(person, thread()), may_change_topic(person, thread())):
        assert bool(is_allowed) is may
    assert not may_arrange(person, thread(circle=True))
    assert not may_change_topic(person, thread(circle=True))


def test_a_list_has_three_pins() -> None:
    assert [bool(may_pin(beside)) for beside in range(PINS_MOST + 1)] == [True, True, True, False]


def test_a_thread_begins_with_what_is_shown() -> None:
    assert may_begin_with([True, False])
    assert not may_begin_with([False, True])
    assert not may_begin_with([])


def test_which_two_come_together() -> None:
    assert may_put_together(thread(), thread(), is_same=False)
    assert not may_put_together(thread(), thread(), is_same=True)
    assert not may_put_together(thread(circle=True), thread(), is_same=False)
    assert not may_put_together(thread(), thread(held=True), is_same=False)
    assert not may_put_together(thread(), Gathered(OTHER, AUTHOR, False), is_same=False)


@given(st.integers(1, 40), st.sets(st.integers(2, 40)), st.integers(1, 40))
def test_what_was_read_is_read_wherever_it_is(count: int, chosen: set[int], mark: int) -> None:
    numbers = range(1, count + 1)
    parting = Parting.of(numbers, chosen)
    here, there = parting.read_to(mark)
    assert sorted([*parting.stays, *parting.goes]) == list(numbers)
    assert [number for number in parting.stays if number <= mark] == list(parting.stays[:here])
    assert [number for number in parting.goes if number <= mark] == list(parting.goes[:there])
