"""The room as the row keeps it: JSON, and the same room again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from community.core.media import Ceilings
from community.core.ready import plain, write
from community.live.rules.room import (
    HERE,
    INSIDE,
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

_known = lru_cache(4096)(UUID)
"""The same few people come again with each press."""


def to_text(room: Room) -> str:
    return write(room).decode()


def from_text(kept: str) -> Room:
    """The room that `to_text` was given."""
    return from_json(orjson.loads(kept))


class Kept:
    """A room as its row says it, for whoever goes through all of them and means next to none: to
    put one together takes five times as long as to find in it who is there."""

    def __init__(self, kept: str) -> None:
        self._kept: Mapping[str, Any] = orjson.loads(kept)

    @property
    def room(self) -> Room:
        return from_json(self._kept)

    @property
    def call_id(self) -> UUID:
        return _known(self._kept["call_id"])

    @property
    def leading(self) -> Sequence[UUID]:
        """Who leads and is inside."""
        return [
            _known(each["id"])
            for each in self._kept["people"]
            if each["part"] == Part.FACILITATOR and each["presence"] in INSIDE
        ]

    @property
    def is_anybody_here(self) -> bool:
        """Somebody whose line isn’t down."""
        return any(each["presence"] in HERE for each in self._kept["people"])


def to_json(room: Room) -> dict[str, Any]:
    """The same as values."""
    kept: dict[str, Any] = plain(room)
    return kept


def from_json(kept: Mapping[str, Any]) -> Room:
    """The room that `to_json` was given."""
    return Room(
        call_id=_known(kept["call_id"]),
        phase=Phase(kept["phase"]),
        people=tuple(_person(each) for each in kept["people"]),
        queue=tuple(_entry(each) for each in kept["queue"]),
        floor=_floor(kept["floor"]),
        hold=HoldReason(kept["hold"]) if kept["hold"] else None,
        prompt=kept["prompt"],
        guide=kept["guide"],
        round=kept["round"],
        ordering=Order(kept["ordering"]),
        arranged=tuple(_known(each) for each in kept["arranged"]),
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
        starts_at=_instant(kept.get("starts_at")),  # of an older release: unknown
        ends_at=_instant(kept["ends_at"]),
        closes_soon=kept["closes_soon"],
        typists=tuple(_known(each) for each in kept["typists"]),
        ceilings=Ceilings(**kept.get("ceilings", {})),  # of an older release: without a server
        seed=kept.get("seed", ""),  # of an older release: none
        version=kept["version"],
        moved=kept["moved"],
        cut=kept.get("cut", 0),
        cuts=tuple(kept.get("cuts", ())),  # of an older release: none
    )


def _person(kept: Mapping[str, Any]) -> Person:
    return Person(
        id=_known(kept["id"]),
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
    return _known(kept) if kept else None


def _instant(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _entry(kept: Mapping[str, Any]) -> Entry:
    return Entry(_known(kept["person"]), Status(kept["status"]))


def _ask(kept: Mapping[str, Any]) -> Ask:
    return Ask(
        kept["number"],
        _known(kept["person"]),
        AskKind(kept["kind"]),
        datetime.fromisoformat(kept["at"]),
        kept["opened"],
    )


def _hidden(kept: Mapping[str, Any]) -> Hidden:
    return Hidden(kept["number"], _known(kept["writer"]), kept["since"], kept["shown"])


def _after(kept: Mapping[str, Any]) -> After:
    return After(kept["turn"], _known(kept["person"]), Wish(kept["wish"]))


def _echo(kept: Mapping[str, Any]) -> Echo:
    ack = Ack(kept["ack"]) if kept["ack"] else None
    to, by = _known(kept["to"]), _known(kept["by"])
    return Echo(kept["number"], kept["turn"], to, by, ack, kept["arrives"])


def _choice(kept: Mapping[str, Any]) -> Choice:
    return Choice(_known(kept["person"]), kept["ends"], datetime.fromisoformat(kept["at"]))


def _floor(kept: Mapping[str, Any]) -> Floor:
    if "mode" in kept:
        person, mode, wish = _known(kept["person"]), Mode(kept["mode"]), Wish(kept["wish"])
        typist = _id(kept["typist"])
        return Holding(person, mode, wish, kept["paused"], kept["nudged"], typist)
    return Idle() if kept["person"] is None else Offered(_known(kept["person"]))


def _undo(kept: Mapping[str, Any]) -> Undo:
    floor = kept["floor"] and _floor(kept["floor"])
    assert not isinstance(floor, Idle)
    return Undo(
        person=_known(kept["person"]),
        way=Way(kept["way"]),
        mic=kept["mic"],
        entry=kept["entry"] and _entry(kept["entry"]),
        position=kept["position"],
        floor=floor,
    )


def _moved_on(kept: Mapping[str, Any] | None) -> MovedOn | None:
    if kept is None:
        return None
    return MovedOn(_known(kept["by"]), _undo(kept["before"]), _entry(kept["entry"]))
