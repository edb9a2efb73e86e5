"""The circle in words: what one person's page shows, and which press each place of it means.

A board is a snapshot put into the viewer's language. The first page is drawn from it by a
template, every later state by the script, into the same places; neither decides anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from community.core.drawing import seat_path
from community.live.cues import note_words, now_words, person_words, status_words, wish_words
from community.live.queries import Said
from community.live.rules.room import Mode, Part, Phase, Presence, Room, Way, Wish
from community.live.rules.view import Me, SeenEntry, SeenPerson, Snapshot, seen_by

Fields = Mapping[str, str | int]

ON_THE_LINE = frozenset({Presence.CONNECTED, Presence.RECONNECTING})


@dataclass(frozen=True, slots=True)
class Control:
    """One button. `key` is its place on the page, which never changes; the rest may."""

    key: str
    event: str
    text: str
    icon: str
    fields: Fields = field(default_factory=dict)
    main: bool = False
    suffix: str = ""  # for screen readers, so that no two buttons share a name


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the order."""

    id: str
    name: str
    initial: str
    icon: str
    status: str
    shape: str
    now: bool
    me: bool


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One person as a facilitator's desk lists them."""

    id: str
    name: str
    status: str
    card_words: str
    controls: Sequence[Control]
    removable: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Everything one page shows, for one viewer at one version."""

    version: int
    title: str
    cue: str
    lines: Sequence[Mapping[str, str]]
    note: str
    mine: bool
    order: Sequence[Row]
    speaking_seat: int | None
    turn: Sequence[Control]
    mic: Control
    rest: Sequence[Control]
    ways: Sequence[Control]
    leave: Control
    end: Control
    wishes: Sequence[Mapping[str, str]]
    words: Sequence[Mapping[str, str | bool]]
    desk: Sequence[DeskRow] | None
    connected: Sequence[str]  # to whom a page keeps a connection, also while their line is down
    heard: Sequence[str]
    me: str
    is_in: bool
    ask_again_in: float | None  # seconds, after which others may be asked whether to move on
    goes_to: str  # where the page goes when the circle is over for this person


def board_for(room: Room, words: Sequence[Said], viewer_id: UUID, now: datetime) -> dict[str, Any]:
    """The board of one viewer, as JSON has it. `Refused` for whoever may not see the circle."""
    seen = seen_by(room, viewer_id, now)
    names = {person.id: person.name for person in room.people}
    me = seen.me
    facilitates = me is not None and me.part is Part.FACILITATOR
    is_in = me is not None and me.presence is not Presence.KNOCKING
    cue, lines = now_words(seen, me)
    turn = _desk_turn(seen) if facilitates else _member_turn(seen, me)
    is_over = seen.phase is Phase.ENDED
    return asdict(
        Board(
            version=seen.version,
            title=cue,
            cue=cue,
            lines=lines,
            note=note_words(seen, viewer_id, names),
            mine=seen.floor.person == viewer_id,
            order=[_row(seen, entry) for entry in seen.order],
            speaking_seat=next(
                (n for n, entry in enumerate(seen.order) if entry.person == seen.floor.person),
                None,
            ),
            turn=turn,
            mic=_mic(me),
            rest=_rest(seen, facilitates),
            ways=_ways(seen),
            leave=Control("leave", "leave", _("Leave quietly"), "leave"),
            end=Control("end", "end", _("Yes, end it for everybody"), "leave"),
            wishes=[{"value": wish.value, "text": wish_words(wish)} for wish in Wish],
            words=[
                {
                    "id": str(said.id),
                    "name": _("You") if said.person == viewer_id else names.get(said.person, ""),
                    "text": said.words,
                    "mine": said.person == viewer_id,
                }
                for said in (words if is_in else ())
            ],
            desk=_desk(room, seen) if facilitates else None,
            connected=[str(person.id) for person in seen.people if person.presence in ON_THE_LINE],
            heard=[str(person) for person in seen.heard],
            me=str(viewer_id),
            is_in=is_in,
            ask_again_in=((seen.ask_again_at - now).total_seconds() if seen.ask_again_at else None),
            goes_to=url_for("live.thanks", call_id=room.call_id) if is_over else "",
        )
    )


def _row(seen: Snapshot, entry: SeenEntry) -> Row:
    icon, status = status_words(seen, entry)
    return Row(
        id=str(entry.person),
        name=_("You") if entry.is_me else entry.name,
        initial=entry.name[:1].upper(),
        icon=icon,
        status=status,
        shape=seat_path(entry.person),
        now=seen.floor.person == entry.person,
        me=entry.is_me,
    )


def _member_turn(seen: Snapshot, me: Me | None) -> list[Control]:
    """Four places that never move; only their words and icons change."""
    saw: Fields = {"seen": seen.version}
    mode = me.mode if me is not None else Mode.VOICE
    accept: Fields = {"mode": mode.value, **saw}
    mine = me is not None and seen.floor.person == me.id
    first = Control("turn-1", "accept", _("Not your turn yet"), "wait", accept)
    third = Control("turn-3", "later", _("Come back to me later"), "later", saw)
    typed: Fields = {"mode": Mode.TYPED.value, **saw}
    fourth = Control("turn-4", "accept", _("Type my share"), "text", typed)
    if mine and seen.floor.kind == "offered":
        icon = "mic" if mode is Mode.VOICE else "text"
        first = Control("turn-1", "accept", _("Start my turn"), icon, accept, main=True)
    elif mine:
        first = (
            Control("turn-1", "resume", _("Carry on"), "play", main=True)
            if seen.floor.paused
            else Control("turn-1", "pause", _("Take a moment"), "moment")
        )
        third = Control(
            "turn-3", "finish", _("I’ve finished"), "check", saw, main=not seen.floor.paused
        )
        fourth = (
            Control("turn-4", "set-mode", _("Speak instead"), "mic", {"mode": Mode.VOICE.value})
            if seen.floor.mode is not Mode.VOICE and me is not None and me.way is Way.VOICE
            else Control(
                "turn-4", "set-mode", _("Type instead"), "text", {"mode": Mode.TYPED.value}
            )
        )
    second = Control("turn-2", "pass", _("Pass this time"), "pass", saw)
    return [first, second, third, fourth]


def _desk_turn(seen: Snapshot) -> list[Control]:
    """A facilitator's places: the next step, who is next, and a pause for everybody."""
    saw: Fields = {"seen": seen.version}
    match seen.phase:
        case Phase.LOBBY:
            step = Control("turn-1", "start", _("Start the circle"), "play", main=True)
        case Phase.OPENING:
            fields: Fields = {"prompt": seen.prompt[:300], **saw}
            step = Control("turn-1", "begin-round", _("Begin the round"), "play", fields, main=True)
        case _:
            step = Control("turn-1", "say-goodbye", _("Say goodbye"), "hand", saw)
    pause = (
        Control("turn-3", "release", _("Carry on, all of us"), "play", main=True)
        if seen.hold
        else Control("turn-3", "hold", _("Pause the room"), "moment")
    )
    return [step, Control("turn-2", "move-on", _("Move on"), "pass", saw), pause]


def _mic(me: Me | None) -> Control:
    if me is not None and me.mic:
        return Control("mic", "mic-off", _("Microphone is on"), "mic")
    return Control("mic", "mic-on", _("Microphone is off"), "mic-off")


def _rest(seen: Snapshot, facilitates: bool) -> list[Control]:
    saw: Fields = {"seen": seen.version}
    rest = []
    if seen.can["take-back"] is None:
        rest.append(Control("take-back", "take-back", _("Take that back"), "later", saw))
    if not facilitates and seen.can["move-on"] is None:
        rest.append(Control("move-on", "move-on", _("Move on"), "pass", saw))
    has_floor = seen.me is not None and seen.floor.person == seen.me.id
    if seen.can["listen-only"] is None and not has_floor:  # then there are twelve stops (F89)
        rest.append(Control("listen", "listen-only", _("Just listen today"), "ear", saw))
    return rest


def _ways(seen: Snapshot) -> list[Control]:
    """Ways of equal size: to begin a turn with, or to go on in."""
    holds = seen.me is not None and seen.floor.kind == "holding" and seen.floor.person == seen.me.id
    event = "set-mode" if holds else "accept"
    saw: Fields = {} if holds else {"seen": seen.version}
    return [
        Control(f"way-{mode}", event, text, icon, {"mode": mode.value, **saw})
        for mode, text, icon in (
            (Mode.VOICE, _("Speak"), "mic"),
            (Mode.TYPED, _("Type it and show it"), "text2"),
            (Mode.SILENCE, _("Share silence"), "quiet"),
        )
    ]


def _desk(room: Room, seen: Snapshot) -> list[DeskRow]:
    """Who knocks, and then everybody else who is here."""
    knocking = [
        DeskRow(
            id=str(knocker.id),
            name=knocker.name,
            status=_("would like to come in"),
            card_words="",
            controls=[
                _about("admit", knocker.id, _("Let in"), "check", knocker.name, main=True),
                _about("refuse", knocker.id, _("Not this time"), "pass", knocker.name),
            ],
            removable=False,
        )
        for knocker in seen.knocking
    ]
    here = [_desk_row(room, seen, person) for person in seen.people if not person.is_me]
    return [*knocking, *here]


def _desk_row(room: Room, seen: Snapshot, person: SeenPerson) -> DeskRow:
    controls = []
    if person.can["mute"] is None:
        text = _("Close the microphone")
        controls.append(_about("mute", person.id, text, "mic-off", person.name))
    if person.can["offer"] is None:
        offer = _about("offer", person.id, _("Ask now"), "chev", person.name)
        controls.append(replace(offer, fields={**offer.fields, "seen": seen.version}))
    shown = room.person(person.id)
    return DeskRow(
        id=str(person.id),
        name=person.name,
        status=person_words(person),
        card_words=_("How to listen: “%(card)s”", card=shown.card) if shown.card else "",
        controls=controls,
        removable=person.can["remove"] is None,
    )


def _about(
    event: str, person: UUID, text: str, icon: str, name: str, main: bool = False
) -> Control:
    return Control(
        f"{event}-{person}", event, text, icon, {"person": str(person)}, main=main, suffix=name
    )
