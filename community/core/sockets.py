"""The live line to open pages: one wrapper around every handler, one way to publish.

Traps, each met by experiment: `before_request` does not run for socket events, so the wrapper
finds the actor afresh each time; signing out over HTTP does not reach an open socket, so each
socket joins `person:<id>` and `hang_up` ends it; publish only what has been committed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import structlog
from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_socketio import SocketIO, join_room
from socketio import packet

from community.core.actor import Actor
from community.core.lines import SharedLines, end_lines
from community.core.log import name_the_request
from community.core.ready import write
from community.core.verdict import Reason, Refused
from community.core.web import SIGN_IN_FIRST, current_actor, forget_who_asks, not_ok, now

log = structlog.get_logger()

UNLOCKED = "circles.session"


class Sessions(SecureCookieSessionInterface):
    """A line sends its cookie once, and every press on it has the session of that: so it is
    unlocked once. Whether that session is still on is asked of its row each time."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        unlocked = request.environ.get(UNLOCKED)
        if unlocked is not None:
            return self.session_class(unlocked)
        opened = super().open_session(app, request)
        request.environ[UNLOCKED] = None if opened is None else dict(opened)
        return opened


class Json:
    """What is ready isn’t written again."""

    loads = staticmethod(orjson.loads)

    @staticmethod
    def dumps(value: Any, **_: object) -> str:
        return write(value).decode()


class Text(packet.Packet):  # type: ignore[misc]
    """All that we send is text, so nothing in it has to be searched for bytes."""

    uses_binary_events = False
    json = Json


socketio = SocketIO(serializer=Text)

Answer = dict[str, Any]
Handler = Callable[[Actor, Any], Answer]

HEARD: dict[str, Handler] = {}
"""Every event name with its handler, each behind the wrapper; the doors test walks it."""

SLOW_DOWN = Reason(
    "slow-down", "That was a lot at once. Nothing is lost. Wait a moment, then go on.", 429
)
OUR_FAULT = Reason("our-fault", "Something went wrong on our side. Please press it again.", 500)


@dataclass
class Pace:
    """How fast one person’s pages may go on: `burst` at once, `per_second` after that.

    Kept in the memory of this process, which it protects; it is the truth of nothing. Whoever has
    pages at several processes may go on so fast at each.
    """

    per_second: int
    burst: int
    _left: dict[UUID, tuple[float, datetime]] = field(default_factory=dict)

    def keep(self, person: UUID, at: datetime) -> None:
        """Count one more, or raise `Refused(SLOW_DOWN)`."""
        left, since = self._left.get(person, (self.burst, at))
        passed = max(0.0, (at - since).total_seconds())
        left = min(self.burst, left + passed * self.per_second)
        self._left[person] = (max(0, left - 1), at)
        if left < 1:
            raise Refused(SLOW_DOWN)


# No hand and no browser that means well comes near these. Asking for help never counts.
PRESSES = Pace(per_second=10, burst=40)
SIGNALS = Pace(per_second=10, burst=60)  # each may hold forty


def hears(name: str, pace: Pace = PRESSES) -> Callable[[Handler], Handler]:
    """Mark a handler `(actor, payload) -> answer` for one event.

    Guests and people who have not finished joining are refused, and so is a flood; `Refused`
    becomes the ack `{ok: false, reason: {code, text}}`; anything unexpected is ours and is logged.
    """

    def mark(handler: Handler) -> Handler:
        def heard(payload: Any = None) -> Answer:
            forget_who_asks()
            forget_the_fault()
            name_the_request()
            try:
                actor = current_actor()
                if not actor.is_active:
                    raise Refused(SIGN_IN_FIRST)
                pace.keep(actor.id, now())
                return {"ok": True, **handler(actor, payload)}
            except Refused as refused:
                return not_ok(refused.reason)
            except Exception:
                log.exception("unexpected", event_name=name)
                return not_ok(OUR_FAULT)

        HEARD[name] = handler
        socketio.on_event(name, heard)
        return handler

    return mark


def forget_the_fault() -> None:
    """No view has the address of a line. Flask notes that fault for each event, and with it, in a
    circle, the frames on its way there and all that they hold: the board that we answer with."""
    request.routing_exception = None


def publish(rooms: str | Sequence[str], event: str, payload: Any) -> None:
    """Tell everybody in a room, or in several. Call it after the transaction has closed."""
    if rooms:  # to none would be to all
        socketio.emit(event, payload, to=rooms)


def breathe() -> None:
    """Let others in this process go on for a moment: what was published leaves, too."""
    socketio.sleep(0)


def person_room(account_id: UUID) -> str:
    """The room of all sockets of one person."""
    return f"person:{account_id}"


def is_open(room: str) -> bool:
    """Has anybody a line to this process in this room that isn’t about to end?"""
    manager = socketio.server.manager
    return any(manager.is_connected(sid, "/") for sid, _ in manager.get_participants("/", room))


def hang_up(account_id: UUID) -> None:
    """End every open line of this person, whichever process holds it."""
    room = person_room(account_id)
    end_lines(socketio.server, room)
    if isinstance(socketio.server.manager, SharedLines):
        socketio.server.manager.end_elsewhere(room)


def listen() -> None:
    """Hear what other processes say to the lines of this one, if there are to be others."""
    if isinstance(socketio.server.manager, SharedLines):
        socketio.server.manager.begin()


@socketio.on("connect")  # type: ignore[untyped-decorator]
def _connect(auth: Any = None) -> bool | None:
    forget_the_fault()
    actor = current_actor()
    if not actor.is_active:
        return False
    join_room(person_room(actor.id))
    return None
