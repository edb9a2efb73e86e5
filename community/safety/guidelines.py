"""The guidelines, version 3: what we ask of each other, with ids that decisions point to.

The words stand in rulebook/, one file for each part. When the meaning of a rule changes, or one
comes, GUIDELINES_VERSION in rules.py goes up, everybody is asked to agree again, and CHANGES says
in words what is different.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from community.core.words import said
from community.safety.rulebook import (
    being_heard,
    dark_times,
    each_other,
    looking_after,
    who_is_here,
)
from community.safety.rulebook.rule import Rule


@dataclass(frozen=True, slots=True)
class Part:
    """A few guidelines that are read together."""

    slug: str
    title: str
    rules: tuple[Rule, ...]


PARTS = (
    Part(
        "being-heard",
        said("Being heard"),
        (
            being_heard.PLACE,
            being_heard.EXPERIENCE,
            being_heard.MEDICINE,
            being_heard.CIRCLE_STAYS,
        ),
    ),
    Part("dark-times", said("Dark times"), (dark_times.DESPAIR, dark_times.WORRIED)),
    Part(
        "each-other",
        said("With each other"),
        (
            each_other.WISHES,
            each_other.KINDNESS,
            each_other.PICTURES,
            each_other.CLOSE_TO,
            each_other.CLINICS,
        ),
    ),
    Part(
        "who-is-here",
        said("Who is here"),
        (
            who_is_here.SELLING,
            who_is_here.PROFESSIONALS,
            who_is_here.AGE,
            who_is_here.PRIVACY,
        ),
    ),
    Part(
        "looking-after",
        said("Looking after this place"),
        (
            looking_after.REPORTING,
            looking_after.DECISIONS,
            looking_after.FACILITATORS,
            looking_after.MODERATORS,
            looking_after.AFTERWARDS,
        ),
    ),
)

RULES = tuple(rule for part in PARTS for rule in part.rules)
BY_ID: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in RULES})
NUMBERS: Mapping[str, int] = MappingProxyType(
    {rule.id: number for number, rule in enumerate(RULES, 1)}
)

CHANGES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        2: (
            said("Pictures and videos, doctors and clinics, and selling have their own words now."),
            said("So do age, professionals among us, and being family or a carer."),
            said(
                "Decisions can be about what somebody can do here, for a while. You can ask us to "
                "look again for six months."
            ),
            said("You can read what we ask of facilitators and of moderators."),
            said("There is a page for the time after a death or a crisis among us."),
        ),
        3: (
            said(
                "For a grave reason, a moderator of the site or the safety lead can look up who "
                "reported something. They’re told, and can choose that it isn’t so."
            ),
            said(
                "When a facilitator ends somebody’s place in a circle, that person reads why, and "
                "can ask somebody who wasn’t there to look again."
            ),
            said(
                "You can post pictures now. What is said about photos and videos is for them too."
            ),
            said("Whoever starts a thread can ask for facts, with where they come from."),
            said(
                "Content notes are ticked beside your words, and each of us chooses what they do."
            ),
            said(
                "Before you write about somebody close to you, ask yourself too whether they said "
                "yes, and whether you’re the right one to tell it."
            ),
        ),
    }
)
"""What each version after the first changed, in words for whoever agreed to the one before."""


def changes_since(version: int) -> list[str]:
    """What is different since somebody agreed to this version."""
    return [
        change for number, said_then in CHANGES.items() if number > version for change in said_then
    ]
