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
    """Follow `{thread_id}` from here on. The ack says what the page may have missed."""
    thread = queries.thread(actor, _thread_id(payload))
    join_room(live_room(thread.id))
    missed = [notice(post) for post in queries.gone(thread.id, now())]
    return {"gone": missed, "last": thread.replies + 1}


def _thread_id(payload: Any) -> UUID:
    try:
        return UUID(str(payload["thread_id"]))
    except (KeyError, TypeError, ValueError):
        raise Refused(NOT_FOUND) from None
