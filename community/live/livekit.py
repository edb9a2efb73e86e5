"""Voices go through a media server: the Media port on LiveKit’s server API (Twirp, JSON).

Browsers and the server are let in by signed tickets (HS256). A ticket says what its holder may send
at that moment; `floor` says so again to a server that has them already.
"""

import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import jwt
import structlog

from community.core.media import NOBODY, Allowed, Ceilings, Path
from community.core.ports import Clock, Ticket
from community.live.mesh import Mesh

log = structlog.get_logger()

TICKETS_LAST = timedelta(seconds=60)

NO_RELAYS = Mesh()

# Whoever sends does so once, whoever listens. What is left is what everybody receives: eleven
# pictures of 150 kbit/s are less than the 1.9 Mbit/s that one browser sent to eleven others when
# that was measured (live-circle.md, “Media”). In a gathering, of 200 and two who facilitate, it is
# one voice and one picture.
CEILINGS = Ceilings(voices=20, everybody_seen=12, holder_seen=20, gathering=202)


class _Failed(Exception):
    """The server couldn’t be asked, or said no."""


@dataclass(slots=True)
class _Heard:
    """What is remembered of the last answer."""

    anything: bool = True


@dataclass(frozen=True, slots=True)
class LiveKit:
    """Lets people in by ticket, and has the server cut whatever may not be sent."""

    url: str
    key: str
    secret: str = field(repr=False)
    clock: Clock
    relays: Mesh = NO_RELAYS  # or for networks that let nothing else through
    ceilings: Ceilings = CEILINGS
    path: Path = Path.SERVER
    patience: float = 2  # seconds, for each answer
    _heard: _Heard = field(default_factory=_Heard, init=False, repr=False, compare=False)

    @property
    def answers(self) -> bool:
        """As it was when anything was last asked of it."""
        return self._heard.anything

    def look(self) -> None:
        """Ask about a room that nobody has."""
        self._try("ListParticipants", UUID(int=0))

    def ticket(self, room: UUID, person: UUID, now: datetime, allowed: Allowed = NOBODY) -> Ticket:
        """Good for coming in, and for what may be sent now. It names nobody but by their id."""
        grants = {"room": str(room), "roomJoin": True, **_in_a_ticket(_may_send(person, allowed))}
        return Ticket(
            ice_servers=self.relays.ticket(room, person, now).ice_servers,
            relay_only=False,
            expires_at=now + TICKETS_LAST,
            url=self.url,
            token=self._signed(grants, now, sub=str(person)),
        )

    def floor(self, room: UUID, allowed: Allowed) -> None:
        """Cut whoever may not be there, and what may not be sent; let in what may."""
        try:
            found = self._ask("ListParticipants", room).get("participants", [])
            for each in found:
                self._hold_to(room, each, allowed)
        except _Failed as failed:
            log.warning("media server failed", step="floor", why=str(failed))

    def remove(self, room: UUID, person: UUID) -> None:
        """Their page is let go of. Whoever isn’t there is gone already."""
        self._try("RemoveParticipant", room, identity=str(person))

    def close(self, room: UUID) -> None:
        """Everybody’s page is let go of, and no ticket for this room leads to anybody."""
        self._try("DeleteRoom", room)

    def _hold_to(self, room: UUID, found: dict[str, Any], allowed: Allowed) -> None:
        identity, has = found["identity"], found.get("permission") or {}
        if identity not in map(str, allowed.people):
            self._ask("RemoveParticipant", room, identity=identity)
            return
        may = _may_send(UUID(identity), allowed)
        if may != set(has.get("can_publish_sources", ())) or has.get("can_publish") is not bool(
            may
        ):
            self._ask("UpdateParticipant", room, identity=identity, permission=_as_permission(may))

    def _try(self, what: str, room: UUID, **more: object) -> None:
        try:
            self._ask(what, room, **more)
        except _Failed as failed:
            log.warning("media server failed", step=what, why=str(failed))

    def _ask(self, what: str, room: UUID, **more: object) -> dict[str, Any]:
        """One call of the server API. Whether it was answered is remembered."""
        try:
            answer = self._call(what, room, **more)
        except _Failed:
            self._heard.anything = False
            raise
        self._heard.anything = True
        return answer

    def _call(self, what: str, room: UUID, **more: object) -> dict[str, Any]:
        """What isn’t there any more is no fault."""
        place = urlsplit(self.url)
        kind = HTTPSConnection if place.scheme == "wss" else HTTPConnection
        grants = {"room": str(room), "roomAdmin": True, "roomCreate": True}
        headers = {
            "Authorization": f"Bearer {self._signed(grants, self.clock.now())}",
            "Content-Type": "application/json",
        }
        body = json.dumps({"room": str(room), **more})
        path = f"{place.path.rstrip('/')}/twirp/livekit.RoomService/{what}"
        try:
            with closing(kind(place.netloc, timeout=self.patience)) as line:
                line.request("POST", path, body, headers)
                answer = line.getresponse()
                said, status = answer.read(), answer.status
        except (OSError, HTTPException) as error:
            raise _Failed(type(error).__name__) from error
        if status == 404:
            return {}
        if status != 200:
            raise _Failed(f"HTTP {status}")
        read: dict[str, Any] = json.loads(said)
        return read

    def _signed(self, grants: dict[str, Any], now: datetime, **who: str) -> str:
        claims = {"iss": self.key, "exp": now + TICKETS_LAST, "video": grants, **who}
        return jwt.encode(claims, self.secret, "HS256")


def _may_send(person: UUID, allowed: Allowed) -> set[str]:
    """The sources that somebody may send from, as the server names them."""
    voice = {"MICROPHONE"} if person in allowed.heard else set()
    return voice | ({"CAMERA"} if person in allowed.seen else set())


def _in_a_ticket(may: set[str]) -> dict[str, Any]:
    return {
        "canSubscribe": True,
        "canPublish": bool(may),
        "canPublishSources": sorted(each.lower() for each in may),
        "canPublishData": False,
        "canUpdateOwnMetadata": False,
    }


def _as_permission(may: set[str]) -> dict[str, Any]:
    return {
        "can_subscribe": True,
        "can_publish": bool(may),
        "can_publish_sources": sorted(may),
        "can_publish_data": False,
    }
