"""The room as the row keeps it: plain JSON, and the same room again."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from community.live.rules.room import (
    Ask,
    AskKind,
    Choice,
    Entry,
    Floor,
    Holding,
    HoldReason,
    Idle,
    Mode,
    Offered,
    Part,
    Person,
    Phase,
    Presence,
    Room,
    Status,
    Undo,
    Way,
    Wish,
)


def plain(value: Any) -> Any:
    """Any frozen value of ours as JSON has it: fields by name, ids and instants as text."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
        case tuple() | frozenset():
            return [plain(each) for each in value]
        case _:
            return value


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
        thanked=_id(kept["thanked"]),
        undos=tuple(_undo(each) for each in kept["undos"]),
        lead=_id(kept["lead"]),
        asks=tuple(_ask(each) for each in kept["asks"]),
        choices=tuple(_choice(each) for each in kept["choices"]),
        rested_at=_instant(kept["rested_at"]),
        version=kept["version"],
        moved=kept["moved"],
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
        page=_id(kept["page"]),
        resting=kept["resting"],
        turns=kept["turns"],
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


def _choice(kept: Mapping[str, Any]) -> Choice:
    return Choice(UUID(kept["person"]), kept["ends"], datetime.fromisoformat(kept["at"]))


def _floor(kept: Mapping[str, Any]) -> Floor:
    if "mode" in kept:
        person, mode, wish = UUID(kept["person"]), Mode(kept["mode"]), Wish(kept["wish"])
        return Holding(person, mode, wish, kept["paused"], kept["nudged"])
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
