"""Who changes what stands at the top of a thread. Pure."""

from datetime import datetime

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Verdict, no
from community.threads.rules.posts import Written, may_edit


def may_change_heading(
    actor: Actor, opening: Written, now: datetime, *, is_of_circle: bool
) -> Verdict:
    """Whoever began it, as they may change its first words. The thread of a circle stays as it
    is."""
    return may_edit(actor, opening, now) and (no(NOT_FOUND) if is_of_circle else YES)
