"""A circle to try everything in, alone: the real machine, and people who are clearly pretend. Pure.

They do nothing by themselves. Each press of the member's may ask them for one press of their own,
and while the floor is the member's they wait.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from community.core.verdict import Reason
from community.live.rules import leading, presses
from community.live.rules.events import Event, Knock
from community.live.rules.may import may
from community.live.rules.room import Ack, Holding, Idle, Mode, Part, Phase, Room, Way, Wish
from community.live.rules.step import step

REHEARSAL = UUID("00000000-0000-8000-8000-000000000000")
"""The call that no row has."""

HANA, ANA, BEN = (UUID(f"00000000-0000-8000-8000-00000000000{n}") for n in (1, 2, 3))

LOST = Reason(
    "rehearsal-lost",
    "We couldn’t go on with that rehearsal. Nothing of yours is lost: it was all pretend. Begin a "
    "new one.",
    422,
)

PRETEND = {HANA: Part.FACILITATOR, ANA: Part.MEMBER, BEN: Part.MEMBER}
TYPES = frozenset({BEN})


def begin(me: Knock, pretend: tuple[Knock, ...], prompt: str, now: datetime) -> Room:
    """Everybody is in the lobby: between two pretend turns comes the member's own."""
    room = Room(call_id=REHEARSAL, prompt=prompt)
    for knock in sorted((me, *pretend), key=lambda each: each.place):
        room = step(room, knock, now).room
    return room


def pretend(person: UUID, name: str, card: str | None = None) -> Knock:
    """Somebody who isn't there. The member comes second: there is something to see first."""
    place = {HANA: 0, ANA: 1, BEN: 3}[person]
    way = Way.TEXT if person in TYPES else Way.VOICE
    return Knock(person, name, PRETEND[person], way, place, confirmed=True, card=card)


def member(person: UUID, name: str, way: Way) -> Knock:
    """Whoever rehearses."""
    return Knock(person, name, Part.MEMBER, way, place=2, confirmed=True)


def next_press(room: Room, me: UUID, wrote: bool, now: datetime) -> Event | None:
    """What somebody pretend does next; None while everybody waits for the member, or it is over.

    `wrote` says that whoever types has shown their words.
    """
    if room.floor.person == me:
        return None
    ideas = (*_turn(room, wrote), *_lead(room))
    return next((each for each in ideas if may(room, each, now)), None)


def answered(room: Room, me: UUID, now: datetime) -> Room:
    """The pretend facilitator has opened what the member asked of her, and after the member’s turn
    somebody has said a word to them. None of it moves the floor."""
    answers: list[Event] = [leading.Opened(HANA, ask.number) for ask in room.asks]
    for answer in (*answers, presses.Acknowledge(ANA, me, Ack.HEAR_YOU)):
        if may(room, answer, now):
            room = step(room, answer, now).room
    return room


def _turn(room: Room, wrote: bool) -> Iterator[Event]:
    if isinstance(room.floor, Idle):
        return
    person, seen = room.floor.person, room.version
    if isinstance(room.floor, Holding):
        if room.floor.mode is Mode.TYPED and not wrote:
            yield presses.Say(person)
        yield presses.Finish(person, seen)
    else:
        mode = Mode.TYPED if person in TYPES else Mode.VOICE
        yield presses.Accept(person, seen, mode, Wish.REFLECTION)


def _lead(room: Room) -> Iterator[Event]:
    seen = room.version
    for entry in room.queue:
        yield leading.Offer(HANA, seen, entry.person)
    match room.phase:
        case Phase.LOBBY:
            yield leading.Start(HANA)
        case Phase.OPENING:
            yield leading.ReadGuidelines(HANA, seen)
        case Phase.GUIDELINES:
            yield leading.BeginRound(HANA, seen, room.prompt)
        case Phase.ROUND:
            yield leading.OpenFloor(HANA, seen)
        case Phase.OPEN_FLOOR:
            yield leading.SayGoodbye(HANA, seen)
        case _:
            pass
