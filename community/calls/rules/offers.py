"""A free seat is offered at once, also at night, and held: until when. Pure.

How long depends on how far away the call is when it is offered. Somebody's own night doesn't
count, so that an offer never ends while they sleep. It can be kept once, for as long again. But
every offer ends when standby opens: from then on seats go to whoever is at the door, so that none
stays empty because somebody didn't see a letter.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.calls.rules.times import standby_opens_at
from community.notifications.rules import Quiet, awake_later

HELD = (
    (timedelta(days=1), timedelta(hours=12)),
    (timedelta(hours=6), timedelta(hours=2)),
    (timedelta(hours=2), timedelta(minutes=30)),
)
"""How long a seat is held, by how far away its call is at least; the farthest first."""

HELD_AT_LAST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Offer:
    """A seat that is held for somebody."""

    until: datetime
    longer: datetime  # until when, if they keep it longer; the same if that was done already


def held_for(offered_at: datetime, starts_at: datetime) -> timedelta:
    """How long, of the time in which they are awake."""
    away = starts_at - offered_at
    return next((held for least, held in HELD if away >= least), HELD_AT_LAST)


def held_until(
    offered_at: datetime,
    starts_at: datetime,
    zone: str,
    quiet: Quiet | None,
    *,
    kept_longer: bool = False,
) -> datetime:
    """When the offer ends for somebody on the clocks of this zone, who has this night."""
    held = held_for(offered_at, starts_at) * (2 if kept_longer else 1)
    return min(awake_later(offered_at, held, zone, quiet), standby_opens_at(starts_at))
