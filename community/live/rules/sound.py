"""Without sound: somebody’s browser connects to no other, so nobody’s learns anything of theirs.

They read, type, pass and lead as before, and nothing of their place changes. It is their own press,
and lasts until another one of theirs.
"""

from dataclasses import replace

from community.live.rules.presses import SoundOff, SoundOn
from community.live.rules.room import Holding, Mode, Room


def change(room: Room, event: SoundOff | SoundOn) -> Room:
    is_off = isinstance(event, SoundOff)
    return room.with_person(replace(room.person(event.by), without_sound=is_off))


def only_with_sound(room: Room) -> Room:
    """Whoever is without it has no microphone on, and takes their spoken turn in writing."""
    for person in room.people:
        if person.without_sound and person.mic:
            room = room.with_person(replace(person, mic=False))
    floor = room.floor
    if not isinstance(floor, Holding) or floor.mode is not Mode.VOICE:
        return room
    typed = replace(floor, mode=Mode.TYPED)
    return replace(room, floor=typed) if room.person(floor.person).without_sound else room
