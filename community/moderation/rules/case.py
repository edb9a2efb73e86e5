"""Something that was reported, who decides about it, and what follows. Pure.

    a post    open ─▶ keep, note, return, remove, or ask two people ─▶ closed
                └──▶ hide ─▶ (still open, for a decision that ends it)
    a share   open ─▶ keep or warn ─▶ closed
    a call    open ─▶ keep or warn ─▶ closed
    a person  open ─▶ keep, or a step of the ladder (sanctions/rules.py) ─▶ closed
    held      open ─▶ approve, return or remove ─▶ closed

A share is something typed in a circle. It is erased with the circle, so that nothing can be hidden
or removed; who was in that circle doesn’t decide about it. A call is its facilitators’ to change or
to cancel; moderators write to them. A person is reported in the group where somebody met them.
Without a report left, nothing is open.

What is hidden as a crisis, danger or harm stays hidden and goes to the platform after 72 hours;
the rest comes back by itself. Both are read off the clock, so no job can fail to do it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor, Staff
from community.core.verdict import NOT_FOUND, STALE, YES, Reason, Verdict, no
from community.moderation.rules.reasons import Scope, Severity

HIDING = timedelta(hours=72)
APPEAL = timedelta(days=184)  # six months at least (DSA art. 20), whichever months they are
WORDS_MOST = 2_000

IN_OTHER_HANDS = Reason(
    "in-other-hands", "Somebody else is looking at this now. You can take it over first.", 409
)
CARE_FIRST = Reason(
    "care-first",
    "Write to them first where help is, and let a second person close it. Nobody is alone with it.",
    409,
)
FOR_A_LEAD = Reason(
    "for-a-lead", "A safety lead closes this. You can write down what you did for them.", 403
)
NOT_NOW = Reason("not-now", "That can’t be decided for this any more.", 409)


class Target(StrEnum):
    """What is reported."""

    POST = "post"
    SHARE = "share"
    PERSON = "person"
    CALL = "call"


class Outcome(StrEnum):
    KEEP = "keep"
    NOTE = "note"  # a content note stands before it, and the words stay
    HIDE = "hide"
    REMOVE = "remove"
    WARN = "warn"
    APPROVE = "approve"  # what was held: others see it
    RETURN = "return"  # to its author, for a change
    CIRCLES = "circles"  # from here on about the person (sanctions); ends an item about one only
    MUTE = "mute"
    BAN = "ban"
    LIMIT = "limit"
    SUSPEND = "suspend"
    LIFT = "lift"
    PAUSE = "pause"  # of a thread, as those below; like the note, also where nothing was reported
    SLOW = "slow"
    LOCK = "lock"
    DISTANCE = "distance"  # two people are asked whether they agree on it (agreements)
    APOLOGY = "apology"
    OUT = "out"  # of one circle that is on, by whoever holds it
    CARE = "care"  # somebody was in danger, and two people have seen to it


OUTCOMES: Mapping[Target, frozenset[Outcome]] = MappingProxyType(
    {
        Target.POST: frozenset(
            {Outcome.KEEP, Outcome.NOTE, Outcome.RETURN, Outcome.HIDE, Outcome.REMOVE}
        ),
        Target.SHARE: frozenset({Outcome.KEEP, Outcome.WARN}),
        Target.PERSON: frozenset({Outcome.KEEP}),  # or a step about them
        Target.CALL: frozenset({Outcome.KEEP, Outcome.WARN}),
    }
)
BETWEEN_TWO = frozenset({Outcome.DISTANCE, Outcome.APOLOGY})
"""Of signed words that name or answer somebody: both are asked, and nothing else follows."""
HELD = frozenset({Outcome.APPROVE, Outcome.RETURN, Outcome.REMOVE})
"""What can be decided about a post that others don’t see before somebody has read it."""


class Source(StrEnum):
    """What a decision came from."""

    REPORT = "report"
    HOLD = "hold"
    OWN = "own"  # a moderator came upon it
    CIRCLE = "circle"  # whoever holds a circle, while it is on
    APPEAL = "appeal"  # another look


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody is looking at an item, until then, so that nobody does the same work beside them.
    It forbids nobody to see it, and takes it out of nobody’s count."""

    account_id: UUID
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Care:
    """What was done for somebody who may be in danger, and by whom."""

    by: frozenset[UUID] = frozenset()
    is_pointed: bool = False  # they were written to where help is


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules need to know of one item: what it is about, and who took part in it."""

    group_id: UUID
    scope: Scope  # as the reports have it
    severity: Severity
    author_id: UUID | None  # who wrote it, holds it, or is it
    reporters: frozenset[UUID]  # whoever has taken theirs back too
    reports: int  # that count
    moderators: frozenset[UUID]  # who could decide for the group, with or without a part in it
    about: Target
    was_there: frozenset[UUID]  # in the circle of it, or where they met, or holding that call
    hidden_at: datetime | None
    is_open: bool
    version: int
    is_held: bool = False  # others don’t see it before somebody has decided
    claim: Claim | None = None
    care: Care = Care()
    barred: frozenset[UUID] = frozenset()  # decided about it before it was opened again
    passed: frozenset[UUID] = frozenset()  # said that it isn’t for them
    apart: frozenset[UUID] = frozenset()  # keep apart from its author or from a reporter
    kept_away: frozenset[UUID] = frozenset()  # its author or a reporter keeps apart from them
    named: frozenset[UUID] = frozenset()  # whom the words name, or answer
    site: frozenset[UUID] = frozenset()  # who could decide for the site
    leads: frozenset[UUID] = frozenset()  # of those, its safety leads
    for_leads: bool = False  # it is about somebody who works for the site, or somebody young
    pseudonym: str | None = None  # of what is written without a name
    comes_first: bool = False  # held, because somebody said that it may say who somebody is
    is_hard_to_read: bool = False  # it is there for something that may be
    source: Source = Source.REPORT  # what it was opened for

    def claim_at(self, now: datetime) -> Claim | None:
        """Who is looking at it now."""
        return self.claim if self.claim and now < self.claim.until else None

    @property
    def has_cause(self) -> bool:
        """Somebody’s report stands, or it is there without any: held, or come upon."""
        return self.reports > 0 or self.source is not Source.REPORT

    def is_in_other_hands(self, actor: Actor, now: datetime) -> bool:
        claim = self.claim_at(now)
        return claim is not None and claim.account_id != actor.id

    def is_cared_for(self, actor: Actor) -> bool:
        """They know where help is, and whoever closes it is the second person at least."""
        is_told = self.care.is_pointed or self.author_id is None
        return is_told and len(self.care.by | {actor.id}) > 1

    def is_run_by(self, actor: Actor) -> bool:
        """A crisis is run by those of the site, as long as any of them is free."""
        return actor.moderates_platform or not self.site - self.took_part_in

    def is_closed_by(self, actor: Actor) -> bool:
        """And closed by a safety lead; with none of them free, by whoever else runs it."""
        if self.leads - self.took_part_in:
            return Staff.SAFETY_LEAD in actor.staff
        return self.is_run_by(actor)

    def scope_at(self, now: datetime) -> Scope:
        """Whose it is now. With nobody left in the group to decide, it goes up by itself."""
        if not self.moderators - self.took_part_in:
            return Scope.PLATFORM
        is_late = self.hidden_at is not None and now >= self.hidden_at + HIDING
        if is_late and self.severity.stays_hidden and self.site_deciders - self._concerned:
            return Scope.PLATFORM  # with nobody there to decide, it stays with whoever can
        return self.scope

    def is_for_site(self, actor: Actor) -> bool:
        """Whether this person is among those of the site who would decide about it: what is for
        its safety leads, as long as any of them is free to."""
        if self.for_leads and self.leads - self.took_part_in:
            return Staff.SAFETY_LEAD in actor.staff
        return actor.moderates_platform

    @property
    def site_deciders(self) -> frozenset[UUID]:
        """The same, of all who could decide for the site."""
        leads = self.leads if self.for_leads else frozenset()
        return leads if leads - self.took_part_in else self.site

    @property
    def took_part_in(self) -> frozenset[UUID | None]:
        """Nobody decides about themselves or their own words, what they reported, what names or
        answers them, a circle they were in, somebody they don’t meet, what they said isn’t for
        them, or what they decided before and somebody else opened again."""
        return self._concerned | self._drawn_in

    @property
    def _drawn_in(self) -> frozenset[UUID]:
        """By what others chose, and not they themselves."""
        return self.kept_away | self.named

    @property
    def _concerned(self) -> frozenset[UUID | None]:
        own = self.reporters | self.barred | self.passed | {self.author_id}
        return own | self.was_there | self.apart

    def took_part(self, actor: Actor) -> bool:
        """Nobody gets out of every decision by keeping apart from all who decide for the site, or
        by naming them: of those, whoever didn’t choose it themselves decides when nobody else is
        left."""
        if actor.moderates_platform and actor.id not in self._concerned:
            return actor.id in self._drawn_in and bool(self.site - self.took_part_in)
        return actor.id in self.took_part_in

    def has_others(self, actor: Actor) -> bool:
        """Whether anybody but them is left who could decide about it, in the group or above."""
        return bool((self.moderators | self.site) - self.took_part_in - {actor.id})

    def is_for(self, actor: Actor, now: datetime) -> bool:
        """It stands in a queue that this person looks after, whatever part they had in it."""
        scope = self.scope_at(now)
        in_group = scope is not Scope.PLATFORM and actor.moderates(self.group_id)
        on_platform = scope is not Scope.GROUP and self.is_for_site(actor)
        return in_group or on_platform

    def deciders_at(self, now: datetime) -> frozenset[UUID]:
        """Everybody in whose queue it stands now and who had no part in it; with nobody else of
        the site left, whoever of them was only drawn into it."""
        scope = self.scope_at(now)
        in_group = frozenset() if scope is Scope.PLATFORM else self.moderators
        on_site = frozenset() if scope is Scope.GROUP else self.site_deciders
        free = on_site - self.took_part_in or on_site - self._concerned
        return in_group - self.took_part_in | free

    def acted_for(self, actor: Actor, now: datetime) -> Scope:
        """In whose name this person decides about it now."""
        in_group = self.scope_at(now) is not Scope.PLATFORM and actor.moderates(self.group_id)
        return Scope.GROUP if in_group else Scope.PLATFORM

    def waits_on_others(self, actor: Actor, now: datetime) -> bool:
        """A moderator's own report, for others to decide. Of reports on their own words they
        learn by a decision only. In whose queue it stands would say something of who wrote what
        is without a name: of that it always counts."""
        return (
            self.is_open
            and (self.is_for(actor, now) or self.pseudonym is not None)
            and actor.id in self.reporters
            and actor.id != self.author_id
        )


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
    if case.is_held:
        return HELD
    possible = OUTCOMES[case.about] - ({Outcome.HIDE} if case.hidden_at else set())
    if case.about is Target.POST and case.named and not case.pseudonym:
        possible |= BETWEEN_TWO
    if case.severity is Severity.CRISIS:  # never closed by doing nothing, and never a complaint
        complaint = {Outcome.KEEP, Outcome.NOTE, Outcome.RETURN, Outcome.WARN, *BETWEEN_TWO}
        return possible - complaint | {Outcome.CARE}
    return possible


def outcomes_for(case: Case, actor: Actor, now: datetime) -> frozenset[Outcome]:
    """Of `actions_for`, what a decision of theirs may be. What closes a crisis is for a safety
    lead; the steps before it are for whoever acts on it."""
    possible = actions_for(case, actor, now)
    ends_crisis = case.severity is Severity.CRISIS and not case.is_held
    return possible if not ends_crisis or case.is_closed_by(actor) else possible & {Outcome.HIDE}


def may_decide(actor: Actor, case: Case, outcome: Outcome, version: int, now: datetime) -> Verdict:
    """One of `actions_for`, about the item as it was on the moderator's page."""
    if not (opened := may_open_case(actor, case, now)):
        return opened
    if version != case.version:
        return no(STALE)
    if case.is_in_other_hands(actor, now):
        return no(IN_OTHER_HANDS)
    if outcome not in actions_for(case, actor, now):
        return no(NOT_NOW)
    if outcome not in outcomes_for(case, actor, now):
        return no(FOR_A_LEAD)
    closes = case.severity is Severity.CRISIS and outcome is not Outcome.HIDE
    return no(CARE_FIRST) if closes and not case.is_cared_for(actor) else YES


def hidden_until(severity: Severity, now: datetime) -> datetime | None:
    """When something hidden now comes back by itself, if it does."""
    return None if severity.stays_hidden else now + HIDING
