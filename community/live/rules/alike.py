"""For whom the circle looks the same. Most people listen, and then one picture does for many."""

from collections.abc import Hashable
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from community.live.rules.echoes import said_by
from community.live.rules.guards import waits
from community.live.rules.questions import next_up
from community.live.rules.room import INSIDE, Holding, Part, Person, Room
from community.live.rules.snapshot import Me
from community.live.rules.view import about_me

_but_who = attrgetter(*{each.name for each in fields(Me)} - {"id", "name", "page", "card"})


def alike(room: Room, viewer_id: UUID, now: datetime) -> Hashable:
    """The same value for two people only if, but for who they are, each sees what the other does.

    Whoever has something of their own here is like nobody else: that is their id.
    """
    viewer = room.find(viewer_id)
    if viewer is None or _has_own(room, viewer, now):
        return viewer_id
    undoes = room.undo(viewer_id) is not None
    me, has_card = _but_who(about_me(room, viewer)), bool(viewer.card)
    return me, has_card, waits(room, viewer), undoes, said_by(room, viewer_id)


def _has_own(room: Room, viewer: Person, now: datetime) -> bool:
    """Do others see them in a part, or has anybody said anything to them or heard it from them?"""
    if viewer.part is not Part.MEMBER or viewer.presence not in INSIDE:
        return True
    floor, mine = room.floor, viewer.id
    return (
        mine in (floor.person, next_up(room, now), room.after and room.after.person)
        or (isinstance(floor, Holding) and mine == floor.typist)
        or mine in room.once(_interpreted)
        or any(each.to == mine for each in room.echoes)
        or mine in {each.person for each in room.asks}
        or mine in {each.person for each in room.choices}
    )


def _interpreted(room: Room) -> frozenset[UUID | None]:
    """For whom somebody interprets."""
    return frozenset(each.interprets_for for each in room.people)
