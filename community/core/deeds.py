"""What somebody with a role did that moderation keeps in its record. Whoever does it knows nothing
of moderation: it asks to be told, and writes it down in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor

HOLDS_CHOSEN, ROLES_CHANGED, STAFF_CHANGED = "holds-chosen", "roles-changed", "staff-changed"
"""Whose posts are read first, what somebody is in a group, and what they do for the site."""

GREETING_TAKEN = "greeting-taken"
"""The words by which a group’s greeter meets new members were taken away."""

WATCHED, LEFT_OUT = "watched", "left-out"
"""A phrase that somebody added to a list of watched words, or left out."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what to what, in ids and codes: of one group, or of the whole site."""

    actor: Actor
    action: str
    about: UUID
    group_id: UUID | None
    before: str
    after: str
    at: datetime


Listener = Callable[[Deed], None]
_LISTENERS: list[Listener] = []


def hears_of_deeds(listener: Listener) -> Listener:
    """Call this with whatever is done from now on."""
    _LISTENERS.append(listener)
    return listener


def say(deed: Deed) -> None:
    """This was done."""
    for listener in _LISTENERS:
        listener(deed)
