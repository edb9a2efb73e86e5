"""Who may ask for another look at a decision, who hears that, and what follows. Pure.

    asked ─▶ upheld, partly or rejected, by somebody who had no part in it, once and for good

Upheld for the author, it is all as before the decision; if that was about their words, what else
was decided about them there ends too. Partly, there was cause, and less is enough: their words are
shown again and what else was decided stays, or it is half as long. Upheld for a reporter, the item
is open again, and somebody who hasn’t decided about it decides.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, STALE, YES, Reason, Verdict, no
from community.moderation.rules.case import BETWEEN_TWO, IN_OTHER_HANDS, Case, Outcome
from community.moderation.rules.claims import NOT_YOURS_TO_LEAVE
from community.moderation.rules.reasons import Scope

ANSWER_WITHIN = timedelta(days=14)  # a target, not a promise

TOO_LATE = Reason("too-late", "The time for another look at this is over.", 409)
ASKED = Reason("asked", "You’ve asked for another look already.", 409)
ANSWERED = Reason("answered", "Somebody has answered this already.", 409)
NOTHING_LESS = Reason(
    "nothing-less", "There’s nothing in between here: it stands, or it doesn’t.", 409
)


class Side(StrEnum):
    """Who asks for another look."""

    AUTHOR = "author"
    REPORTER = "reporter"


class Result(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly_upheld"
    REJECTED = "rejected"


class Less(StrEnum):
    """What followed where somebody was right in part."""

    SHOWN = "shown"  # their words are; what was decided about them beside that stays
    SHORTER = "shorter"
    OVER = "over"  # half of it is over already


NOTHING_TO_MIND = frozenset({Outcome.KEEP, Outcome.APPROVE, Outcome.LIFT, Outcome.CARE})
"""For whom it is about."""
TOO_LITTLE = BETWEEN_TWO | {Outcome.KEEP, Outcome.APPROVE, Outcome.NOTE, Outcome.WARN}
"""For somebody who reported it: others still read it, or nobody is kept from anything."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, as far as another look at it goes."""

    id: UUID
    item_id: UUID
    author_id: UUID | None
    reporters: frozenset[UUID]
    outcome: Outcome
    scope: Scope
    appealable_until: datetime
    stands: bool  # nothing was decided instead of it since

    def side_of(self, actor: Actor) -> Side | None:
        """An author minds what was done; a reporter that it was nothing, or little."""
        if actor.id == self.author_id:
            return None if self.outcome in NOTHING_TO_MIND else Side.AUTHOR
        is_little = self.outcome in TOO_LITTLE and actor.id in self.reporters
        return Side.REPORTER if is_little else None


def may_read_of(actor: Actor, decided: Decided) -> Verdict:
    """Whoever could ask for another look sees whether they can."""
    return YES if decided.side_of(actor) else no(NOT_FOUND)


def may_ask(actor: Actor, decided: Decided, *, has_asked: bool, now: datetime) -> Verdict:
    """Once, for half a year, as long as nothing newer was decided."""
    if has_asked:
        return may_read_of(actor, decided) and no(ASKED)
    in_time = decided.stands and now < decided.appealable_until
    return may_read_of(actor, decided) and (YES if in_time else no(TOO_LATE))


@dataclass(frozen=True, slots=True)
class Hearing:
    """Somebody asked for another look. Of its case, the claim is who is looking at this."""

    id: UUID
    side: Side
    scope: Scope  # in which the decision was made
    case: Case
    # Who decided or proposed anything about it, said what they think, or reported these words.
    deciders: frozenset[UUID]
    is_answered: bool
    has_less: bool = False  # there is something between all of it and nothing

    def scope_at(self) -> Scope:
        """Whose it is. With nobody left in the group who had no part, it goes up by itself."""
        left = self.case.moderators - self.deciders - self.case.took_part_in
        return Scope.GROUP if self.scope is Scope.GROUP and left else Scope.PLATFORM

    def is_for_site(self, actor: Actor) -> bool:
        """Whether this person is among those of the site who would hear it."""
        return replace(self.case, passed=self.case.passed | self.deciders).is_for_site(actor)


def may_hear(actor: Actor, hearing: Hearing) -> Verdict:
    """Whoever looks after it, and neither decided nor had a part in it. Others can’t tell that it
    exists."""
    is_groups = hearing.scope_at() is Scope.GROUP
    is_theirs = actor.moderates(hearing.case.group_id) if is_groups else hearing.is_for_site(actor)
    had_part = actor.id in hearing.deciders or hearing.case.took_part(actor)
    return YES if is_theirs and not had_part else no(NOT_FOUND)


def may_answer(actor: Actor, hearing: Hearing) -> Verdict:
    """Once and for good."""
    return may_hear(actor, hearing) and (no(ANSWERED) if hearing.is_answered else YES)


def may_claim(actor: Actor, hearing: Hearing) -> Verdict:
    """Whoever may answer may say that they are looking at it, also after somebody else."""
    return may_answer(actor, hearing)


def may_leave(actor: Actor, hearing: Hearing, now: datetime) -> Verdict:
    """Leave it for somebody else. Nobody asks why."""
    claim = hearing.case.claim_at(now)
    is_theirs = claim is not None and claim.account_id == actor.id
    return may_hear(actor, hearing) and (YES if is_theirs else no(NOT_YOURS_TO_LEAVE))


def may_answer_so(
    actor: Actor, hearing: Hearing, result: Result, version: int, now: datetime
) -> Verdict:
    """About the item as it was on their page. In part only where less can follow: something is in
    force for the author that can be shorter, or that can stay while their words are shown again."""
    if not (answering := may_answer(actor, hearing)):
        return answering
    if version != hearing.case.version:
        return no(STALE)
    if hearing.case.is_in_other_hands(actor, now):
        return no(IN_OTHER_HANDS)
    is_possible = result is not Result.PARTLY or hearing.has_less
    return YES if is_possible else no(NOTHING_LESS)


def half_of(begins_at: datetime, ends_at: datetime) -> datetime:
    """When something that is half as long ends."""
    return begins_at + (ends_at - begins_at) / 2
