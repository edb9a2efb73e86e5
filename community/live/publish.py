"""Commit, then tell: each person's page gets the circle as that person may see it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from community.core.db import scrub
from community.core.sockets import publish
from community.core.web import ports
from community.live import queries
from community.live.actions import Happened
from community.live.board import board_for
from community.live.cues import not_let_in_words, removed_words
from community.live.rules.room import Presence, heard
from community.live.rules.step import Ended, Heard, Removed, Told

Board = dict[str, Any]

WATCHING = frozenset(Presence) - {Presence.GONE, Presence.REMOVED}


def room_name(call_id: UUID, person: UUID) -> str:
    """The socket room of one person's pages in one circle."""
    return f"circle:{call_id}:{person}"


def tell(happened: Happened, now: datetime) -> dict[UUID, Board]:
    """Do what the machine said must be done outside, then show everybody how it is now.

    Gives back the boards that were shown, by person.
    """
    room = happened.room
    media = ports().media
    for effect in happened.effects:
        match effect:
            case Heard():
                media.floor(room.call_id, sorted(heard(room)))
            case Removed():
                media.remove(room.call_id, effect.person)
                told = removed_words(effect.why)
                publish(room_name(room.call_id, effect.person), "removed", told)
            case Told(code="not-admitted"):
                publish(room_name(room.call_id, effect.person), "removed", not_let_in_words())
            case Ended():
                media.close(room.call_id)
                for one in effect.people:
                    publish(room_name(room.call_id, one), "ended", {"call_id": str(room.call_id)})
                scrub()  # what was typed is deleted; now it leaves the files
    words = queries.words_of(room.call_id)
    watching = [person.id for person in room.people if person.presence in WATCHING]
    boards = {person: board_for(room, words, person, now) for person in watching}
    for person, board in boards.items():
        publish(room_name(room.call_id, person), "board", board)
    return boards
