"""Saying that one is looking: from when, and for how long. Pure.

Nobody has to, and nothing follows from it: everybody who may decide is told of what can’t wait,
whoever is here. It lets others see that somebody is, and it promises members nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import YES, Reason, Verdict, no
from community.moderation.rules.case import may_see_queue

STEP = timedelta(minutes=15)
MOST = timedelta(hours=12)

NOT_A_TIME = Reason("not-a-time", "Choose a time from the list.", 422)


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody who said that they look, in that time."""

    account_id: UUID
    name: str | None  # None for whoever doesn’t meet whoever reads it
    begins_at: datetime
    until: datetime

    def is_on(self, now: datetime) -> bool:
        return self.begins_at <= now < self.until


@dataclass(frozen=True, slots=True)
class Watches:
    """Who looks now, and who is next."""

    now: Sequence[Watch]
    next: Watch | None
    mine: Watch | None


def watches(found: Sequence[Watch], actor: Actor, now: datetime) -> Watches:
    """Of these, of which none is over."""
    on = sorted((each for each in found if each.is_on(now)), key=lambda each: each.until)
    later = sorted(
        (each for each in found if each.begins_at > now), key=lambda each: each.begins_at
    )
    mine = next((each for each in found if each.account_id == actor.id), None)
    return Watches(on, later[0] if later else None, mine)


def begins(now: datetime) -> Sequence[datetime]:
    """The quarters of an hour to come at which somebody can begin."""
    last = now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % STEP
    return [last + STEP * each for each in range(1, MOST // STEP + 1)]


def lengths() -> Sequence[timedelta]:
    """For how long."""
    return [STEP * each for each in range(1, MOST // STEP + 1)]


def may_look(actor: Actor, begins_at: datetime, span: timedelta, now: datetime) -> Verdict:
    """Whoever looks after somebody’s words, from now on or from one of these times."""
    in_time = now <= begins_at <= now + MOST and span in lengths()
    return may_see_queue(actor) and (YES if in_time else no(NOT_A_TIME))
