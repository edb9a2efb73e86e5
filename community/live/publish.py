"""Commit, then tell: each person's page gets the circle as that person may see it."""

from collections.abc import Set
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from community.core.db import scrub
from community.core.media import Path
from community.core.ready import Ready
from community.core.sockets import breathe, publish
from community.core.web import ports
from community.live import queries
from community.live.keys import key_of
from community.live.models import ERASED, PreparedShare
from community.live.page.board import boards_for
from community.live.page.cues import not_let_in_words, removed_words
from community.live.queries import Texts
from community.live.rules.effects import (
    Cut,
    DeviceLeft,
    Effect,
    Ended,
    Heard,
    NotAdmitted,
    OtherPeople,
    Removed,
    Seen,
)
from community.live.rules.may import may_watch
from community.live.rules.room import Phase, Room
from community.live.rules.signals import allowed, may_be_there
from community.live.rules.step import Step


def room_name(call_id: UUID, person: UUID) -> str:
    """The socket room of one person's pages in one circle."""
    return f"circle:{call_id}:{person}"


def page_name(call_id: UUID, person: UUID, page: UUID | None) -> str:
    """The socket room of one of these pages."""
    return f"page:{call_id}:{person}:{page}"


def tell(happened: Step, now: datetime) -> dict[UUID, Ready]:
    """Do what the machine said must be done outside, then show everybody how it is now.

    Gives back the boards that were shown, by person.
    """
    room = happened.room
    for effect in happened.effects:
        _do(effect, room)
    texts = Texts() if happened.wordless else queries.texts_of(room)
    watching = [person.id for person in room.people if may_watch(room, person.id)]
    boards = boards_for(room, texts, watching, now)
    for person, board in boards.items():
        publish(room_name(room.call_id, person), "board", board)
    breathe()  # they leave before whoever pressed is answered
    for effect in happened.effects:
        if isinstance(effect, Removed):  # everybody’s page has let go of them by now
            told = removed_words(effect.why)
            publish(room_name(room.call_id, effect.person), "removed", told)
    return boards


def _do(effect: Effect, room: Room) -> None:
    media = ports().media
    match effect:
        case Heard() if room.phase is not Phase.ENDED:
            media.floor(room.media_id, allowed(room))
            if room.gathers:
                _say_who_is_heard(room, effect.people)
        case Seen() if room.phase is not Phase.ENDED:
            media.floor(room.media_id, allowed(room))
        case OtherPeople() if media.path is Path.SERVER:
            publish(_connected(room), "key", asdict(key_of(room)))
        case Cut():
            if effect.person is not None:
                media.remove(effect.media_id, effect.person)
            media.close(effect.media_id)
        case NotAdmitted():
            publish(room_name(room.call_id, effect.person), "removed", not_let_in_words())
        case DeviceLeft():
            publish(page_name(room.call_id, effect.person, effect.page), "elsewhere", {})
        case Ended():
            for one in effect.people:
                publish(room_name(room.call_id, one), "ended", {"call_id": str(room.call_id)})
            scrub(*ERASED, PreparedShare)  # what was typed is deleted; now it leaves the files


def _say_who_is_heard(room: Room, heard: Set[UUID]) -> None:
    """In a gathering a voice waits for no drawing: its board, which says the same, comes after.
    The boards of a circle are there as soon, and to tell everybody twice takes longer."""
    said = {"version": room.version, "heard": sorted(map(str, heard))}
    publish(_connected(room), "heard", said)


def _connected(room: Room) -> list[str]:
    """The pages of everybody who may be connected."""
    return [room_name(room.call_id, each) for each in room.once(may_be_there)]
