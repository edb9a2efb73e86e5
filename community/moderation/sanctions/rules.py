"""Deciding about whoever wrote what stands in the queue, or was reported themselves. Pure. The
table is design/moderation.md.

    a warning        the group’s moderators and owners, and those of the site
    out of circles   the same, in the group, for a day: at once from the one that is on
    a mute           the same, in the group, for two weeks at most
    a ban            its owners, and those of the site; its moderators propose it
    limited          the site’s moderators; for more than thirty days a second one agrees,
    suspended        or a safety lead decides

Of an item about a person, the step is the decision that ends it. About whoever looks after a group
the site’s moderators decide; about those, a safety lead.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor, Staff
from community.core.verdict import NOT_FOUND, STALE, YES, Reason, Verdict, no
from community.moderation.rules.case import (
    IN_OTHER_HANDS,
    NOT_NOW,
    Case,
    Outcome,
    Target,
    may_open_case,
)
from community.moderation.rules.reasons import Scope, Severity

ALONE = 30  # days for which one of the site’s moderators decides by themselves

LEVEL_ABOVE = Reason(
    "level-above", "About somebody who looks after others, the level above them decides.", 403
)
FOR_THE_SITE = Reason(
    "for-the-site", "Beyond the group, the moderators of the site decide. You can pass it up.", 403
)
PROPOSED = Reason(
    "proposed", "Something is proposed about them already. It is answered first.", 409
)
OWN_PROPOSAL = Reason("own-proposal", "You proposed this, so somebody else answers it.", 403)
ANSWERED = Reason("answered", "Somebody has answered this already.", 409)
OVERTAKEN = Reason(
    "overtaken",
    "Since it was proposed, somebody decided that nothing follows. You can still say no to it.",
    409,
)
FOR_THE_OWNER = Reason(
    "for-the-owner", "The group’s owners end a ban, or the moderators of the site.", 403
)
SIGN_IN_AGAIN = Reason(
    "sign-in-again",
    "Suspending asks that you came in within the last quarter of an hour. Sign out, come in "
    "again, and go on here.",
    403,
)

LENGTHS: Mapping[SanctionKind, tuple[int, ...]] = MappingProxyType(
    {
        SanctionKind.WARNING: (90,),
        SanctionKind.CIRCLES: (1,),
        SanctionKind.MUTE: (1, 3, 7, 14),
        SanctionKind.BAN: (90,),
        SanctionKind.LIMIT: (7, 30, 90),
        SanctionKind.SUSPEND: (7, 30, 90, 365),
    }
)
"""For how many days each can be. A ban goes on until somebody looks at it again."""

OUTCOME_OF: Mapping[SanctionKind, Outcome] = MappingProxyType(
    {
        SanctionKind.WARNING: Outcome.WARN,
        SanctionKind.CIRCLES: Outcome.CIRCLES,
        SanctionKind.MUTE: Outcome.MUTE,
        SanctionKind.BAN: Outcome.BAN,
        SanctionKind.LIMIT: Outcome.LIMIT,
        SanctionKind.SUSPEND: Outcome.SUSPEND,
    }
)


class Second(StrEnum):
    """Who has to agree before anything happens."""

    OWNER = "owner"  # of the group, or one of the site’s moderators
    APPROVER = "approver"  # another of the site’s moderators


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder, and for how long."""

    kind: SanctionKind
    days: int

    def __str__(self) -> str:
        """As a form has it."""
        return f"{self.kind}-{self.days}"

    @classmethod
    def read(cls, text: str) -> "Step":
        """From a form. Raises `ValueError`."""
        kind, _, days = text.partition("-")
        return cls(SanctionKind(kind), int(days))

    @property
    def ends_by_itself(self) -> bool:
        """A ban goes on until somebody has looked at it again."""
        return self.kind is not SanctionKind.BAN

    def until(self, now: datetime) -> datetime:
        """When it ends, or is looked at again."""
        return now + timedelta(days=self.days)


LADDER = tuple(Step(kind, days) for kind, lengths in LENGTHS.items() for days in lengths)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever wrote what was reported."""

    id: UUID
    name: str
    staff: frozenset[Staff] = frozenset()
    keeps_group: bool = False  # leads, moderates or owns the group it was in


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step that somebody may not take alone."""

    step: Step
    second: Second
    by: UUID
    is_answered: bool
    since: Collection[Outcome] = ()  # what was decided about its item after it

    @property
    def is_overtaken(self) -> bool:
        """What it is about was left as it is, or shown: there is nothing to agree to."""
        return Outcome.KEEP in self.since or Outcome.APPROVE in self.since


@dataclass(frozen=True, slots=True)
class Held:
    """What was put in force for somebody."""

    kind: SanctionKind
    is_in_force: bool


def may_sanction(
    actor: Actor, case: Case, subject: Subject | None, step: Step, now: datetime
) -> Verdict:
    """May this person decide this, or propose it? `second` says which of the two."""
    opened = may_open_case(actor, case, now)
    if not opened or subject is None:
        return opened and no(NOT_NOW)
    is_to_decide = case.is_open and case.has_cause
    is_crisis = case.severity is Severity.CRISIS  # never a complaint
    if is_crisis or not is_to_decide or step not in LADDER or _is_for_words(case, step):
        return no(NOT_NOW)
    if case.is_in_other_hands(actor, now):
        return no(IN_OTHER_HANDS)
    return _has_rank(actor, case, subject, step.kind, now) and _is_fresh(actor, step.kind, now)


def may_decide_so(
    actor: Actor, case: Case, subject: Subject | None, step: Step, version: int, now: datetime
) -> Verdict:
    """The same, about the item as it was on the moderator’s page."""
    if not (opened := may_open_case(actor, case, now)):
        return opened
    return no(STALE) if version != case.version else may_sanction(actor, case, subject, step, now)


def steps_for(
    actor: Actor, case: Case, subject: Subject | None, now: datetime
) -> Mapping[Step, Second | None]:
    """What this person may decide now, or propose, from the lowest step up: on the page, and when
    it is sent."""
    return {
        step: second(actor, case, step, now)
        for step in LADDER
        if may_sanction(actor, case, subject, step, now)
    }


def must_sign_in_again(actor: Actor, case: Case, subject: Subject | None, now: datetime) -> Verdict:
    """Whether there would be more to choose from for somebody who has just come in."""
    asked = (may_sanction(actor, case, subject, step, now) for step in LADDER)
    return no(SIGN_IN_AGAIN) if any(each.reason is SIGN_IN_AGAIN for each in asked) else YES


def second(actor: Actor, case: Case, step: Step, now: datetime) -> Second | None:
    """Who has to agree first, if this person may not decide it alone."""
    if step.kind is SanctionKind.BAN:
        alone = actor.owns(case.group_id) or _is_for_site(actor, case, now)
        return None if alone else Second.OWNER
    if step.kind.is_of_site and step.days > ALONE and Staff.SAFETY_LEAD not in actor.staff:
        return Second.APPROVER
    return None


def may_look_at(actor: Actor, case: Case, proposal: Proposal, now: datetime) -> Verdict:
    """What somebody proposed: the group’s owners for a ban, and for everything the site’s
    moderators. Never whoever had a part in it."""
    owns = proposal.second is Second.OWNER and actor.owns(case.group_id)
    is_theirs = owns or _is_for_site(actor, case, now)
    return YES if is_theirs and not case.took_part(actor) else no(NOT_FOUND)


def may_answer(
    actor: Actor, case: Case, subject: Subject | None, proposal: Proposal, now: datetime
) -> Verdict:
    """Agree to what somebody proposed, or not: never they themselves, and once."""
    if not (seen := may_look_at(actor, case, proposal, now)):
        return seen
    if actor.id == proposal.by:
        return no(OWN_PROPOSAL)
    if proposal.is_answered or subject is None:
        return no(ANSWERED)
    if not case.has_cause:
        return no(NOT_NOW)
    return _is_above(actor, case, subject, now) and _is_fresh(actor, proposal.step.kind, now)


def may_answer_so(
    actor: Actor,
    case: Case,
    subject: Subject | None,
    proposal: Proposal,
    version: int,
    now: datetime,
    *,
    agree: bool,
) -> Verdict:
    """Yes or no, about the item as it was on their page."""
    if not (answering := may_answer(actor, case, subject, proposal, now)):
        return answering
    if version != case.version:
        return no(STALE)
    return no(OVERTAKEN) if agree and proposal.is_overtaken else YES


def may_lift(
    actor: Actor, case: Case, subject: Subject | None, kind: SanctionKind, now: datetime
) -> Verdict:
    """End it before its time: whoever could decide it, also when the item is closed."""
    if not (opened := may_open_case(actor, case, now)) or subject is None:
        return opened and no(NOT_NOW)
    if kind is SanctionKind.BAN and second(actor, case, Step(kind, 90), now):
        return no(FOR_THE_OWNER)
    return _has_rank(actor, case, subject, kind, now)


def may_lift_so(
    actor: Actor, case: Case, subject: Subject | None, held: Held, version: int, now: datetime
) -> Verdict:
    """The same, while it is in force, and about the item as it was on the moderator’s page."""
    is_as_seen = held.is_in_force and version == case.version
    lifting = may_lift(actor, case, subject, held.kind, now)
    return lifting and (YES if is_as_seen else no(STALE))


def may_go_on(
    actor: Actor, case: Case, subject: Subject | None, held: Held, version: int, now: datetime
) -> Verdict:
    """What has no end of its own goes on when whoever may end it says so."""
    has_end = held.kind is not SanctionKind.BAN
    lifting = may_lift_so(actor, case, subject, held, version, now)
    return lifting and (no(NOT_NOW) if has_end else YES)


def _is_for_words(case: Case, step: Step) -> bool:
    """For a share or a call, the decision about it is the warning."""
    about_it = case.about in {Target.SHARE, Target.CALL}
    return step.kind is SanctionKind.WARNING and about_it


def _is_for_site(actor: Actor, case: Case, now: datetime) -> bool:
    return case.is_for_site(actor) and case.scope_at(now) is not Scope.GROUP


def _has_rank(
    actor: Actor, case: Case, subject: Subject, kind: SanctionKind, now: datetime
) -> Verdict:
    # Who is kept from a group, or sent out of its circle, is missing there: that would say who
    # wrote it.
    is_missed = kind in {SanctionKind.CIRCLES, SanctionKind.BAN}
    is_seen = case.pseudonym is not None and is_missed
    if (kind.is_of_site or is_seen) and not _is_for_site(actor, case, now):
        return no(FOR_THE_SITE)
    return _is_above(actor, case, subject, now)


def _is_above(actor: Actor, case: Case, subject: Subject, now: datetime) -> Verdict:
    """Nobody decides about themselves, and nobody about whoever stands where they stand."""
    if subject.id == actor.id:
        return no(NOT_FOUND)
    if subject.staff:
        return YES if Staff.SAFETY_LEAD in actor.staff else no(LEVEL_ABOVE)
    if subject.keeps_group and not _is_for_site(actor, case, now):
        return no(LEVEL_ABOVE)
    return YES


def _is_fresh(actor: Actor, kind: SanctionKind, now: datetime) -> Verdict:
    is_asked = kind is SanctionKind.SUSPEND
    return no(SIGN_IN_AGAIN) if is_asked and not actor.came_in_lately(now) else YES
