"""The letters about calls. Those that change somebody’s calendar say all that a calendar needs."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from community.calls.rules.holding import Ask


class Timed(Protocol):
    """A call, as far as a calendar goes."""

    @property
    def id(self) -> UUID: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...
    @property
    def zone(self) -> str: ...
    @property
    def sequence(self) -> int: ...


@dataclass(frozen=True, slots=True)
class InCalendar:
    """A call as the calendar of somebody with a seat has it, or had it."""

    call_id: UUID
    starts_at: datetime
    minutes: int
    zone: str
    sequence: int

    @classmethod
    def of(cls, call: Timed) -> "InCalendar":
        return cls(call.id, call.starts_at, call.minutes, call.zone, call.sequence)


@dataclass(frozen=True, slots=True)
class SeatConfirmed:
    """To whoever has a seat from now on."""

    call_id: UUID
    title: str
    starts_at: datetime
    minutes: int
    in_calendar: tuple[InCalendar, ...]
    gathers: bool = False


@dataclass(frozen=True, slots=True)
class SeatOffered:
    """To the first person waiting: a seat is held for them."""

    call_id: UUID
    title: str
    starts_at: datetime
    minutes: int
    until: datetime


@dataclass(frozen=True, slots=True)
class OfferEnded:
    """To somebody for whom a seat was held, and isn’t any longer. Nothing is held against them."""

    call_id: UUID
    title: str
    starts_at: datetime
    can_stand_by: bool


@dataclass(frozen=True, slots=True)
class SeatAtTheDoor:
    """To whoever waits when nothing is offered any more: a seat is free for whoever is there."""

    call_id: UUID
    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class CallMoved:
    """To everybody who signed up: the call has another time, and they keep what they have."""

    call_id: UUID
    title: str
    was_at: datetime
    starts_at: datetime
    in_calendar: tuple[InCalendar, ...]


@dataclass(frozen=True, slots=True)
class CallCancelled:
    """To everybody who signed up."""

    title: str
    starts_at: datetime
    in_calendar: tuple[InCalendar, ...]


@dataclass(frozen=True, slots=True)
class CallsMoved:
    """To somebody who signed up for several calls of a series that have other times."""

    title: str
    was_at: tuple[datetime, ...]
    starts_at: tuple[datetime, ...]  # in the same order
    in_calendar: tuple[InCalendar, ...]


@dataclass(frozen=True, slots=True)
class CallsCancelled:
    """To somebody who signed up for several calls of a series that won’t happen."""

    title: str
    starts_at: tuple[datetime, ...]
    in_calendar: tuple[InCalendar, ...]


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


@dataclass(frozen=True, slots=True)
class CallsChangedHands:
    """To somebody who signed up for several calls of a series that somebody else holds now."""

    title: str
    starts_at: tuple[datetime, ...]
    name: str


@dataclass(frozen=True, slots=True)
class AskedToKeep:
    """To a facilitator: would you hold these calls that come again, from now on?"""

    series_id: UUID
    title: str
    name: str  # of whoever asks


@dataclass(frozen=True, slots=True)
class KeepingAnswered:
    """To whoever asked, and to whoever kept the series: it is somebody else’s now, or not."""

    series_id: UUID
    title: str
    name: str
    said_yes: bool


@dataclass(frozen=True, slots=True)
class CallComes:
    """To whoever has a seat or holds the call, the day before and an hour before."""

    call_id: UUID
    title: str
    starts_at: datetime
    minutes: int
    leads: bool


@dataclass(frozen=True, slots=True)
class CallBegins:
    """To the same people, when it does."""

    call_id: UUID
    title: str
    starts_at: datetime
    leads: bool


@dataclass(frozen=True, slots=True)
class CallWas:
    """To whoever was there, the day after: how did it land? The answer is theirs alone."""

    call_id: UUID
    title: str
    starts_at: datetime
    leads: bool
    next_at: datetime | None  # of the same series


def without_seat(letter: Any) -> Any:
    """The same for somebody who signed up and has no seat: no calendar of theirs has the call."""
    changes_calendars = isinstance(letter, CallMoved | CallCancelled)
    return replace(letter, in_calendar=()) if changes_calendars else letter
