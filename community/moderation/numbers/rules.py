"""Quarters, and which of their numbers are told. Pure.

Numbers, notice, appeal: the Santa Clara Principles (2.0, 2021). In a small place a small number can
point at somebody, so whatever is under five isn’t told, and neither are sums it could be worked out
from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from statistics import median

FEWEST = 5
LATELY = timedelta(days=7)
MANY = 5  # hard items in that time, after which a break is suggested
SHOWN = 4  # quarters that can be looked at: a year


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year, in UTC."""

    year: int
    number: int  # 1 to 4

    @property
    def begins(self) -> datetime:
        return datetime(self.year, 3 * self.number - 2, 1, tzinfo=UTC)

    @property
    def ends(self) -> datetime:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1).begins

    @property
    def last_month(self) -> datetime:
        return datetime(self.year, 3 * self.number, 1, tzinfo=UTC)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @classmethod
    def of(cls, at: datetime) -> "Quarter":
        moment = at.astimezone(UTC)
        return cls(moment.year, (moment.month + 2) // 3)

    def __str__(self) -> str:
        """As an address carries it."""
        return f"{self.year}-{self.number}"


def finished(now: datetime) -> Sequence[Quarter]:
    """Those that are over, the latest first."""
    found = [Quarter.of(now).before]
    while len(found) < SHOWN:
        found.append(found[-1].before)
    return found


def told(count: int) -> int | None:
    """A number, or None if there were too few to tell."""
    return count if count >= FEWEST else None


def usual_hours(waited: Sequence[timedelta]) -> int | None:
    """In how many whole hours half of them were decided; None for too few to tell."""
    if told(len(waited)) is None:
        return None
    hours = median(each / timedelta(hours=1) for each in waited)
    return ceil(hours)
