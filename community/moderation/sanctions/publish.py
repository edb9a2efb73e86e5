"""Commit, then let everything learn of it that is open: pages, lines, circles."""

from uuid import UUID

from community.core.db import transaction
from community.core.sockets import hang_up
from community.core.web import now
from community.groups.claims import actor_of
from community.live import actions as live_actions
from community.live.publish import tell


def take_effect(account_id: UUID) -> None:
    """What was decided about this person is so at once, in what they have open too. Their lines
    end; those they may still have come back by themselves."""
    instant = now()
    with transaction():
        person = actor_of(account_id, now=instant)
        happened = live_actions.keep_within_bounds(person, now=instant)
    hang_up(account_id)
    for step in happened:
        tell(step, instant)
