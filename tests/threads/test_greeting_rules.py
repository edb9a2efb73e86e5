"""Who greets: by rules that know no store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.actor import FREE, Actor, Bounds, Role, Standing
from community.core.verdict import NOT_FOUND, STALE
from community.threads.greeting.rules import (
    NEW_FOR,
    Greeting,
    is_new,
    may_answer,
    may_be_met,
    may_greet,
    may_step_down,
    may_take_words_away,
)

HERE, ELSEWHERE, GREETER, READER = (UUID(int=number) for number in range(1, 5))
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

groups = st.frozensets(st.sampled_from([HERE, ELSEWHERE]))
bounds = st.builds(Bounds, st.booleans(), st.booleans(), groups, groups, groups)
greetings = st.builds(
    Greeting,
    group_id=st.just(HERE),
    account_id=st.just(GREETER),
    name=st.just("Ana"),
    since=st.sampled_from([None, NOON]),
    words=st.just(""),
    thread_id=st.none(),
    hears=st.booleans(),
    told_at=st.none(),
    bounds=bounds,
)
readers = st.builds(
    Actor,
    id=st.sampled_from([GREETER, READER]),
    name=st.just("Ben"),
    standing=st.just(Standing.ACTIVE),
    roles=st.dictionaries(
        st.sampled_from([HERE, ELSEWHERE]), st.frozensets(st.sampled_from(Role), min_size=1)
    ).map(MappingProxyType),
    has_agreed=st.booleans(),
    apart=st.frozensets(st.sampled_from([GREETER, READER])),
    bounds=bounds,
)


def holding(kept: Bounds) -> bool:
    """Whether this keeps somebody from writing here."""
    return kept.is_suspended or kept.is_limited or HERE in kept.muted or HERE in kept.barred


@given(greetings, readers)
def test_who_keeps_apart_meets_no_greeter_and_nobody_meets_one_who_may_not_write(
    greeting: Greeting, reader: Actor
) -> None:
    is_there = greeting.since is not None and not holding(greeting.bounds)
    assert greeting.is_for(reader) is (is_there and GREETER not in reader.apart)
    assert may_be_met(greeting.bounds, HERE) is not holding(greeting.bounds)


@given(greetings, readers)
def test_only_the_greeter_answers_greets_and_steps_down(greeting: Greeting, reader: Actor) -> None:
    is_own = reader.belongs_to(HERE) and reader.id == GREETER
    said_yes = greeting.since is not None
    answers = may_answer(reader, greeting)
    assert bool(answers) is (is_own and not said_yes)
    assert answers.reason in ({STALE} if is_own and said_yes else {None, NOT_FOUND})
    assert bool(may_step_down(reader, greeting)) is (is_own and said_yes)
    if may_greet(reader, greeting):
        assert may_step_down(reader, greeting)
        assert reader.writes_in(HERE)


@given(greetings, readers)
def test_greeting_gives_nobody_the_words_of_others_to_take_away(
    greeting: Greeting, reader: Actor
) -> None:
    member = replace(reader, roles=MappingProxyType({HERE: frozenset({Role.MEMBER})}))
    assert not may_take_words_away(member, HERE)
    assert bool(may_take_words_away(reader, HERE)) is reader.moderates(HERE)


@given(st.timedeltas(timedelta(), timedelta(days=400)))
def test_a_member_is_new_for_thirty_days(since_then: timedelta) -> None:
    assert is_new(NOON, NOON + since_then) is (since_then < timedelta(days=30))


@pytest.mark.parametrize("passed", [NEW_FOR, NEW_FOR - timedelta(microseconds=1)])
def test_the_last_instant_of_it_is_before_its_end(passed: timedelta) -> None:
    assert is_new(NOON, NOON + passed) is (passed < NEW_FOR)


def test_somebody_free_is_met() -> None:
    assert may_be_met(FREE, HERE)
