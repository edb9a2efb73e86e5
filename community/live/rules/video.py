"""Who may be seen. Only its owner opens a camera; it closes as soon as it may not be seen.

Where everybody's browser sends to everybody else's, pictures need a small circle. The ceilings are
those of the media that the circle began with, and count everybody in the room, facilitators too.
"""

from dataclasses import replace
from uuid import UUID

from community.core.verdict import YES, Verdict, no
from community.live.rules.guards import when
from community.live.rules.questions import is_in_turn
from community.live.rules.reasons import (
    CAMERA_IS_OFF,
    NO_PICTURE,
    NOT_STARTED,
    ON_HOLD,
    ONLY_THE_SPEAKER,
    STEPPED_AWAY,
    TOO_MANY_TO_SEE,
)
from community.live.rules.room import INSIDE, Part, Person, Phase, Presence, Room


def may_be_seen(room: Room, person: Person) -> Verdict:
    """In the smallest circles anybody, in larger ones whoever has the floor, with whoever
    interprets for them, else nobody."""
    here = room.once(_inside)
    if person.without_sound:
        return no(NO_PICTURE)
    if room.phase is Phase.LOBBY:
        return no(NOT_STARTED)
    if room.hold is not None and not person.facilitates:
        return no(ON_HOLD)
    if person.resting:
        return no(STEPPED_AWAY)
    if here <= room.ceilings.everybody_seen:
        return YES
    if here > room.ceilings.holder_seen:
        return no(TOO_MANY_TO_SEE)
    return when(is_in_turn(room, person), ONLY_THE_SPEAKER)


def _inside(room: Room) -> int:
    return sum(each.presence in INSIDE for each in room.people)


def is_smooth(room: Room, person: Person) -> bool:
    """Would their picture need every movement? Whoever has the floor may sign, and whoever
    interprets does: in the smallest circles there is room for it."""
    here = room.once(_inside)
    signs = person.part is Part.INTERPRETER or is_in_turn(room, person)
    return here <= room.ceilings.everybody_seen and signs


def visible(room: Room) -> frozenset[UUID]:
    """Who may be seen now. Decided here and nowhere else; everybody's receiver obeys it."""
    return room.once(_visible)


def _visible(room: Room) -> frozenset[UUID]:
    return frozenset(
        person.id
        for person in room.people
        if person.presence is Presence.CONNECTED and person.camera and may_be_seen(room, person)
    )


def camera(room: Room, person: UUID, *, on: bool) -> Room:
    return room.with_person(replace(room.person(person), camera=on))


def close_cameras(room: Room) -> Room:
    """Whatever may not be seen now is closed, and stays so until its owner opens it again."""
    for person in room.people:
        stays = person.presence in INSIDE and may_be_seen(room, person)
        if person.camera and not stays:
            room = camera(room, person.id, on=False)
    return room


def camera_is_on(person: Person | None) -> Verdict:
    return when(person is not None and person.camera, CAMERA_IS_OFF)
