"""A threat to somebody’s life or safety: were the police told? Pure.

The law asks it of whoever keeps this place (DSA art. 18), so a safety lead answers, and the record
keeps it: that it was asked, what was answered, by whom and when; and no word of what was said.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from community.core.actor import Actor, Staff
from community.core.verdict import YES, Reason, Verdict, no
from community.core.words import said
from community.moderation.rules.case import NOT_NOW, Case, may_open_case

THREAT = "threat_other"
"""The reason that asks for it."""

FOR_LEADS = Reason("for-leads", "A safety lead writes this down.", 403)


class PoliceStep(StrEnum):
    """What the audit record says of it."""

    TOLD = "police-told"
    NO_DUTY = "police-no-duty"

    @property
    def words(self) -> str:
        if self is PoliceStep.TOLD:
            return said("Told the police")
        return said("No duty to tell the police")


def left(
    actor: Actor, case: Case, reasons: Collection[str], written: Collection[str]
) -> list[PoliceStep]:
    """What a safety lead can still write down about a threat that is open, each once: what was no
    duty may become one."""
    is_threat = case.is_open and THREAT in reasons
    if not is_threat or Staff.SAFETY_LEAD not in actor.staff:
        return []
    return [step for step in PoliceStep if step not in written]


def may_write_down(
    actor: Actor,
    case: Case,
    step: PoliceStep,
    reasons: Collection[str],
    written: Collection[str],
    now: datetime,
) -> Verdict:
    """Whoever may open the case and is a safety lead."""
    opened = may_open_case(actor, case, now)
    if opened and Staff.SAFETY_LEAD not in actor.staff:
        return no(FOR_LEADS)
    return opened and (YES if step in left(actor, case, reasons, written) else no(NOT_NOW))
