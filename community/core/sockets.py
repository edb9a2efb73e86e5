"""The live line to open pages: one wrapper around every handler, one way to publish.

Traps, each met by experiment: `before_request` does not run for socket events, so the wrapper
finds the actor afresh each time; signing out over HTTP does not reach an open socket, so each
socket joins `person:<id>` and `hang_up` ends it; publish only what has been committed.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from flask import g
from flask_babel import gettext
from flask_socketio import SocketIO, join_room

from community.core.actor import Actor
from community.core.verdict import Reason, Refused
from community.core.web import SIGN_IN_FIRST, current_actor

log = structlog.get_logger()

socketio = SocketIO()

Answer = dict[str, Any]
Handler = Callable[[Actor, Any], Answer]

HEARD: dict[str, Handler] = {}
"""Every event name with its handler, each behind the wrapper; the doors test walks it."""


def hears(name: str) -> Callable[[Handler], Handler]:
    """Mark a handler `(actor, payload) -> answer` for one event.

    Guests and people who have not finished joining are refused; `Refused` becomes the ack
    `{ok: false, reason: {code, text}}`; anything unexpected is ours and is logged.
    """

    def mark(handler: Handler) -> Handler:
        def heard(payload: Any = None) -> Answer:
            g.pop("actor", None)  # the context may outlive an event; who is asking may not
            try:
                actor = current_actor()
                if not actor.is_active:
                    raise Refused(SIGN_IN_FIRST)
                return {"ok": True, **handler(actor, payload)}
            except Refused as refused:
                return refused_ack(refused.reason)
            except Exception:
                log.exception("unexpected", event_name=name)
                return refused_ack(OUR_FAULT)

        HEARD[name] = handler
        socketio.on_event(name, heard)
        return handler

    return mark


OUR_FAULT = Reason("our-fault", "Something went wrong on our side. Please press it again.", 500)


def refused_ack(reason: Reason) -> Answer:
    """A reason, as the ack of a socket event."""
    return {"ok": False, "reason": {"code": reason.code, "text": gettext(reason.text)}}


def publish(room: str, event: str, payload: Any) -> None:
    """Tell everybody in a room. Call it after the transaction has closed."""
    socketio.emit(event, payload, to=room)


def person_room(account_id: UUID) -> str:
    """The room of all sockets of one person."""
    return f"person:{account_id}"


def hang_up(account_id: UUID) -> None:
    """End every open line of this person."""
    for sid, _ in list(socketio.server.manager.get_participants("/", person_room(account_id))):
        socketio.server.disconnect(sid)


@socketio.on("connect")  # type: ignore[untyped-decorator]
def _connect(auth: Any = None) -> bool | None:
    actor = current_actor()
    if not actor.is_active:
        return False
    join_room(person_room(actor.id))
    return None
