"""Why somebody reports: how grave each reason is, and whose queue it opens in. Pure. The table is
design/moderation.md."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.words import said


class Severity(StrEnum):
    """How urgent, the most urgent first."""

    CRISIS = "crisis"
    DANGER = "danger"
    HARM = "harm"
    RULE = "rule"
    SPAM = "spam"

    @property
    def words(self) -> str:
        return _SEVERITIES[self]

    @property
    def rank(self) -> int:
        """0 is looked at first."""
        return list(Severity).index(self)

    @property
    def cant_wait(self) -> bool:
        """Whoever may decide is written to about it."""
        return self in {Severity.CRISIS, Severity.DANGER}

    @property
    def stays_hidden(self) -> bool:
        """Hidden, it doesn't come back without a decision."""
        return self in {Severity.CRISIS, Severity.DANGER, Severity.HARM}

    @property
    def first_look(self) -> timedelta:
        """When somebody should have read it: a target, not a promise."""
        if self.cant_wait:
            return timedelta(hours=2)
        return timedelta(hours=24) if self is Severity.HARM else timedelta(hours=72)


_SEVERITIES: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRISIS: said("Crisis"),
        Severity.DANGER: said("Danger"),
        Severity.HARM: said("Harm"),
        Severity.RULE: said("Rule"),
        Severity.SPAM: said("Spam"),
    }
)


class Scope(StrEnum):
    """Whose queue it stands in, the widest last."""

    GROUP = "group"
    BOTH = "both"
    PLATFORM = "platform"


class When(StrEnum):
    """What makes a reason weigh more than by itself."""

    REPEATED = "repeated"  # the same was said of the same person, and something followed or waits
    OUTSIDE = "outside"  # in another group than where it was said


@dataclass(frozen=True, slots=True)
class Rise:
    """What a reason weighs at least, and in whose queue it stands too, when it is so."""

    when: When
    severity: Severity = Severity.SPAM
    scope: Scope = Scope.GROUP


@dataclass(frozen=True, slots=True)
class ReportReason:
    """Why somebody reports. The id is kept for ever; the label may be worded better."""

    id: str
    label: str
    severity: Severity
    scope: Scope
    for_leads: bool = False  # of the site’s moderators
    holds: bool = False  # a post, from the first report on, until somebody has read it
    rise: Rise | None = None

    @property
    def is_hard_to_read(self) -> bool:
        """A moderator opens the words when they are ready to."""
        return self.id in _HARD_TO_READ

    @property
    def asks_for_law(self) -> bool:
        """It is a notice under the law, with what the law wants in it (DSA art. 16)."""
        return self.id == "illegal"

    @property
    def asks_for_note(self) -> bool:
        """A content note is most often all that it needs."""
        return self.id == "graphic"


_HARD_TO_READ = frozenset(
    {
        "crisis_self",
        "threat_other",
        "child",
        "sexual",
        "harassment",
        "graphic",
        "flashing",
        "illegal",
    }
)


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """The first press: what it is about, in plain words."""

    slug: str
    label: str
    more: str
    reasons: tuple[ReportReason, ...]


REASON_GROUPS = (
    ReasonGroup(
        "worried",
        said("I’m worried about somebody"),
        said("They may hurt themselves or somebody else, or may be under 18."),
        (
            ReportReason(
                "crisis_self",
                said("This person may hurt themselves"),
                Severity.CRISIS,
                Scope.BOTH,
            ),
            ReportReason(
                "child",
                said("Somebody under 18 may be at risk, or seems to be a member"),
                Severity.DANGER,
                Scope.PLATFORM,
                for_leads=True,
            ),
            ReportReason(
                "threat_other",
                said("A threat to somebody else"),
                Severity.DANGER,
                Scope.PLATFORM,
            ),
        ),
    ),
    ReasonGroup(
        "unkind",
        said("Unkind or unsafe"),
        said("Bullying, doubt, sexual words, or how somebody led or listened."),
        (
            ReportReason(
                "harassment",
                said("Bullying, hate, or contact that isn’t wanted"),
                Severity.HARM,
                Scope.GROUP,
                rise=Rise(When.REPEATED, scope=Scope.BOTH),
            ),
            ReportReason(
                "disbelief",
                said("Says somebody is faking, or that it’s only stress"),
                Severity.RULE,
                Scope.GROUP,
                rise=Rise(When.REPEATED, Severity.HARM),
            ),
            ReportReason("sexual", said("Sexual words or advances"), Severity.HARM, Scope.BOTH),
            ReportReason(
                "facilitator_conduct",
                said("How a facilitator, moderator or helper behaved"),
                Severity.HARM,
                Scope.PLATFORM,
            ),
            ReportReason(
                "not_listening",
                said("Not what was asked for: advice, or being asked to show symptoms"),
                Severity.RULE,
                Scope.GROUP,
            ),
        ),
    ),
    ReasonGroup(
        "medical",
        said("Medical advice, pressure, or hard to look at"),
        said("Stopping a medicine, promises of a remedy, distressing detail, flashing."),
        (
            ReportReason(
                "stop_treatment",
                said("Pressure to stop or change a medicine or treatment"),
                Severity.DANGER,
                Scope.BOTH,
            ),
            ReportReason(
                "medical_claim",
                said("Promises a remedy, diagnoses a member, or gives doses"),
                Severity.HARM,
                Scope.GROUP,
            ),
            ReportReason(
                "graphic",
                said("Distressing detail without a content note"),
                Severity.RULE,
                Scope.GROUP,
            ),
            ReportReason(
                "flashing",
                said("Flashing, or sudden loud sound or motion"),
                Severity.RULE,
                Scope.GROUP,
            ),
            ReportReason(
                "promo_belief",
                said("Pushes a belief, a product or an unproven treatment"),
                Severity.RULE,
                Scope.GROUP,
            ),
        ),
    ),
    ReasonGroup(
        "private",
        said("Private things"),
        said("Repeats what was said in confidence, or says who somebody is."),
        (
            ReportReason(
                "privacy_circle",
                said("Repeats what was shared in a circle or a group"),
                Severity.HARM,
                Scope.GROUP,
                rise=Rise(When.OUTSIDE, scope=Scope.BOTH),
            ),
            ReportReason(
                "privacy_id",
                said("Says who somebody is, or how to reach them"),
                Severity.HARM,
                Scope.GROUP,
                holds=True,
            ),
            ReportReason(
                "impersonate",
                said("Pretends to be a professional or somebody else"),
                Severity.HARM,
                Scope.PLATFORM,
            ),
        ),
    ),
    ReasonGroup(
        "other",
        said("Selling, or something else"),
        said("Adverts, studies, spam, something against the law, or none of these."),
        (
            ReportReason(
                "promo",
                said("Selling, advertising or raising money"),
                Severity.RULE,
                Scope.GROUP,
            ),
            ReportReason(
                "research",
                said("Asks people to join a study without permission"),
                Severity.RULE,
                Scope.GROUP,
            ),
            ReportReason("spam", said("Spam"), Severity.SPAM, Scope.GROUP),
            ReportReason(
                "illegal",
                said("I believe this is against the law"),
                Severity.DANGER,
                Scope.PLATFORM,
            ),
            ReportReason("other", said("Something else"), Severity.RULE, Scope.GROUP),
        ),
    ),
)

REASONS: Mapping[str, ReportReason] = MappingProxyType(
    {reason.id: reason for group in REASON_GROUPS for reason in group.reasons}
)


HOW_DECIDED = replace(REASONS["facilitator_conduct"], for_leads=True)
"""Whoever it was decided about minds how it was done, and not what."""

NOTICED = ReportReason("noticed", said("A moderator came upon it"), Severity.RULE, Scope.GROUP)
"""Nobody reported it, and no program held it."""

SENT_OUT = ReportReason(
    "sent_out", said("Whoever held a circle ended their place in it"), Severity.RULE, Scope.GROUP
)
"""Nobody reported it: it was decided there and then."""


REPEATED_WITHIN = timedelta(days=184)
"""For how long something that followed makes the next report of the same a repeated one."""


def risen(reason: ReportReason, found: Collection[When]) -> ReportReason:
    """As it weighs where this was found. Never less than by itself."""
    rise = reason.rise
    if rise is None or rise.when not in found:
        return reason
    severity = min(reason.severity, rise.severity, key=list(Severity).index)
    return replace(reason, severity=severity, scope=wider(reason.scope, rise.scope))


def is_outside(group_id: UUID, met: Collection[UUID], was_in: Collection[UUID]) -> bool:
    """Whether words of this group repeat what was shared elsewhere: `met` are the groups in whose
    circles their writer was with whoever reports them, `was_in` in whose they were at all."""
    return group_id not in (met or was_in)


class Keeps(StrEnum):
    """What somebody looks after, the widest last."""

    NOTHING = "nothing"
    GROUP = "group"
    SITE = "site"


def opening_scope(reason: ReportReason, author: Keeps) -> Scope:
    """Reports on somebody who looks after the group or the site open at the level above."""
    return reason.scope if author is Keeps.NOTHING else Scope.PLATFORM


def is_for_leads(reason: ReportReason, author: Keeps) -> bool:
    """Above those who work for the site, there are its safety leads."""
    return reason.for_leads or author is Keeps.SITE


def wider(one: Scope, other: Scope) -> Scope:
    return max(one, other, key=list(Scope).index)


def worse(one: ReportReason, other: ReportReason) -> ReportReason:
    """The reason an item stands under: the more severe, or else the first."""
    return other if other.severity.rank < one.severity.rank else one
