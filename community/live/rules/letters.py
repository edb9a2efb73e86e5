"""The letters after a circle."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TurnStillYours:
    """To whoever is owed a turn at the end: it can be shared in writing."""

    group_id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class FacilitatorWasAbsent:
    """To everybody who was there, when no facilitator was: we are sorry."""

    group_id: UUID
    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class LineAfterCircle:
    """To a facilitator: somebody who was there has written to them. No name, and no word of it."""

    call_id: UUID
