"""The only doors to the outside: clock, mailer, media, pusher.

Tests pass real fakes through the same doors; contract tests hold fake and real together.
"""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol
from uuid import UUID

from community.core.media import NOBODY, Allowed, Ceilings, Path


class Clock(Protocol):
    def now(self) -> datetime:
        """This instant, aware, in UTC."""


class MailFailed(Exception):
    """The mail server did not take a message. It may take it later."""


class MailRefused(MailFailed):
    """The mail server will never take this message."""


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Hand one message to the mail server; raise `MailFailed` if it isn't taken,
        `MailRefused` if there is no use in trying again."""


@dataclass(frozen=True, slots=True)
class IceServer:
    """One STUN or TURN server as RTCConfiguration takes it (W3C WebRTC, RTCIceServer)."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What one browser needs to connect to one room: to the others, or to the server at `url`."""

    ice_servers: tuple[IceServer, ...]
    relay_only: bool
    expires_at: datetime | None
    url: str | None = None
    token: str | None = None


class Media(Protocol):
    """How voices travel in a room. A mesh and a media server are two files behind this.

    What can't be done just now is logged and raises nothing: it is done by the next call.
    """

    @property
    def path(self) -> Path:
        """Who is between two browsers."""

    @property
    def ceilings(self) -> Ceilings:
        """How many people can be heard and seen well."""

    @property
    def answers(self) -> bool:
        """Did it answer when it was last asked? This asks nobody."""

    def look(self) -> None:
        """Ask whether it is there."""

    def ticket(self, room: UUID, person: UUID, now: datetime, allowed: Allowed = NOBODY) -> Ticket:
        """Short-lived credentials for one person in one room."""

    def floor(self, room: UUID, allowed: Allowed) -> None:
        """From now on only these people may be there, be heard and be seen."""

    def remove(self, room: UUID, person: UUID) -> None:
        """Cut this person off, whatever their client does."""

    def close(self, room: UUID) -> None:
        """The room is over."""


class PushFailed(Exception):
    """A push service did not take a message. It may take it later."""


class PushGone(PushFailed):
    """Whoever this leads to will never be reached again."""


class Pusher(Protocol):
    """Says to one browser that there is something new, and nothing more."""

    @property
    def public_key(self) -> str | None:
        """What browsers need to be told by us. None: nobody is told anything."""

    def send(self, endpoint: str, key: str, secret: str, *, now: datetime) -> None:
        """Hand one message to a browser's push service; raise `PushFailed` if it isn't taken,
        `PushGone` if there is no use in ever trying again."""


@dataclass(frozen=True, slots=True)
class NoPusher:
    """A site without a key for pushes."""

    public_key: None = None

    def send(self, endpoint: str, key: str, secret: str, *, now: datetime) -> None:
        """Not without a key."""
        raise PushFailed("no key")


@dataclass(frozen=True, slots=True)
class Ports:
    clock: Clock
    mailer: Mailer
    media: Media
    pusher: Pusher = NoPusher()
