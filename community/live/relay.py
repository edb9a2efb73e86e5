"""Captions, and letters as they are typed: passed on from page to page, and kept nowhere.

Like signals: each message is asked about in fresh rows, the sender is stamped here, and it goes to
the active pages of connected people only, and of these to those that asked for it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_socketio import join_room, leave_room, rooms

from community.core.actor import Actor
from community.core.sockets import Answer, Pace, hears, publish
from community.core.verdict import Refused
from community.live import queries
from community.live.events import read_id
from community.live.publish import page_name
from community.live.rules.captions import (
    may_caption,
    may_show_letters,
    read_caption,
    read_letters,
)
from community.live.rules.may import may_watch
from community.live.rules.reasons import ELSEWHERE
from community.live.rules.room import Presence, Room
from community.live.rules.wire import UNREADABLE

LINES = Pace(per_second=3, burst=12)
LETTERS = Pace(per_second=5, burst=20)


@hears("watch-captions")
def watch_captions(actor: Actor, payload: Any) -> Answer:
    """`{call_id, page, lines, letters}`: which of the two this page would like to see from now on.

    It is the reader’s own affair: nobody is asked, and nobody is told.
    """
    call_id, carried = _address(payload)
    page = read_id(carried.pop("page", None))
    may_watch(queries.room_for(actor, call_id), actor.id).require()
    _on_page(page_name(call_id, actor.id, page))
    for kind in ("lines", "letters"):
        name = _reader(kind, call_id, actor.id, page)
        join_room(name) if carried.get(kind) is True else leave_room(name)
    return {}


@hears("caption", LINES)
def caption(actor: Actor, payload: Any) -> Answer:
    """Pass on one line of captions; again by its number, it replaces the line before."""
    call_id, carried = _address(payload)
    line = read_caption(carried, actor.id)
    room = queries.room_for(actor, call_id)
    may_caption(room, actor.id, line).require()
    _on_page(page_name(call_id, actor.id, room.person(actor.id).page))
    said = {"number": line.number, "how": line.how.value, "words": line.words}
    for page in _readers("lines", room):
        publish(page, "caption", {**_whose(room, line.by), **said})
    return {}


@hears("typing", LETTERS)
def typing(actor: Actor, payload: Any) -> Answer:
    """Pass on what stands in a box right now, of a share or of a line of captions."""
    call_id, carried = _address(payload)
    words = read_letters(carried)
    room = queries.room_for(actor, call_id)
    may_show_letters(room, actor.id).require()
    _on_page(page_name(call_id, actor.id, room.person(actor.id).page))
    for page in _readers("letters", room):
        publish(page, "typing", {**_whose(room, actor.id), "words": words})
    return {}


def _address(payload: Any) -> tuple[UUID, dict[str, Any]]:
    if not isinstance(payload, Mapping):
        raise Refused(UNREADABLE)
    carried = dict(payload)
    return read_id(carried.pop("call_id", None)), carried


def _on_page(name: str) -> None:
    """From the active page, and from no other."""
    if name not in rooms():
        raise Refused(ELSEWHERE)


def _reader(kind: str, call_id: UUID, person: UUID, page: UUID | None) -> str:
    """The socket room of one page, as far as it asked for these."""
    return f"{kind}:{call_id}:{person}:{page}"


def _readers(kind: str, room: Room) -> list[str]:
    """The active pages of everybody who is connected now."""
    return [
        _reader(kind, room.call_id, each.id, each.page)
        for each in room.people
        if each.presence is Presence.CONNECTED
    ]


def _whose(room: Room, by: UUID) -> dict[str, str]:
    """Whose turn it is, and who typed this, if somebody else did."""
    assert room.floor.person is not None
    speaker = room.person(room.floor.person)
    typist = "" if by == speaker.id else room.person(by).name
    return {"speaker": str(speaker.id), "name": speaker.name, "by": str(by), "typist": typist}
