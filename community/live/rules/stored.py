"""The room as the row keeps it: plain JSON, and the same room again."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from community.core.media import Ceilings
from community.live.rules.room import (
    Ack,
    After,
    Ask,
    AskKind,
    Choice,
    Echo,
    Entry,
    Floor,
    Hidden,
    Holding,
    HoldReason,
    Idle,
    Mode,
    MovedOn,
    Offered,
    Order,
    Part,
    Person,
    Phase,
    Presence,
    Room,
    Spot,
    Status,
    Undo,
    Way,
    Wish,
)

_AS_IT_IS = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """Any frozen value of ours as JSON has it: fields by name, ids and instants as text."""
    kind: Any = type(value)
    return value if kind in _AS_IT_IS else _how(kind)(value)


@cache
def _how(kind: type) -> Callable[[Any], Any]:
    """How values of this kind become plain: found once, for the hundreds that a board holds."""
    if is_dataclass(kind):
        return _fields_of(kind)
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, datetime):
        return datetime.isoformat
    if issubclass(kind, UUID):
        return str
    if issubclass(kind, Mapping):
        return lambda value: {key: plain(each) for key, each in value.items()}
    if issubclass(kind, tuple | frozenset | list):
        return lambda value: [plain(each) for each in value]
    return lambda value: value


def _fields_of(kind: type) -> Callable[[Any], Any]:
    """Most fields are plain by their type, and aren’t looked at."""
    hints = get_type_hints(kind)
    names = tuple(each.name for each in fields(kind))
    others = [name for name in names if not _is_plain(hints[name])]
    all_of = attrgetter(*names, names[0])  # of one name alone it would be no tuple

    def by_name(value: Any) -> dict[str, Any]:
        found = dict(zip(names, all_of(value), strict=False))
        for name in others:
            found[name] = plain(found[name])
        return found

    return by_name


def _is_plain(hint: Any) -> bool:
    return _AS_IT_IS.issuperset(get_args(hint) if isinstance(hint, UnionType) else [hint])


def to_json(room: Room) -> dict[str, Any]:
    kept: dict[str, Any] = plain(room)
    return kept


def from_json(kept: Mapping[str, Any]) -> Room:
    """The room that `to_json` was given."""
    return Room(
        call_id=UUID(kept["call_id"]),
        phase=Phase(kept["phase"]),
        people=tuple(_person(each) for each in kept["people"]),
        queue=tuple(_entry(each) for each in kept["queue"]),
        floor=_floor(kept["floor"]),
        hold=HoldReason(kept["hold"]) if kept["hold"] else None,
        prompt=kept["prompt"],
        guide=kept["guide"],
        round=kept["round"],
        ordering=Order(kept["ordering"]),
        arranged=tuple(UUID(each) for each in kept["arranged"]),
        thanked=_id(kept["thanked"]),
        after=kept["after"] and _after(kept["after"]),
        echoes=tuple(_echo(each) for each in kept["echoes"]),
        undos=tuple(_undo(each) for each in kept["undos"]),
        moved_on=_moved_on(kept.get("moved_on")),  # of an older release: none
        lead=_id(kept["lead"]),
        asks=tuple(_ask(each) for each in kept["asks"]),
        hidden=tuple(_hidden(each) for each in kept.get("hidden", ())),  # of an older release: none
        choices=tuple(_choice(each) for each in kept["choices"]),
        rested_at=_instant(kept["rested_at"]),
        ends_at=_instant(kept["ends_at"]),
        closes_soon=kept["closes_soon"],
        typists=tuple(UUID(each) for each in kept["typists"]),
        ceilings=Ceilings(**kept.get("ceilings", {})),  # of an older release: without a server
        seed=kept.get("seed", ""),  # of an older release: none
        version=kept["version"],
        moved=kept["moved"],
        cut=kept.get("cut", 0),
        cuts=tuple(kept.get("cuts", ())),  # of an older release: none
    )


def _person(kept: Mapping[str, Any]) -> Person:
    return Person(
        id=UUID(kept["id"]),
        name=kept["name"],
        part=Part(kept["part"]),
        way=Way(kept["way"]),
        place=kept["place"],
        card=kept["card"],
        presence=Presence(kept["presence"]),
        away_since=_instant(kept["away_since"]),
        mic=kept["mic"],
        camera=kept["camera"],
        page=_id(kept["page"]),
        resting=kept["resting"],
        turns=kept["turns"],
        led_until=_instant(kept["led_until"]),
        must_knock=kept["must_knock"],
        comes_in_at=_instant(kept["comes_in_at"]),
        spot=Spot(kept["spot"]),
        hides_card=kept["hides_card"],
        quiet_after=kept.get("quiet_after", False),  # of an older release: words are welcome
        interprets_for=_id(kept["interprets_for"]),
        without_sound=kept.get("without_sound", False),  # of an older release: with it
    )


def _id(kept: str | None) -> UUID | None:
    return UUID(kept) if kept else None


def _instant(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _entry(kept: Mapping[str, Any]) -> Entry:
    return Entry(UUID(kept["person"]), Status(kept["status"]))


def _ask(kept: Mapping[str, Any]) -> Ask:
    return Ask(
        kept["number"],
        UUID(kept["person"]),
        AskKind(kept["kind"]),
        datetime.fromisoformat(kept["at"]),
        kept["opened"],
    )


def _hidden(kept: Mapping[str, Any]) -> Hidden:
    return Hidden(kept["number"], UUID(kept["writer"]), kept["since"], kept["shown"])


def _after(kept: Mapping[str, Any]) -> After:
    return After(kept["turn"], UUID(kept["person"]), Wish(kept["wish"]))


def _echo(kept: Mapping[str, Any]) -> Echo:
    ack = Ack(kept["ack"]) if kept["ack"] else None
    to, by = UUID(kept["to"]), UUID(kept["by"])
    return Echo(kept["number"], kept["turn"], to, by, ack, kept["arrives"])


def _choice(kept: Mapping[str, Any]) -> Choice:
    return Choice(UUID(kept["person"]), kept["ends"], datetime.fromisoformat(kept["at"]))


def _floor(kept: Mapping[str, Any]) -> Floor:
    if "mode" in kept:
        person, mode, wish = UUID(kept["person"]), Mode(kept["mode"]), Wish(kept["wish"])
        typist = _id(kept["typist"])
        return Holding(person, mode, wish, kept["paused"], kept["nudged"], typist)
    return Idle() if kept["person"] is None else Offered(UUID(kept["person"]))


def _undo(kept: Mapping[str, Any]) -> Undo:
    floor = kept["floor"] and _floor(kept["floor"])
    assert not isinstance(floor, Idle)
    return Undo(
        person=UUID(kept["person"]),
        way=Way(kept["way"]),
        mic=kept["mic"],
        entry=kept["entry"] and _entry(kept["entry"]),
        position=kept["position"],
        floor=floor,
    )


def _moved_on(kept: Mapping[str, Any] | None) -> MovedOn | None:
    if kept is None:
        return None
    return MovedOn(UUID(kept["by"]), _undo(kept["before"]), _entry(kept["entry"]))
