"""Who may look up a name, for which reasons, and when its owner hears of it. Pure.

Two roles may: a moderator of the site and the safety lead, about an item before them that is open,
having just come in, for a reason in writing. It is the name of who wrote it without one, or the
names of those who reported it. They are in the answer to that press and nowhere else, and what can
be decided about the item stays what it was. Whoever is looked up is told at once, unless a life is
at risk: then they read it when the item is closed.

A report can be sent without a name for moderators too. That holds until a life may be at risk, by
the reason for looking and by what was reported.
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
from community.moderation.rules.reasons import ReportReason, Scope, Severity

COME_IN_AGAIN = Reason(
    "come-in-again",
    "Looking up a name asks that you came in within the last quarter of an hour. Sign out, come in "
    "again, and go on here.",
    403,
)


class Whose(StrEnum):
    """Whose name is asked for."""

    WRITER = "writer"  # of what was written without a name
    REPORTERS = "reporters"

    @property
    def looked_up(self) -> str:
        """What the audit record says of somebody who was told a name."""
        return {Whose.WRITER: "unmasked", Whose.REPORTERS: "named-reporters"}[self]

    @property
    def kept_from(self) -> str:
        """And of somebody who asked, and was told none."""
        return {Whose.WRITER: "kept-from-name", Whose.REPORTERS: "kept-from-reporters"}[self]


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
        """Whether whoever it is about gets a letter at once."""
        return self is not Because.LIFE


_WORDS: Mapping[Because, str] = MappingProxyType(
    {
        Because.LIFE: said("Somebody’s life may be at risk"),
        Because.HARM: said("Somebody was harmed or threatened, and the name is needed to stop it"),
        Because.LAW: said("The law obliges us to"),
    }
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A report, as far as the name of its sender goes."""

    id: UUID
    reason: ReportReason
    at: datetime
    is_anonymous: bool  # to moderators too


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody whose name is asked for."""

    account_id: UUID | None  # None for who has left
    report: Sent | None = None  # what they sent; None for the writer


@dataclass(frozen=True, slots=True)
class NameLookedUp:
    """To whoever wrote without their name: somebody has looked up who it was."""

    post_id: UUID
    reason: str  # the words of it
    why: str


@dataclass(frozen=True, slots=True)
class ReporterLookedUp:
    """To whoever reported something: somebody has looked up that it was them."""

    reported_at: datetime
    reason: str
    why: str


def may_ask_name(actor: Actor, case: Case, whose: Whose, now: datetime) -> Verdict:
    """Whether they may open the page where a name is asked for. Others can’t tell that there is."""
    is_for_site = actor.moderates_platform and case.scope_at(now) is not Scope.GROUP
    is_unnamed = case.pseudonym is not None and case.author_id is not None
    is_there = case.is_open and (is_unnamed if whose is Whose.WRITER else case.reports > 0)
    return (YES if is_for_site and is_there else no(NOT_FOUND)) and may_open_case(actor, case, now)


def may_look_up(actor: Actor, case: Case, whose: Whose, now: datetime) -> Verdict:
    """The same, having just come in, and with nobody else at work on it."""
    if not (asked := may_ask_name(actor, case, whose, now)):
        return asked
    if case.is_in_other_hands(actor, now):
        return no(IN_OTHER_HANDS)
    return YES if actor.came_in_lately(now) else no(COME_IN_AGAIN)


def is_named_to(actor: Actor, sought: Sought, because: Because) -> bool:
    """Whether the answer says who it is: not to whoever keeps apart from them, or they from, and
    not against what they chose when they reported, unless a life may be at risk."""
    if sought.account_id is None or not actor.meets(sought.account_id):
        return False
    report = sought.report
    if report is None or not report.is_anonymous:
        return True
    return because is Because.LIFE and report.reason.severity in {Severity.CRISIS, Severity.DANGER}


def is_kept_back(because: Because, whose: Whose, severity: Severity, *, is_open: bool) -> bool:
    """Whether its owner doesn’t read of it yet, on the page of who looked. A crisis about what they
    wrote would tell them of a report; whoever reported knows of theirs."""
    is_untold = severity is Severity.CRISIS and whose is Whose.WRITER
    return is_open and (because is Because.LIFE or is_untold)
