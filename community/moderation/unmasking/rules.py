"""Who may look up a name, for which reasons, and when its owner hears of it. Pure.

Two roles may: a moderator of the site and the safety lead, about an item before them that is open,
having just come in, for a reason in writing. The name is in the answer to that press and nowhere
else, and what can be decided about the item stays what it was. Whoever wrote it is told at once,
unless a life is at risk: then they read it when the item is closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said
from community.moderation.rules.case import IN_OTHER_HANDS, Case, may_open_case
from community.moderation.rules.reasons import Scope, Severity

UNMASKED, KEPT_FROM = "unmasked", "kept-from-name"
"""What the audit record says of somebody who looked up a name, or asked for it and got none."""

COME_IN_AGAIN = Reason(
    "come-in-again",
    "Looking up a name asks that you came in within the last quarter of an hour. Sign out, come in "
    "again, and go on here.",
    403,
)


class Because(StrEnum):
    """Why a name is looked up. The value is kept for ever."""

    LIFE = "life"
    HARM = "harm"
    LAW = "law"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def is_told(self) -> bool:
        """Whether whoever wrote it gets a letter at once."""
        return self is not Because.LIFE


_WORDS: Mapping[Because, str] = MappingProxyType(
    {
        Because.LIFE: said("Somebody’s life may be at risk"),
        Because.HARM: said("Somebody was harmed or threatened, and the name is needed to stop it"),
        Because.LAW: said("The law obliges us to"),
    }
)


@dataclass(frozen=True, slots=True)
class NameLookedUp:
    """To whoever wrote without their name: somebody has looked up who it was."""

    post_id: UUID
    reason: str  # the words of it
    why: str


def may_ask_name(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Whether they may open the page where a name is asked for. Others can’t tell that there is."""
    is_for_site = actor.moderates_platform and case.scope_at(now) is not Scope.GROUP
    is_there = case.pseudonym is not None and case.author_id is not None and case.is_open
    return (YES if is_for_site and is_there else no(NOT_FOUND)) and may_open_case(actor, case, now)


def may_look_up(actor: Actor, case: Case, now: datetime) -> Verdict:
    """The same, having just come in, and with nobody else at work on it."""
    if not (asked := may_ask_name(actor, case, now)):
        return asked
    if case.is_in_other_hands(actor, now):
        return no(IN_OTHER_HANDS)
    return YES if actor.came_in_lately(now) else no(COME_IN_AGAIN)


def is_kept_back(because: Because, severity: Severity, *, is_open: bool) -> bool:
    """Whether its owner doesn’t read of it yet, on the page of who looked."""
    return is_open and (because is Because.LIFE or severity is Severity.CRISIS)
