"""Who may take out what is theirs, and how often. Pure."""

from datetime import datetime, timedelta

from community.core.actor import Actor
from community.core.verdict import YES, Reason, Verdict, no
from community.privacy.rules import is_themselves

EVERY = timedelta(days=1)

TAKEN_TODAY = Reason(
    "taken-today",
    "You took it out within the last day. From tomorrow you can do it again.",
    409,
)


def may_take_out(actor: Actor, taken_at: datetime | None, now: datetime) -> Verdict:
    """Once a day is often enough, and keeps the site quick for everybody."""
    is_early = taken_at is not None and now - taken_at < EVERY
    return is_themselves(actor, now) and (no(TAKEN_TODAY) if is_early else YES)
