"""Who looks after the whole site. Pure."""

from datetime import datetime

from community.accounts.rules import has_just_come_in
from community.core.actor import Actor, Staff
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no

LAST_ADMIN = Reason(
    "last-admin", "You’re the only admin. Please make somebody else one first.", 409
)

NOT_HERE_YET = Reason("not-here-yet", "They haven’t finished joining yet.", 409)


def may_see_staff(actor: Actor) -> Verdict:
    """Admins say who looks after the site."""
    return YES if actor.is_admin else no(NOT_FOUND)


def may_change_staff(actor: Actor, now: datetime) -> Verdict:
    """Admins who have just come in."""
    return may_see_staff(actor) and has_just_come_in(actor, now)


def may_give_role(actor: Actor, is_here: bool, now: datetime) -> Verdict:
    """Only members look after the site, not somebody who is still arriving."""
    return may_change_staff(actor, now) and (YES if is_here else no(NOT_HERE_YET))


def may_take_role(actor: Actor, role: Staff, admins: int, now: datetime) -> Verdict:
    """The site never loses its last admin."""
    if not (may := may_change_staff(actor, now)):
        return may
    return no(LAST_ADMIN) if role is Staff.ADMIN and admins <= 1 else YES


def may_see_letters(actor: Actor) -> Verdict:
    """Admins see which letters could not be delivered, and why; never what they say."""
    return YES if actor.is_admin else no(NOT_FOUND)
