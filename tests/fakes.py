"""Real fakes for the ports: small, honest, held to the real ones by tests/core/test_ports.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

from community.core.ports import Ticket

FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass
class FrozenClock:
    """Stands still until told."""

    instant: datetime = FRIDAY_NOON

    def now(self) -> datetime:
        return self.instant

    def pass_by(self, **span: float) -> datetime:
        """Let this much time pass; the new instant."""
        self.instant += timedelta(**span)
        return self.instant


@dataclass
class KeptMail:
    """A mailer that keeps what it is given."""

    kept: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        self.kept.append(message)


@dataclass
class PretendMedia:
    """Media that remembers what it was told."""

    told: list[tuple[object, ...]] = field(default_factory=list)
    relay_only: bool = False

    def ticket(self, room: UUID, person: UUID, now: datetime) -> Ticket:
        return Ticket(ice_servers=(), relay_only=self.relay_only, expires_at=None)

    def floor(self, room: UUID, heard: Sequence[UUID]) -> None:
        self.told.append(("floor", room, tuple(heard)))

    def remove(self, room: UUID, person: UUID) -> None:
        self.told.append(("remove", room, person))

    def close(self, room: UUID) -> None:
        self.told.append(("close", room))
