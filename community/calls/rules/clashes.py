"""Calls at the same time as others. That is said before they are scheduled, and never forbidden.
Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4


class Lasting(Protocol):
    """A call, as far as when it is on goes."""

    @property
    def id(self) -> UUID: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...


class InTime(Lasting, Protocol):
    """A call, as far as what is in its way goes."""

    @property
    def group_id(self) -> UUID: ...
    @property
    def facilitator_id(self) -> UUID | None: ...
    @property
    def co_facilitator_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Ahead:
    """A call as it is, or as it would be."""

    id: UUID
    group_id: UUID
    facilitator_id: UUID | None
    co_facilitator_id: UUID | None
    starts_at: datetime
    minutes: int

    @classmethod
    def of(cls, call: InTime) -> "Ahead":
        return cls(
            call.id,
            call.group_id,
            call.facilitator_id,
            call.co_facilitator_id,
            call.starts_at,
            call.minutes,
        )


def to_be(
    group_id: UUID, keeper_id: UUID | None, starts: Iterable[datetime], minutes: int
) -> list[Ahead]:
    """Calls that would be scheduled at these times, and have no key yet."""
    return [Ahead(uuid4(), group_id, keeper_id, None, start, minutes) for start in starts]


def clash(one: Lasting, other: Lasting) -> bool:
    """Whether two different calls are on at the same time. One may begin when the other ends."""
    (first, ends), (second, other_ends) = (
        (call.starts_at, call.starts_at + timedelta(minutes=call.minutes)) for call in (one, other)
    )
    return one.id != other.id and first < other_ends and second < ends
