"""Reports, who decides about them, and what follows. Pure. The table is design/moderation.md.

    a post    open ─▶ keep or remove ─▶ closed
                └──▶ hide ─▶ (still open, for a decision that ends it)
    a share   open ─▶ keep or warn ─▶ closed

A share is something typed in a circle. It is erased with the circle, so that nothing can be hidden
or removed; who was in that circle doesn’t decide about it.

What is hidden as a crisis, danger or harm stays hidden and goes to the platform after 72 hours;
the rest comes back by itself. Both are read off the clock, so no job can fail to do it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, STALE, YES, Reason, Verdict, no
from community.core.words import said
from community.groups.rules import may_see_inside
from community.threads.rules.posts import Written

HIDING = timedelta(hours=72)
APPEAL = timedelta(days=184)  # six months at least (DSA art. 20), whichever months they are
WORDS_MOST = 2_000

OWN_WORDS = Reason("own-words", "These are your own words. You can take them back instead.", 403)
OWN_SHARE = Reason("own-words", "These are your own words.", 403)
ERASED = Reason(
    "erased",
    "This circle has ended, and what was typed in it is erased. You can still write to its "
    "facilitators, or to us.",
    409,
)
NOT_NOW = Reason("not-now", "That can’t be decided for this any more.", 409)


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
    def stays_hidden(self) -> bool:
        """Hidden, it doesn't come back without a decision."""
        return self in {Severity.CRISIS, Severity.DANGER, Severity.HARM}

    @property
    def first_look(self) -> timedelta:
        """When somebody should have read it: a target, not a promise."""
        if self in {Severity.CRISIS, Severity.DANGER}:
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


class Target(StrEnum):
    """What is reported."""

    POST = "post"
    SHARE = "share"


class Outcome(StrEnum):
    KEEP = "keep"
    HIDE = "hide"
    REMOVE = "remove"
    WARN = "warn"


OUTCOMES: Mapping[Target, frozenset[Outcome]] = MappingProxyType(
    {
        Target.POST: frozenset({Outcome.KEEP, Outcome.HIDE, Outcome.REMOVE}),
        Target.SHARE: frozenset({Outcome.KEEP, Outcome.WARN}),
    }
)


class Source(StrEnum):
    """What a decision came from. Only reports, so far."""

    REPORT = "report"


@dataclass(frozen=True, slots=True)
class ReportReason:
    """Why somebody reports. The id is kept for ever; the label may be worded better."""

    id: str
    label: str
    severity: Severity
    scope: Scope


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
            ),
            ReportReason(
                "disbelief",
                said("Says somebody is faking, or that it’s only stress"),
                Severity.HARM,
                Scope.GROUP,
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
            ),
            ReportReason(
                "privacy_id",
                said("Says who somebody is, or how to reach them"),
                Severity.HARM,
                Scope.GROUP,
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


def reason_group(slug: str) -> ReasonGroup | None:
    return next((group for group in REASON_GROUPS if group.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules need to know of one item: what it is about, and who took part in it."""

    group_id: UUID
    scope: Scope  # as the reports have it
    severity: Severity
    author_id: UUID | None
    reporters: frozenset[UUID]
    moderators: frozenset[UUID]  # of the group, with or without a part in it
    about: Target
    was_there: frozenset[UUID]  # in the circle of a share, or holding it
    hidden_at: datetime | None
    is_open: bool
    version: int

    def scope_at(self, now: datetime) -> Scope:
        """Whose it is now. With nobody left in the group to decide, it goes up by itself."""
        if not self.moderators - self.reporters - self.was_there - {self.author_id}:
            return Scope.PLATFORM
        if self.hidden_at and self.severity.stays_hidden and now >= self.hidden_at + HIDING:
            return Scope.PLATFORM
        return self.scope

    def took_part(self, actor: Actor) -> bool:
        """Nobody decides about their own words, what they reported, or a circle they were in."""
        return actor.id == self.author_id or actor.id in self.reporters | self.was_there

    def is_for(self, actor: Actor, now: datetime) -> bool:
        """It stands in a queue that this person looks after, whatever part they had in it."""
        scope = self.scope_at(now)
        in_group = scope is not Scope.PLATFORM and actor.moderates(self.group_id)
        on_platform = scope is not Scope.GROUP and actor.moderates_platform
        return in_group or on_platform

    def acted_for(self, actor: Actor, now: datetime) -> Scope:
        """In whose name this person decides about it now."""
        in_group = self.scope_at(now) is not Scope.PLATFORM and actor.moderates(self.group_id)
        return Scope.GROUP if in_group else Scope.PLATFORM

    def waits_on_others(self, actor: Actor, now: datetime) -> bool:
        """A moderator's own report, for others to decide. Of reports on their own words they
        learn by a decision only."""
        return (
            self.is_open
            and self.is_for(actor, now)
            and actor.id in self.reporters
            and actor.id != self.author_id
        )


def may_report(actor: Actor, post: Written, now: datetime) -> Verdict:
    """Whoever may read a post may report it, except the one who wrote it."""
    if not (may_see_inside(actor, post.group_id) and post.is_shown(now)):
        return no(NOT_FOUND)
    return no(OWN_WORDS) if post.is_by(actor) else YES


def may_report_share(actor: Actor, by: UUID) -> Verdict:
    """Whoever may read what was typed in a circle may report it, except the one who typed it."""
    return no(OWN_SHARE) if by == actor.id else YES


def may_see_queue(actor: Actor) -> Verdict:
    """Whoever looks after somebody's words. Only their pages show the way there."""
    looks_after = actor.moderates_platform or any(map(actor.moderates, actor.groups))
    return YES if looks_after else no(NOT_FOUND)


def may_open_case(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Whoever has no part in it and looks after it. Others can't tell that it exists."""
    return YES if case.is_for(actor, now) and not case.took_part(actor) else no(NOT_FOUND)


def actions_for(case: Case, actor: Actor, now: datetime) -> frozenset[Outcome]:
    """What this person may decide about it now. Something is hidden once, then it is decided."""
    if not case.is_open or not may_open_case(actor, case, now):
        return frozenset()
    return OUTCOMES[case.about] - ({Outcome.HIDE} if case.hidden_at else set())


def may_decide(actor: Actor, case: Case, outcome: Outcome, version: int, now: datetime) -> Verdict:
    """One of `actions_for`, about the item as it was on the moderator's page."""
    if not (opened := may_open_case(actor, case, now)):
        return opened
    if version != case.version:
        return no(STALE)
    return YES if outcome in actions_for(case, actor, now) else no(NOT_NOW)


def opening_scope(reason: ReportReason, *, author_looks_after: bool) -> Scope:
    """Reports on somebody who looks after the group or the site open at the level above."""
    return Scope.PLATFORM if author_looks_after else reason.scope


def wider(one: Scope, other: Scope) -> Scope:
    return max(one, other, key=list(Scope).index)


def worse(one: ReportReason, other: ReportReason) -> ReportReason:
    """The reason an item stands under: the more severe, or else the first."""
    return other if other.severity.rank < one.severity.rank else one


def hidden_until(severity: Severity, now: datetime) -> datetime | None:
    """When something hidden now comes back by itself, if it does."""
    return None if severity.stays_hidden else now + HIDING


@dataclass(frozen=True, slots=True)
class PostDecided:
    """The statement of reasons, as a letter to the author (DSA art. 17)."""

    post_id: UUID
    outcome: Outcome
    written_at: datetime
    hidden_until: datetime | None
    guideline: str  # its title
    why: str
    reasons: tuple[str, ...]  # labels of the reports, never who reported
    by_platform: bool
    appealable_until: datetime


@dataclass(frozen=True, slots=True)
class ShareDecided:
    """The same to whoever typed something in a circle. The words themselves are gone."""

    share_id: UUID
    said_in: datetime  # when that circle was
    guideline: str
    why: str
    reasons: tuple[str, ...]
    by_platform: bool
    appealable_until: datetime


@dataclass(frozen=True, slots=True)
class ReportAnswered:
    """What came of a report, to the one who sent it, once."""

    outcome: Outcome
    reported_at: datetime
