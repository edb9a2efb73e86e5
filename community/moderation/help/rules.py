"""Who sees to help that nobody in a circle has opened, and how it is closed. Pure.

Only the fact comes here, no words. It is closed by what somebody did, never by nothing
(design/moderation.md, 17).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said

SAW_TO_HELP = "saw-to-help"
"""What the audit record says of it."""

SEEN_TO = Reason("seen-to", "Somebody else has seen to this already. Thank you for looking.", 409)

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "somebody-was-there": said("Somebody was with them"),
        "all-right": said("I know that they’re all right"),
        "not-reached": said("I couldn’t find out more"),
    }
)
"""What somebody did, by the code that the audit record keeps."""


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """Somebody pressed for help and was not answered: to whoever moderates their group."""

    pressed_at: datetime
    group_name: str


@dataclass(frozen=True, slots=True)
class HelpSeen:
    """To whoever pressed: somebody has seen it."""

    pressed_at: datetime


def may_see_to(actor: Actor, group_id: UUID, pressed_by: UUID) -> Verdict:
    """Whoever looks after the group, and somebody else pressed. For others it isn’t there."""
    return YES if looks_after(actor, group_id) and actor.id != pressed_by else no(NOT_FOUND)


def looks_after(actor: Actor, group_id: UUID) -> bool:
    """Whoever moderates the group, or the platform."""
    return actor.moderates_platform or actor.moderates(group_id)
