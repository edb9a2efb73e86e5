"""What asks of somebody that they have just come in, whoever they are. Pure."""

from datetime import datetime

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no

JUST_COME_IN = Reason(
    "just-come-in",
    "This asks that you came in within the last quarter of an hour, so that nobody else does it at "
    "your device. Sign out, come in again, and go on here.",
    403,
)


def is_themselves(actor: Actor, now: datetime) -> Verdict:
    """Anybody who is signed in and came in lately: members, whoever is on the way in or out, and
    whoever is suspended."""
    if actor.is_guest:
        return no(NOT_FOUND)
    return YES if actor.came_in_lately(now) else no(JUST_COME_IN)
