"""Who may take part, consent and agree: truth tables."""

from uuid import uuid4

import pytest

from community.core.actor import GUEST, Actor, Standing
from community.core.verdict import NOT_FOUND
from community.safety.guidelines import RULES
from community.safety.rules import (
    ABOUT_YOU_FIRST,
    GUIDELINES_FIRST,
    GUIDELINES_VERSION,
    may_agree,
    may_consent,
    may_take_part,
)

ARRIVING = Actor(uuid4(), "Noor", Standing.ARRIVING)
NEW = Actor(uuid4(), "Noor", Standing.ACTIVE)
ANA = Actor(uuid4(), "Ana", Standing.ACTIVE, has_agreed=True)


@pytest.mark.parametrize("who", [GUEST, ARRIVING, NEW])
def test_taking_part_asks_for_agreement_first(who: Actor) -> None:
    assert may_take_part(who).reason is GUIDELINES_FIRST


def test_who_agreed_may_take_part() -> None:
    assert may_take_part(ANA)


@pytest.mark.parametrize(
    ("who", "has_name", "is_adult", "reason"),
    [
        (GUEST, True, True, NOT_FOUND),
        (ARRIVING, False, True, ABOUT_YOU_FIRST),
        (ARRIVING, True, False, ABOUT_YOU_FIRST),
        (ARRIVING, True, True, None),
        (ANA, True, True, None),
    ],
)
def test_whoever_said_who_they_are_may_consent(who, has_name, is_adult, reason) -> None:
    assert may_consent(who, has_name, is_adult).reason is reason


@pytest.mark.parametrize(
    ("who", "reason"), [(GUEST, NOT_FOUND), (ARRIVING, NOT_FOUND), (NEW, None), (ANA, None)]
)
def test_members_agree(who: Actor, reason) -> None:
    assert may_agree(who, GUIDELINES_VERSION).reason is reason


def test_the_ids_of_the_guidelines_never_change() -> None:
    """Decisions point to them. A new rule gets a new id; an old id is never used again."""
    assert [rule.id for rule in RULES] == [
        "place",
        "experience",
        "medicine",
        "circle-stays",
        "despair",
        "worried",
        "wishes",
        "kindness",
        "pictures",
        "close-to",
        "clinics",
        "selling",
        "professionals",
        "age",
        "privacy",
        "reporting",
        "decisions",
        "facilitators",
        "moderators",
        "afterwards",
    ]
