"""The letters about calls."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.calls.rules.holding import Ask


@dataclass(frozen=True, slots=True)
class SeatConfirmed:
    """To whoever has a seat from now on."""

    call_id: UUID
    title: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class SeatOffered:
    """To the first person waiting: a seat is held for them."""

    call_id: UUID
    title: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class CallMoved:
    """To everybody who signed up: the call has another time, and they keep what they have."""

    call_id: UUID
    title: str
    was_at: datetime
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class CallCancelled:
    """To everybody who signed up."""

    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class AskedToHold:
    """To a facilitator: would you hold this call together with somebody, or in their place?"""

    call_id: UUID
    title: str
    starts_at: datetime
    name: str  # of whoever asks
    ask: Ask


@dataclass(frozen=True, slots=True)
class HoldingAnswered:
    """To whoever holds the call: the one who was asked said yes, or not this time."""

    call_id: UUID
    title: str
    starts_at: datetime
    name: str
    ask: Ask
    said_yes: bool


@dataclass(frozen=True, slots=True)
class HoldingEnded:
    """To one of the two who held a call together: the other one ended that."""

    call_id: UUID
    title: str
    starts_at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class FacilitatorChanged:
    """To everybody who signed up: somebody else holds the call, and they keep what they have."""

    call_id: UUID
    title: str
    starts_at: datetime
    name: str  # of whoever holds it now
