"""Everything that anybody could send to a circle, or the system could report: found, not listed.

Whoever adds an event has it tried here in every state, by everybody, about everybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from enum import StrEnum
from itertools import product
from random import Random
from typing import Any, get_args
from uuid import UUID

from community.live.rules.events import (
    Back,
    Became,
    Empty,
    Event,
    Knock,
    Lost,
    NobodyCame,
    Own,
    Restarted,
    Restored,
    Typed,
)
from community.live.rules.leading import (
    Ban,
    BeginClosingRound,
    GoBack,
    Lead,
    Offer,
    PartPress,
    Release,
    Remove,
    SayGoodbye,
    ShowWords,
    Unban,
)
from community.live.rules.may import may
from community.live.rules.presses import (
    Accept,
    Acknowledge,
    ComeBack,
    End,
    Finish,
    Later,
    MicOn,
    MoveOn,
    Pause,
    RaiseHand,
    Resume,
    Say,
    SendPrepared,
    SetMode,
    SetWish,
    Sure,
    TakeBack,
)
from community.live.rules.room import Part, Room, Way
from tests.live.pretend import (
    ANA,
    HANA,
    KENJI,
    LEE,
    NAMES,
    NOOR,
    NOW,
    OUTSIDER,
    STRANGER,
    TOM,
    Circle,
    knock,
)

TURN = (Accept, Finish, Later, TakeBack, Pause, Resume, SetMode, Say, MicOn, Release, Offer,
        RaiseHand, ComeBack, SetWish, SendPrepared, Acknowledge, MoveOn, GoBack)  # fmt: skip
"""What a turn is made of: most of an evening."""

LAST = (End, SayGoodbye, BeginClosingRound)
"""A circle that is over has little left to test."""

FAULTS = (Lost, Lost, Back, Back, Restarted, Restored, Became)
PRESSES: tuple[type[Event], ...] = tuple({*get_args(Own), *get_args(Lead), *get_args(Typed)})
EVENTS: tuple[type[Event], ...] = (*PRESSES, Knock, *FAULTS, Empty, NobodyCame)
"""All but `CalledOff`, with which each lobby would be over soon."""

OTHER = tuple(
    sorted(
        (each for each in EVENTS if each not in {*LAST, *TURN} or each is MicOn),
        key=lambda each: each.__name__,
    )
)


def page_of(person: UUID, number: int) -> UUID:
    """One of the pages that somebody has open."""
    return UUID(int=person.int * 1_000_000 + number)


def everybodys(kind: type[Any], room: Room, seen: int) -> list[Event]:
    """Every event of this kind that anybody could send, or the system could report."""
    match kind.__name__:
        case "Empty":
            return [Empty()]
        case "NobodyCame":
            return [NobodyCame(NOW), NobodyCame(NOW - timedelta(hours=3))]
        case "Restarted":
            held = [frozenset(NAMES), frozenset({HANA, ANA, STRANGER}), frozenset[UUID]()]
            return [Restarted(people) for people in held]
        case "Lost" | "Back":
            return [kind(by, page) for by in NAMES for page in [*_pages(by), None]]
        case "Became":
            leads = [Became(by, Part.FACILITATOR) for by in (HANA, KENJI, ANA)]
            leads_not = [Became(by, Part.MEMBER) for by in (HANA, KENJI, ANA)]
            out = [Became(by, None) for by in (KENJI, LEE, STRANGER)]
            return [*leads, *leads_not, *out, Became(STRANGER, Part.MEMBER, has_seat=True)]
        case "Restored":
            return [Restored(by) for by in room_out(room) or NAMES]  # of whom none is out
        case "Knock":
            return [_knock(by, way) for by in NAMES if by != OUTSIDER for way in Way]
        case "TakeDevice":
            return [kind(by, page) for by in NAMES for page in _pages(by)]
        case "HideWords":
            typed = {1: ANA, 2: TOM, 3: HANA}
            return [kind(by, seen, each, writer=typed[each]) for by in NAMES for each in typed]
        case _:
            sent = [kind(*given) for given in product(*_values(kind, room, seen))]
            if issubclass(kind, PartPress):
                return [replace(each, sure=sure) for each in sent for sure in Sure]
            return sent


def _knock(by: UUID, way: Way) -> Knock:
    """Everybody has a seat and a card, but for one who stands by."""
    stands_by = by == STRANGER
    return knock(
        by,
        way,
        confirmed=not stands_by,
        card="Give me a moment to begin.",
        comes_in_at=NOW + timedelta(minutes=1) if stands_by else None,
    )


def _pages(person: UUID) -> list[UUID]:
    return [page_of(person, number) for number in (1, 2)]


def _values(kind: type[Any], room: Room, seen: int) -> Iterable[list[Any]]:
    """What each field of a press may be."""
    for each in fields(kind):
        if each.kw_only:
            continue
        match each.name:
            case "by":
                yield list(NAMES)
            case "person":
                about = kind in (Remove, Ban, Unban)
                yield [LEE, HANA, NOOR, STRANGER, *room_out(room)] if about else list(NAMES)
            case "seen":
                yield [seen]
            case "number" if kind is ShowWords:
                yield [1, 2, 3]
            case "number":
                yield [ask.number for ask in room.asks] or [1]
            case _ if isinstance(each.type, type) and issubclass(each.type, StrEnum):
                yield list(each.type)
            case _:
                yield ["Why."]


def room_out(room: Room) -> list[UUID]:
    """Whoever was sent out once."""
    return [each.id for each in room.people if each.must_knock]


def an_evening(circle: Circle, chance: Random, kinds: Sequence[type[Event]]) -> Iterator[Event]:
    """Sixty times something of these kinds, if anybody may: each is given once it has happened."""
    for _ in range(60):
        sent = everybodys(chance.choice(kinds), circle.room, circle.room.version)
        if allowed := [each for each in sent if may(circle.room, each, circle.now)]:
            event = chance.choice(allowed)
            circle.happen(event).wait(seconds=chance.choice((1, 25)))
            yield event
