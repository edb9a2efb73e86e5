"""A circle to try everything in, alone: the real machine, and people who are clearly pretend. Pure.

They do nothing by themselves. Each press of the one who rehearses may ask them for one press of
their own. Whoever rehearses takes part, or leads; what waits for them, waits.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from community.core.verdict import Reason
from community.live.rules import leading, presses
from community.live.rules.events import Event, Knock
from community.live.rules.may import may
from community.live.rules.room import (
    Ack,
    Holding,
    Idle,
    Mode,
    Offered,
    Part,
    Phase,
    Room,
    Way,
    Wish,
)
from community.live.rules.step import step

REHEARSAL = UUID("00000000-0000-8000-8000-000000000000")
"""The call that no row has."""

HANA, ANA, BEN, NOOR = (UUID(f"00000000-0000-8000-8000-00000000000{n}") for n in (1, 2, 3, 4))
"""Hana leads, unless somebody rehearses that. Then Noor comes, who has no seat, and passes."""

MEMBERS = frozenset({ANA, BEN, NOOR})
TYPES = frozenset({BEN})
PASSES = frozenset({NOOR})

LOST = Reason(
    "rehearsal-lost",
    "We couldn’t go on with that rehearsal. Nothing of yours is lost: it was all pretend. Begin a "
    "new one.",
    422,
)


def begin(me: Knock, pretend: Sequence[Knock], prompt: str, now: datetime) -> Room:
    """Everybody is in the lobby or at its door, in the order of their turns."""
    room = Room(call_id=REHEARSAL, prompt=prompt)
    for knock in sorted((me, *pretend), key=lambda each: each.place):
        room = step(room, knock, now).room
    return room


def pretend(person: UUID, name: str, card: str | None = None) -> Knock:
    """Somebody who isn't there. Ana comes first, so that there is something to see before."""
    place = {HANA: 0, ANA: 1, BEN: 3, NOOR: 4}[person]
    part = Part.MEMBER if person in MEMBERS else Part.FACILITATOR
    way = Way.TEXT if person in TYPES else Way.VOICE
    return Knock(person, name, part, way, place, confirmed=person != NOOR, card=card)


def member(person: UUID, name: str, way: Way) -> Knock:
    """Whoever rehearses to take part: between two pretend turns comes their own."""
    return Knock(person, name, Part.MEMBER, way, place=2, confirmed=True)


def facilitator(person: UUID, name: str) -> Knock:
    """Whoever rehearses to lead."""
    return Knock(person, name, Part.FACILITATOR, Way.VOICE, place=0, confirmed=True)


def next_press(room: Room, me: UUID, wrote: bool, now: datetime) -> Event | None:
    """What somebody pretend does next; None while everybody waits for whoever rehearses, or it is
    over. `wrote` says that whoever types has shown their words."""
    if room.floor.person == me:
        return None
    ideas = (*_turn(room, wrote), *_reach_out(room), *_lead(room))
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
    seen = room.version
    match room.floor:
        case Offered(person) if person in PASSES:
            yield presses.Pass(person, seen)
        case Offered(person):
            mode = Mode.TYPED if person in TYPES else Mode.VOICE
            yield presses.Accept(person, seen, mode, Wish.REFLECTION)
        case Holding(person, mode):
            if mode is Mode.TYPED and not wrote:
                yield presses.Say(person)
            yield presses.Finish(person, seen)


def _reach_out(room: Room) -> Iterator[Event]:
    """While nobody pretend leads: one of them needs a facilitator, and one has more to say."""
    if room.find(HANA) is not None or room.floor != Idle():
        return
    if room.phase is Phase.ROUND and not any(ask.person == BEN for ask in room.asks):
        yield presses.Help(BEN)
    if room.entry(ANA) is None:
        yield presses.RaiseHand(ANA)


def _lead(room: Room) -> Iterator[Event]:
    """Of whoever isn’t there, the machine takes none of it."""
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
            yield leading.SayClosing(HANA)
            yield leading.BeginClosingRound(HANA, seen)
        case Phase.CLOSING_ROUND:
            yield leading.SayGoodbye(HANA, seen)
        case _:
            pass
