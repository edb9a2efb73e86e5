"""Voices go from browser to browser: the Media port without a media server.

TURN credentials are the short-lived kind that coturn's `use-auth-secret` checks (draft-uberti-
behave-turn-rest): the user name says when it ends, and the password proves that we gave it.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from community.core.media import MESH, NOBODY, Allowed, Ceilings, Path
from community.core.ports import IceServer, Ticket

CREDENTIALS_LAST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Mesh:
    """Tells browsers how to reach one another. As soon as there is a relay, only through it."""

    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = field(default="", repr=False)
    ceilings: Ceilings = MESH

    @property
    def path(self) -> Path:
        return Path.RELAY if self.turn_urls else Path.DIRECT

    @property
    def answers(self) -> bool:
        """There is nothing to ask between two browsers."""
        return True

    def look(self) -> None:
        """Nobody to ask."""

    def ticket(self, room: UUID, person: UUID, now: datetime, allowed: Allowed = NOBODY) -> Ticket:
        """Servers and credentials. They name neither room nor person: relays keep logs."""
        stun = (IceServer(self.stun_urls),) if self.stun_urls else ()
        if not self.turn_urls:
            return Ticket(ice_servers=stun, relay_only=False, expires_at=None)
        expires_at = now + CREDENTIALS_LAST
        username = f"{int(expires_at.timestamp())}:{secrets.token_hex(8)}"
        proof = hmac.digest(self.turn_secret.encode(), username.encode(), "sha1")
        turn = IceServer(self.turn_urls, username, base64.b64encode(proof).decode())
        return Ticket(ice_servers=(*stun, turn), relay_only=True, expires_at=expires_at)

    def floor(self, room: UUID, allowed: Allowed) -> None:
        """Nothing to do: browsers read who is heard from the snapshot, at both ends."""

    def remove(self, room: UUID, person: UUID) -> None:
        """Nothing to do: the server passes no more signals, and every browser hangs up by itself
        on whoever is missing from the newest snapshot."""

    def close(self, room: UUID) -> None:
        """Nothing to do, for the same reason."""
