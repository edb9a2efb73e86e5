"""How much of a queue stands on one page, and where the next one begins. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.moderation.rules.reasons import Severity
from community.threads.rules.posts import Edge

PAGE = 50


def rank(severity: Severity, *, comes_first: bool = False) -> int:
    """How soon it is looked at: 0 is first. What is held because it may say who somebody is comes
    before all else: it takes a minute, and a name can’t be unread."""
    return 0 if comes_first else severity.rank + 1


@dataclass(frozen=True, slots=True, order=True)
class Urgency:
    """By which something stands in the queue: how grave it is, then since when it waits. It is a
    place in the queue, also when what stood there has been decided."""

    rank: int  # 0 is looked at first
    since: datetime
    id: UUID

    def __str__(self) -> str:
        """As an address carries it."""
        return f"{self.rank}-{Edge(self.since, self.id)}"

    @classmethod
    def read(cls, text: str) -> "Urgency":
        """From an address. Raises `ValueError`."""
        rank, _, edge = text.partition("-")
        place = Edge.read(edge)
        return cls(int(rank), place.at, place.id)
