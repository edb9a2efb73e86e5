"""Whoever looked at something hard may ask to talk about it. Nothing says what it was. Pure."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.moderation.rules.case import may_see_queue

WORDS_MOST = 1_000
KEPT = timedelta(days=30)
"""What nobody has seen to by then is erased, and read by nobody."""

NOBODY_ELSE = Reason(
    "nobody-to-talk-to",
    "Nobody else looks after the whole site at the moment. Get help now is for you too.",
    409,
)


@dataclass(frozen=True, slots=True)
class TalkWanted:
    """To whoever is asked: who would like to talk. No item, no group and no word about anybody."""

    name: str


def who_hears(actor: Actor, leads: Set[UUID], site: Set[UUID]) -> frozenset[UUID]:
    """The safety leads, or else whoever looks after the site; nobody who keeps apart."""
    for them in (leads, site):
        others = frozenset(each for each in them if each != actor.id and actor.meets(each))
        if others:
            return others
    return frozenset()


def may_ask_to_talk(actor: Actor, whom: Set[UUID]) -> Verdict:
    """Whoever looks after somebody’s words, if there is somebody to ask."""
    return may_see_queue(actor) and (YES if whom else no(NOBODY_ELSE))


def may_see_to_talks(actor: Actor) -> Verdict:
    """Whoever looks after the site is asked, and says that they’ve talked."""
    return YES if actor.moderates_platform else no(NOT_FOUND)
