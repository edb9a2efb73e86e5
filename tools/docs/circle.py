"""The machine of the circle, told by trying it: every press by everybody, in every state that a
small cast can reach. An arrow in a diagram is something that has happened."""

import ast
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from itertools import product
from typing import Any, get_args
from uuid import UUID

from community.core.verdict import STALE
from community.live.rules import room as rooms
from community.live.rules.events import Event, Knock, Lost
from community.live.rules.leading import WordsPress
from community.live.rules.may import may
from community.live.rules.presses import FloorPress, Sure
from community.live.rules.room import Holding, Part, Room, Way
from community.live.rules.step import step
from community.live.rules.wire import wire_name
from tools.docs.code import functions, named, reasons, tree
from tools.docs.table import code, first_line, table

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=1)  # past every grace
HANA, _, BEN = CAST = tuple(UUID(int=number) for number in (1, 2, 3))
PAGE = UUID(int=7)
EVENTS: tuple[type[Any], ...] = get_args(Event)


@dataclass(frozen=True)
class Happened:
    """One event that was taken, with the room before and after it."""

    event: str
    before: Room
    after: Room


def _values(wanted: Field[Any], now: Room) -> list[Any]:
    """What one field of an event may be: everybody, or one choice of many that move alike."""
    kind = wanted.type
    if kind is UUID and wanted.name == "person":
        return [each.id for each in now.people]
    if kind is UUID:
        return list(CAST) if wanted.name == "by" else [PAGE]
    if kind is Sure:
        return list(Sure)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[:1]
    kinds: dict[object, object] = {
        int: now.version,
        datetime: LONG_AGO,
        frozenset[UUID]: frozenset(each.id for each in now.people),
    }
    return [kinds.get(kind, "words")]


def _tries(now: Room) -> Iterator[Any]:
    """Every event that anybody could send now. Ben has no seat yet: he knocks and waits."""
    for person in CAST:
        part = Part.FACILITATOR if person == HANA else Part.MEMBER
        yield Knock(person, "name", part, Way.VOICE, person.int, confirmed=person != BEN)
    for event in EVENTS:
        wanted = [e for e in fields(event) if e.default is MISSING or e.type is Sure]
        values = product(*(_values(each, now) for each in wanted))
        for chosen in values if event is not Knock else ():
            yield event(**{each.name: value for each, value in zip(wanted, chosen, strict=True)})


def _traits(now: Room) -> set[object]:
    """What is worth trying on with, wherever it is seen for the first time."""
    entries = {each.person: each.status for each in now.queue}
    floor, people = _floor(now)[""], frozenset((each.part, each.presence) for each in now.people)
    return {
        (now.phase, floor, people),
        (now.hold, people),
        (now.phase, floor, now.hold, frozenset(entries.values())),
    } | {
        (now.phase, each.presence, entries.get(each.id), now.floor.person == each.id, each.resting)
        for each in now.people
    }


@cache
def everything() -> tuple[Happened, ...]:
    """Whatever can happen to a facilitator, a member and somebody who knocks."""
    seen: set[object] = set()
    waiting, happened = deque([Room(call_id=UUID(int=9))]), []
    while waiting:
        now = waiting.popleft()
        for event in _tries(now):
            at = LONG_AGO if isinstance(event, Lost) else NOW
            if not may(now, event, at):
                continue
            after = step(now, event, at).room
            happened.append(Happened(wire_name(type(event)), now, after))
            if not (traits := _traits(after)) <= seen:
                seen |= traits
                waiting.append(after)
    return tuple(happened)


def _phase(now: Room) -> dict[str, str]:
    return {"": now.phase}


def _floor(now: Room) -> dict[str, str]:
    is_paused = isinstance(now.floor, Holding) and now.floor.paused
    return {"": "paused" if is_paused else type(now.floor).__name__.lower()}


def _hold(now: Room) -> dict[str, str]:
    return {"": now.hold or "going-on"}


def _presence(now: Room) -> dict[str, str]:
    return {str(each.id): each.presence for each in now.people}


def _turns(now: Room) -> dict[str, str]:
    return {str(each.person): each.status for each in now.queue}


def diagram(look: Callable[[Room], dict[str, str]]) -> str:
    """Every arrow that happened, with the events that made it. Outside is `[*]`."""
    arrows: dict[tuple[str, str], set[str]] = {}
    for each in everything():
        before, after = look(each.before), look(each.after)
        for who in before.keys() | after.keys():
            arrow = before.get(who, "[*]"), after.get(who, "[*]")
            if arrow[0] != arrow[1]:
                arrows.setdefault(arrow, set()).add(each.event)
    lines = [
        f"    {start.replace('-', '_')} --> {end.replace('-', '_')}: {', '.join(sorted(by))}"
        for (start, end), by in sorted(arrows.items())
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def guards() -> str:
    """Each event, what it means, and every reason for which it can be refused."""
    found: dict[str, dict[str, None]] = {wire_name(event): {} for event in EVENTS}
    for function in filter(is_guard, functions()):
        for case in ast.walk(tree(function)):
            if isinstance(case, ast.match_case):
                named_here = named(ast.Module(case.body, []), function.__globals__)
                codes = dict.fromkeys(why.code for why in reasons(named_here))
                for event in named(case.pattern, function.__globals__):
                    if event in EVENTS:
                        found[wire_name(event)] |= codes
    for event in EVENTS:
        if issubclass(event, FloorPress | WordsPress):
            found[wire_name(event)][STALE.code] = None
    return table(
        ("Event", "Means", "Refused with"),
        (
            (f"`{wire_name(event)}`", first_line(event.__doc__), code(found[wire_name(event)]))
            for event in EVENTS
        ),
    )


def is_guard(function: Callable[..., Any]) -> bool:
    """One of the functions that say whether an event may happen."""
    return function.__module__.startswith("community.live.rules.may")


def states() -> str:
    """The words that the machine knows, from its enums."""
    kinds = [each for each in vars(rooms).values() if isinstance(each, type)]
    enums = [each for each in kinds if issubclass(each, Enum) and each.__module__ == rooms.__name__]
    return table(
        ("Word", "Is one of", ""),
        ((f"`{each.__name__}`", code(each), _said(each)) for each in enums),
    )


def _said(kind: type) -> str:
    return first_line(kind.__dict__.get("__doc__"))


def graces() -> str:
    waits = {name: value for name, value in vars(rooms).items() if isinstance(value, timedelta)}
    return table(
        ("Grace", "Seconds"),
        ((f"`{name}`", f"{value.total_seconds():g}") for name, value in waits.items()),
    )


PARTS: Mapping[str, Callable[[], str]] = {
    "words": states,
    "phases": lambda: diagram(_phase),
    "floor": lambda: diagram(_floor),
    "holds": lambda: diagram(_hold),
    "presence": lambda: diagram(_presence),
    "turns": lambda: diagram(_turns),
    "guards": guards,
    "graces": graces,
}
