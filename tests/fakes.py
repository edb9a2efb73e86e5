"""Real fakes for the ports: small, honest, held to the real ones by tests/core/test_ports.py."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

from community.core.media import MESH, NOBODY, Allowed, Ceilings, Path
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
    served: bool = False
    ceilings: Ceilings = MESH
    answers: bool = True

    @property
    def path(self) -> Path:
        if self.served:
            return Path.SERVER
        return Path.RELAY if self.relay_only else Path.DIRECT

    def ticket(self, room: UUID, person: UUID, now: datetime, allowed: Allowed = NOBODY) -> Ticket:
        plain = Ticket(ice_servers=(), relay_only=self.relay_only, expires_at=None)
        if not self.served:
            return plain
        token = f"{room} {person} {'sends' if person in allowed.heard else 'listens'}"
        until = now + timedelta(minutes=1)
        return replace(plain, expires_at=until, url="wss://media.invalid", token=token)

    def look(self) -> None:
        self.told.append(("look",))

    def floor(self, room: UUID, allowed: Allowed) -> None:
        self.told.append(("floor", room, allowed))

    def remove(self, room: UUID, person: UUID) -> None:
        self.told.append(("remove", room, person))

    def close(self, room: UUID) -> None:
        self.told.append(("close", room))
