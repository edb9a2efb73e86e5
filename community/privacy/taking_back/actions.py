"""What ends with the consent to be here."""

from datetime import datetime

from community.calls.actions import seating
from community.core.actor import Actor
from community.notifications import actions as notifications_actions
from community.safety import actions as safety_actions


def take_back(actor: Actor, *, now: datetime) -> None:
    """Seats go to whoever waits, news that wait never go, and the person stands at the door again.
    It is never refused, and what they wrote stays until they delete their account."""
    for group_id in sorted(actor.groups):
        seating.release_seats(actor, group_id, now=now)
    notifications_actions.call_back(actor.id)
    safety_actions.withdraw(actor, now=now)
