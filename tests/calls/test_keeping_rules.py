"""Who keeps a series, and to whom it is handed over. Truth tables."""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from community.calls.rules.call import IS_A_DRAFT
from community.calls.rules.holding import ASKED_ALREADY, NO_FACILITATOR, NOBODY_ASKED
from community.calls.rules.keeping import (
    KEEPS_ALREADY,
    NOT_ASKED,
    may_accept,
    may_be_given,
    may_decline,
    may_hand_over,
    may_look,
    may_take_back,
    may_take_over,
)
from community.core.actor import Actor, Role
from community.core.verdict import NOT_FOUND, NOT_YOURS, Reason
from community.safety.rules import GUIDELINES_FIRST
from tests.calls.test_rules import ANA, HANA, NECK, OWNER, STRANGER, person

IDA = person(Role.FACILITATOR)  # facilitates too


@dataclass(frozen=True)
class ASeries:
    group_id: UUID = NECK
    facilitator_id: UUID | None = HANA.id


SERIES = ASeries()
KEEPERS = [(HANA, None), (OWNER, None), (IDA, NOT_YOURS), (ANA, NOT_YOURS), (STRANGER, NOT_FOUND)]


@pytest.mark.parametrize(("who", "reason"), KEEPERS)
def test_whoever_keeps_it_or_owns_the_group_hands_it_over(who: Actor, reason: Reason | None):
    assert may_hand_over(who, SERIES, is_draft=False, is_asked=False).reason == reason
    asked, draft = reason or ASKED_ALREADY, reason or IS_A_DRAFT
    assert may_hand_over(who, SERIES, is_draft=False, is_asked=True).reason == asked
    assert may_hand_over(who, SERIES, is_draft=True, is_asked=False).reason == draft
    assert may_take_back(who, SERIES, is_asked=True).reason == reason
    assert may_take_back(who, SERIES, is_asked=False).reason == (reason or NOBODY_ASKED)


def test_it_is_given_to_another_facilitator_also_when_nobody_keeps_it():
    assert may_be_given(SERIES, IDA.id, facilitates=True)
    assert may_be_given(SERIES, IDA.id, facilitates=False).reason == NO_FACILITATOR
    assert may_be_given(SERIES, HANA.id, facilitates=True).reason == KEEPS_ALREADY
    assert may_be_given(ASeries(facilitator_id=None), HANA.id, facilitates=True)


@pytest.mark.parametrize(
    ("who", "asked", "declining", "accepting"),
    [
        (IDA, IDA.id, None, None),
        (IDA, None, NOT_ASKED, NOT_ASKED),
        (IDA, HANA.id, NOT_ASKED, NOT_ASKED),
        (ANA, ANA.id, None, NO_FACILITATOR),
        (STRANGER, STRANGER.id, NOT_FOUND, NOT_FOUND),
        (replace(IDA, has_agreed=False), IDA.id, None, GUIDELINES_FIRST),
    ],
)
def test_whoever_is_asked_answers(
    who: Actor, asked: UUID | None, declining: Reason | None, accepting: Reason | None
):
    assert may_decline(who, SERIES, asked).reason == declining
    assert may_accept(who, SERIES, asked).reason == accepting


def test_an_owner_takes_it_over_if_they_facilitate():
    both = person(Role.OWNER, Role.FACILITATOR)
    assert may_take_over(both, SERIES)
    assert may_take_over(person(Role.OWNER), SERIES).reason == NO_FACILITATOR


@pytest.mark.parametrize(("who", "reason"), KEEPERS)
def test_its_dates_are_for_whoever_keeps_it_and_whoever_is_asked_to(
    who: Actor, reason: Reason | None
):
    assert may_look(who, SERIES, asked=None).reason == reason
    is_stranger = reason == NOT_FOUND
    assert may_look(who, SERIES, asked=who.id).reason == (NOT_FOUND if is_stranger else None)
