"""Who may leave for good, what stands in the way, and when it happens. Pure.

here ──▶ leaving, for fourteen days ──▶ erased
 ▲            │            └─▶ at once, by a press
 └────────────┘ one press
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.core.actor import Actor, Standing
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.privacy.rules import is_themselves

WAIT = timedelta(days=14)
INSTEAD = "Somebody who has left"
"""What others read where they were told something about them."""

LAST_ADMIN = Reason(
    "last-admin-leaves",
    "You’re the only admin. Please make somebody else one first, then you can go on here.",
    409,
)


@dataclass(frozen=True, slots=True)
class AccountLeaving:
    """To whoever leaves for good: until when one press undoes it."""

    erase_at: datetime


@dataclass(frozen=True, slots=True)
class AccountErased:
    """To the address that was theirs: it is done, and this letter is the last."""


def may_ask(actor: Actor, now: datetime) -> Verdict:
    """Anybody who is signed in and came in lately, for themselves; suspended or not."""
    if actor.standing is Standing.LEAVING:
        return no(NOT_FOUND)
    return is_themselves(actor, now)


def keeps_an_admin(is_admin: bool, admins: int) -> Verdict:
    """The site never loses its last admin."""
    return no(LAST_ADMIN) if is_admin and admins <= 1 else YES


def may_wait(actor: Actor) -> Verdict:
    """Whoever is leaving sees until when, and undoes it."""
    return YES if actor.standing is Standing.LEAVING else no(NOT_FOUND)


def may_erase_now(actor: Actor, now: datetime) -> Verdict:
    """Without waiting: nobody can undo it, so they show once more who they are."""
    return may_wait(actor) and is_themselves(actor, now)
