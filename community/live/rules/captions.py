"""Captions, and letters as they are typed: who may send them, and what gets through. Pure.

Nothing here is kept: the room knows who offers to type captions and whom the holder asked, never
a word of it. A line belongs to the turn of one speaker; whoever typed it, or the speaker, may send
it again by its number, and then it replaces the one before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from community.core.verdict import NOT_FOUND, Reason, Refused, Verdict, no
from community.live.rules.guards import not_on_hold, when
from community.live.rules.presses import AcceptCaptions, OfferCaptions, StopCaptions
from community.live.rules.room import INSIDE, Holding, Mode, Person, Phase, Presence, Room

LONGEST_CAPTION = 300
LONGEST_LETTERS = 2000  # of a whole share that is being typed
MOST_NUMBER = 9999

NOT_A_CAPTION = Reason("not-a-caption", "That couldn’t be shown as a caption.", 422)
NOT_ASKED = Reason(
    "not-asked", "Only whoever speaks, or whoever they asked, makes captions for a turn.", 409
)
NOT_SPOKEN = Reason("not-spoken", "Captions are for a turn by voice.", 409)
OFFERS_ALREADY = Reason("offers-already", "You offer to type captions already.", 409)
NO_OFFER = Reason("no-offer", "They don’t offer to type captions any more.", 409)
NO_CAPTIONS = Reason("no-captions", "Nobody types captions right now.", 409)


class How(StrEnum):
    """How a line came about. Automatic: on the speaker’s own device, by their own press."""

    AUTOMATIC = "automatic"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Caption:
    """One line of captions. `by` is whoever made it first, also when the speaker corrects it.
    Without words it is taken away."""

    number: int
    by: UUID
    how: How
    words: str


def typist(room: Room) -> UUID | None:
    """Whom the holder asked to type captions for this turn."""
    return room.floor.typist if isinstance(room.floor, Holding) else None


def may_offer(room: Room, me: Person) -> Verdict:
    """Anybody who is here may offer, once it has begun."""
    return when(me.id not in room.typists, OFFERS_ALREADY)


def may_accept(room: Room, me: Person, event: AcceptCaptions) -> Verdict:
    """The holder says whose offer they take, for this turn."""
    is_mine = isinstance(room.floor, Holding) and room.floor.person == me.id
    offered = event.person in room.typists and event.person != me.id
    return when(is_mine, NOT_ASKED) and when(offered, NO_OFFER)


def may_stop(room: Room, me: Person) -> Verdict:
    """The holder asks for no more of them; whoever offered takes the offer back."""
    ends = room.floor.person == me.id and typist(room) is not None
    return when(ends or me.id in room.typists, NO_CAPTIONS)


def change(room: Room, event: OfferCaptions | AcceptCaptions | StopCaptions) -> Room:
    """The room after one of these was pressed."""
    floor = room.floor
    match event:
        case OfferCaptions():
            return replace(room, typists=(*room.typists, event.by))
        case AcceptCaptions() if isinstance(floor, Holding):
            return replace(room, floor=replace(floor, typist=event.person))
    if isinstance(floor, Holding) and floor.person == event.by and floor.typist is not None:
        return replace(room, floor=replace(floor, typist=None))
    return replace(room, typists=tuple(each for each in room.typists if each != event.by))


def only_who_is_here(room: Room) -> Room:
    """An offer ends when whoever made it has left, and so does what was asked of them."""
    inside = {each.id for each in room.people if each.presence in INSIDE}
    typists = tuple(each for each in room.typists if each in inside)
    floor = room.floor
    if isinstance(floor, Holding) and floor.typist not in typists:
        floor = replace(floor, typist=None)
    return replace(room, typists=typists, floor=floor)


def may_caption(room: Room, sender: UUID, line: Caption) -> Verdict:
    """By the holder of a spoken turn, or whom they asked; automatically by the holder alone."""
    speaks = room.floor.person == sender
    is_theirs = line.by == sender or (speaks and _is_inside(room, line.by))
    return (
        _may_send(room, sender)
        and when(_mode(room) is Mode.VOICE, NOT_SPOKEN)
        and when(is_theirs and (speaks or line.how is How.TYPED), NOT_ASKED)
    )


def may_show_letters(room: Room, sender: UUID) -> Verdict:
    """The letters of a share that its writer types, or of captions."""
    is_written = _mode(room) is Mode.TYPED and room.floor.person == sender
    return _may_send(room, sender) and when(is_written or _mode(room) is Mode.VOICE, NOT_SPOKEN)


def _may_send(room: Room, sender: UUID) -> Verdict:
    known = room.find(sender)
    if known is None or known.presence is not Presence.CONNECTED or room.phase is Phase.ENDED:
        return no(NOT_FOUND)
    holds = isinstance(room.floor, Holding) and sender in (room.floor.person, room.floor.typist)
    return when(holds, NOT_ASKED) and not_on_hold(room)


def _mode(room: Room) -> Mode | None:
    return room.floor.mode if isinstance(room.floor, Holding) else None


def _is_inside(room: Room, person: UUID) -> bool:
    known = room.find(person)
    return known is not None and known.presence in INSIDE


def read_caption(payload: Mapping[str, Any], sender: UUID) -> Caption:
    """`{number, words, how}` and, to correct somebody else’s line, `by`. Nothing else."""
    if not {"number", "words", "how"} <= payload.keys() <= {"number", "words", "how", "by"}:
        raise Refused(NOT_A_CAPTION)
    number = payload["number"]
    if type(number) is not int or not 1 <= number <= MOST_NUMBER:
        raise Refused(NOT_A_CAPTION)
    try:
        how, by = How(payload["how"]), UUID(str(payload.get("by", sender)))
    except ValueError:
        raise Refused(NOT_A_CAPTION) from None
    return Caption(number, by, how, _words(payload["words"], LONGEST_CAPTION).strip())


def read_letters(payload: Mapping[str, Any]) -> str:
    """`{words}`: all that stands there now, and nothing else."""
    if payload.keys() != {"words"}:
        raise Refused(NOT_A_CAPTION)
    return _words(payload["words"], LONGEST_LETTERS)


def _words(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise Refused(NOT_A_CAPTION)
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused(NOT_A_CAPTION)
    return value
