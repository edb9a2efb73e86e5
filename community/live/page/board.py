"""The circle in words: what one person's page shows, and which press each place of it means.

A board is a snapshot put into the viewer's language. The first page is drawn from it by a
template, every later state by the script, into the same places; neither decides anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from community.core.drawing import seat_path
from community.core.sentences import gettext as _
from community.live.page.captions import Captions, captions
from community.live.page.controls import (
    Control,
    camera,
    member_rest,
    member_turn,
    microphone,
    microphone_asks,
    more,
    send_prepared,
    stays_off,
    ways,
    wishes,
)
from community.live.page.cues import (
    asked_words,
    note_words,
    now_words,
    order_words,
    person_words,
    status_words,
    wish_words,
)
from community.live.page.desk import DeskRow, Line, desk, desk_rest, desk_turn, ends, lines
from community.live.page.echoes import Echoes, echoes
from community.live.page.eyes import Eyes, eyes
from community.live.page.happens import coming_words, happens
from community.live.page.steps import Leading, leading
from community.live.page.telling import tells
from community.live.queries import Prepared, Texts
from community.live.rules.room import WRITTEN, Part, Phase, Presence, Room, Wish
from community.live.rules.snapshot import Me, SeenEntry, SeenPerson, Snapshot
from community.live.rules.stored import plain
from community.live.rules.view import seen_by

ON_THE_LINE = frozenset({Presence.CONNECTED, Presence.RECONNECTING})

THE_LAST = 2**31 - 1
"""The version of every board of a circle that has ended: nothing comes after it."""

# How often a page without a line asks: a private line has to be there in two seconds.
FACILITATORS_ASK_EVERY, MEMBERS_ASK_EVERY = 1.5, 15


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
    card: str  # how to listen to them


@dataclass(frozen=True, slots=True)
class Written:
    """What I wrote before, while one press can send it."""

    words: str
    send: Control


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked of the facilitators, and whether they may have to ask elsewhere."""

    text: str
    in_vain: bool


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody inside, for the page to say how they are heard and seen on it."""

    id: str
    name: str
    status: str
    me: bool
    away: bool  # their line is down, so nothing is wrong with mine


@dataclass(frozen=True, slots=True)
class Board:
    """Everything one page shows, for one viewer at one version."""

    version: int
    cue: str
    lines: Sequence[Mapping[str, str]]
    note: str
    asked: Asked
    mine: bool
    writes: bool  # words can be sent now
    order: Sequence[Row]
    order_words: str  # while it is empty
    happens: Sequence[str]
    coming: str  # who is before whom in another round
    speaking_seat: int | None
    turn: Sequence[Control]
    mic: Control
    mic_asks: str  # before it opens while somebody else has the floor
    stays_off: str  # why my microphone does; a page says it and presses nothing
    camera: Control
    rest: Sequence[Control]
    more: Sequence[Control]
    ways: Sequence[Control]
    leave: Control
    ends: Sequence[Control]
    captions: Captions
    has_prepared: bool
    written: Written | None
    echoes: Echoes
    wishes: Sequence[Mapping[str, str]]  # to begin a turn with
    wish: Sequence[Control]  # in the middle of it
    words: Sequence[Mapping[str, str | bool]]
    desk: Sequence[DeskRow] | None
    leading: Leading | None
    private: Sequence[Line]  # to the facilitators, on their desk
    connected: Sequence[str]  # to whom a page keeps a connection, also while their line is down
    heard: Sequence[str]
    seen: Sequence[str]  # whose camera may be looked at
    here: Sequence[Here]
    me: str
    page: str  # the one page of mine that is active; the others ask whether to take over
    is_in: bool
    asks_every: float  # seconds, while a page has no line
    ask_again_in: float | None  # seconds, after which others may be asked whether to move on
    goes_to: str  # where the page goes when the circle is over for this person
    tells: Mapping[str, str]  # what is told apart from the page
    eyes: Eyes


def board_for(room: Room, texts: Texts, viewer_id: UUID, now: datetime) -> dict[str, Any]:
    """The board of one viewer, as JSON has it. `Refused` for whoever may not see the circle."""
    is_over = room.phase is Phase.ENDED
    if is_over:
        room = replace(room, version=THE_LAST)
    seen = seen_by(room, viewer_id, now)
    names = {person.id: person.name for person in room.people}
    me = seen.me
    facilitates = me is not None and me.part is Part.FACILITATOR
    is_in = me is not None and me.presence is not Presence.KNOCKING
    mine = texts.prepared.get(viewer_id)
    cue, below = now_words(seen, me)
    asked, written = Asked(*asked_words(seen)), _written(seen, mine)
    turn = desk_turn(seen, names) if facilitates else member_turn(seen, me)
    rest = desk_rest(seen, names) if facilitates else member_rest(seen)
    rare = [] if facilitates else more(seen)
    board: dict[str, Any] = plain(
        Board(
            version=seen.version,
            cue=cue,
            lines=below,
            note=note_words(seen, viewer_id, names),
            asked=asked,
            mine=seen.floor.person == viewer_id,
            writes=_writes(seen, me),
            order=[_row(seen, entry) for entry in seen.order],
            order_words=order_words(seen),
            happens=happens(seen),
            coming=coming_words(seen),
            speaking_seat=next(
                (n for n, entry in enumerate(seen.order) if entry.person == seen.floor.person),
                None,
            ),
            turn=turn,
            mic=microphone(seen),
            mic_asks=microphone_asks(seen),
            stays_off=stays_off(seen),
            camera=camera(me),
            rest=rest,
            more=rare,
            ways=ways(seen, mine),
            leave=Control("leave", "leave", _("Leave quietly"), "leave"),
            ends=ends() if facilitates else [],
            captions=captions(seen, viewer_id, names),
            has_prepared=mine is not None,
            written=written,
            echoes=echoes(seen, texts.replies),
            wishes=[{"value": wish.value, "text": wish_words(wish)} for wish in Wish],
            wish=wishes(seen),
            words=[
                {
                    "id": str(said.id),
                    "name": _("You") if said.person == viewer_id else names.get(said.person, ""),
                    "text": said.words,
                    "mine": said.person == viewer_id,
                    "aloud": said.aloud,
                }
                for said in (texts.said if is_in else ())
            ],
            desk=desk(room, seen) if facilitates else None,
            leading=leading(seen) if facilitates else None,
            private=lines(seen, texts.lines) if facilitates else [],
            connected=[str(person.id) for person in seen.people if person.presence in ON_THE_LINE],
            heard=[str(person) for person in seen.heard],
            seen=[str(person) for person in seen.seen],
            here=[_here(seen, person) for person in seen.people],
            me=str(viewer_id),
            page=str(me.page) if me is not None and me.page is not None else "",
            is_in=is_in,
            asks_every=FACILITATORS_ASK_EVERY if facilitates else MEMBERS_ASK_EVERY,
            ask_again_in=((seen.ask_again_at - now).total_seconds() if seen.ask_again_at else None),
            goes_to=url_for("live.thanks", call_id=room.call_id) if is_over else "",
            tells=tells(seen, me, names, cue, asked.text),
            eyes=eyes(
                seen,
                me,
                turn,
                [microphone(seen), *rest, *rare],
                None if written is None else written.send,
            ),
        )
    )
    return board


def _here(seen: Snapshot, person: SeenPerson) -> Here:
    return Here(
        id=str(person.id),
        name=_("You") if person.is_me else person.name,
        status=person_words(seen, person),
        me=person.is_me,
        away=person.presence is Presence.RECONNECTING,
    )


def _writes(seen: Snapshot, me: Me | None) -> bool:
    """In a typed turn; and at the end, whose turn was cut short."""
    mine = me is not None and seen.floor.person == me.id
    says_goodbye = me is not None and me.is_owed and seen.phase is Phase.GOODBYE
    return (mine and seen.floor.mode in WRITTEN) or says_goodbye


def _written(seen: Snapshot, prepared: Prepared | None) -> Written | None:
    if prepared is None or seen.can["send-prepared"] is not None:
        return None
    return Written(prepared.words, send_prepared(seen, prepared))


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
        card=_("How to listen: “%(card)s”", card=entry.card) if entry.card else "",
    )
