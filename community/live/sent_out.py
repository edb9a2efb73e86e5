"""Who hears of it when a facilitator ends somebody’s place in a circle, or lets them come back.
Circles know nothing of moderation: it asks to be told, and writes it down in the transaction of the
press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.live.rules.events import Wire
from community.live.rules.leading import Ban, Remove, Unban
from community.live.rules.room import OUT, Presence, Room

AFTER = {Remove: Presence.REMOVED, Ban: Presence.BANNED, Unban: Presence.GONE}


@dataclass(frozen=True, slots=True)
class Door:
    """What a facilitator did about somebody’s place in a circle that is on."""

    actor: Actor
    call_id: UUID
    group_id: UUID
    person: UUID
    before: Presence
    after: Presence
    why: str  # empty where nothing is taken from them that they still had
    at: datetime

    @property
    def is_taken(self) -> bool:
        """They had a place until now."""
        return self.before not in OUT


Listener = Callable[[Door], None]
_LISTENERS: list[Listener] = []


def hears_of_doors(listener: Listener) -> Listener:
    """Call this with whatever facilitators do of this from now on."""
    _LISTENERS.append(listener)
    return listener


def say(actor: Actor, group_id: UUID, before: Room, event: Wire, now: datetime) -> None:
    """This press was taken, in a room that was like this before it."""
    if not isinstance(event, Remove | Ban | Unban):
        return
    door = Door(
        actor=actor,
        call_id=before.call_id,
        group_id=group_id,
        person=event.person,
        before=before.person(event.person).presence,
        after=AFTER[type(event)],
        why="" if isinstance(event, Unban) else event.why.strip(),
        at=now,
    )
    for listener in _LISTENERS:
        listener(door)
