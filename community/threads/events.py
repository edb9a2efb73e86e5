"""What an open thread page hears."""

from typing import Any
from uuid import UUID

from flask_socketio import join_room

from community.core.actor import Actor
from community.core.sockets import Answer, hears
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import now
from community.threads import queries
from community.threads.publish import notice
from community.threads.rules.posts import live_room


@hears("watch-thread")
def watch_thread(actor: Actor, payload: Any) -> Answer:
    """Follow `{thread_id, last}` from here on. The ack says what a page with this last post may
    have missed."""
    thread_id, last = _read(payload)
    thread = queries.thread(actor, thread_id)
    join_room(live_room(thread.id))
    missed = [notice(post) for post in queries.gone(actor, thread.id, now())]
    new = queries.how_many_after(actor, thread.id, min(max(last, 0), thread.last))
    return {"gone": missed, "new": new}


def _read(payload: Any) -> tuple[UUID, int]:
    try:
        return UUID(str(payload["thread_id"])), int(payload["last"])
    except (KeyError, OverflowError, TypeError, ValueError):
        raise Refused(NOT_FOUND) from None
