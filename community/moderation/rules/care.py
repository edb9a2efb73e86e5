"""Somebody may hurt themselves: what people did for them, in steps that are written down. Pure.

    reported ─▶ pointed to help, by one ─▶ seen to, by two ─▶ closed, by a safety lead

It is never a complaint: nothing is held against whoever wrote it, and it is never closed by doing
nothing. Nobody who looks after it is alone with it: two names stand under it. Whoever looks after
the group begins; whoever tells somebody outside speaks for the site (`Case.is_run_by`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import YES, Reason, Verdict, no
from community.core.words import said
from community.moderation.rules.case import NOT_NOW, Case, may_open_case
from community.moderation.rules.reasons import Severity


class CareStep(StrEnum):
    """What somebody did."""

    POINTED = "pointed"  # wrote to them where help is
    TALKED = "talked"
    ANSWERED = "answered"
    HANDED = "handed"  # to somebody outside

    @property
    def words(self) -> str:
        return _STEPS[self]


class HandedTo(StrEnum):
    """Who has it from then on, beside us."""

    EMERGENCY = "emergency"
    LINE = "line"
    CLOSE = "close"
    CARER = "carer"

    @property
    def words(self) -> str:
        return _HANDED_TO[self]


_STEPS: Mapping[CareStep, str] = MappingProxyType(
    {
        CareStep.POINTED: said("Wrote to them where help is"),
        CareStep.TALKED: said("Talked it over with a second person"),
        CareStep.ANSWERED: said("Heard from them since"),
        CareStep.HANDED: said("Handed it over"),
    }
)
_HANDED_TO: Mapping[HandedTo, str] = MappingProxyType(
    {
        HandedTo.EMERGENCY: said("Told the emergency services what we know"),
        HandedTo.LINE: said("A helpline is with them"),
        HandedTo.CLOSE: said("Somebody close is with them"),
        HandedTo.CARER: said("A doctor or therapist of theirs knows"),
    }
)
BY_PRESS = (CareStep.TALKED, CareStep.ANSWERED)

POINTED_ALREADY = Reason(
    "pointed-already", "Somebody has written to them where help is already.", 409
)
FOR_THE_SITE = Reason(
    "for-the-site", "Whoever looks after the site does this. Talk it over with them.", 403
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken."""

    step: CareStep
    by: UUID
    name: str | None
    at: datetime
    country: str | None = None  # whose lines they were written to about: a slug of safety.crisis
    handed_to: HandedTo | None = None

    @property
    def words(self) -> str:
        return self.handed_to.words if self.handed_to else self.step.words


def may_take_step(actor: Actor, case: Case, step: CareStep, now: datetime) -> Verdict:
    """Whoever may decide about it; what leaves the site, whoever runs it. They are written to
    once."""
    is_crisis = case.is_open and case.severity is Severity.CRISIS
    may = may_open_case(actor, case, now) and (YES if is_crisis else no(NOT_NOW))
    if may and step is CareStep.HANDED and not case.is_run_by(actor):
        return no(FOR_THE_SITE)
    if may and step is CareStep.POINTED:
        return no(POINTED_ALREADY) if case.care.is_pointed or not case.author_id else YES
    return may
