"""Somebody may hurt themselves: what people did for them, in steps that are written down. Pure.

    reported ─▶ pointed to help, by one ─▶ seen to, by two ─▶ closed

It is never a complaint: nothing is held against whoever wrote it, and it is never closed by doing
nothing. Nobody who looks after it is alone with it: two names stand under it.
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
    CALLED = "called"

    @property
    def words(self) -> str:
        return _STEPS[self]


_STEPS: Mapping[CareStep, str] = MappingProxyType(
    {
        CareStep.POINTED: said("Wrote to them where help is"),
        CareStep.TALKED: said("Talked it over with a second person"),
        CareStep.ANSWERED: said("Heard from them since"),
        CareStep.CALLED: said("Told the emergency services what we know"),
    }
)
BY_PRESS = (CareStep.TALKED, CareStep.ANSWERED, CareStep.CALLED)

POINTED_ALREADY = Reason(
    "pointed-already", "Somebody has written to them where help is already.", 409
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken."""

    step: CareStep
    by: UUID
    name: str | None
    at: datetime


def may_take_step(actor: Actor, case: Case, step: CareStep, now: datetime) -> Verdict:
    """Whoever may decide about it. They are written to once."""
    is_crisis = case.is_open and case.severity is Severity.CRISIS
    may = may_open_case(actor, case, now) and (YES if is_crisis else no(NOT_NOW))
    if may and step is CareStep.POINTED:
        return no(POINTED_ALREADY) if case.care.is_pointed or not case.author_id else YES
    return may
