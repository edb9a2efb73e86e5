"""Days on which a facilitator would rather hold no call. They forbid nothing. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from community.calls.rules.call import may_schedule_somewhere
from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no

BACKWARDS = Reason("backwards", "The last day comes before the first. Choose a later one.", 422)
PAST = Reason("days-past", "Those days have passed. Choose days still to come.", 422)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """From the first day to the last, both of them too, on their owner’s clocks."""

    id: UUID
    first: date
    last: date


def may_be_off(first: date, last: date, today: date) -> Verdict:
    if last < first:
        return no(BACKWARDS)
    return YES if last >= today else no(PAST)


def may_take_days_off(actor: Actor, first: date, last: date, today: date) -> Verdict:
    return may_schedule_somewhere(actor) and may_be_off(first, last, today)


def may_give_back(actor: Actor, owner_id: UUID) -> Verdict:
    return YES if owner_id == actor.id else no(NOT_FOUND)


def is_off(days: DaysOff, starts_at: datetime, zone: str) -> bool:
    """Whether a call begins on one of these days."""
    return days.first <= starts_at.astimezone(ZoneInfo(zone)).date() <= days.last
