"""The circle in words: what one person's page shows, and which press each place of it means.

A board is a snapshot put into the viewer's language. The first page is drawn from it by a
template, every later state by the script, into the same places; neither decides anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from community.core.drawing import seat_path
from community.live.controls import (
    Control,
    member_rest,
    member_turn,
    microphone,
    more,
    ways,
)
from community.live.cues import (
    asked_words,
    note_words,
    now_words,
    order_words,
    status_words,
    wish_words,
)
from community.live.desk import DeskRow, Line, desk, desk_rest, desk_turn, ends, lines
from community.live.queries import Texts
from community.live.rules.room import Mode, Part, Phase, Presence, Room, Wish
from community.live.rules.snapshot import Me, SeenEntry, Snapshot
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked of the facilitators, and whether they may have to ask elsewhere."""

    text: str
    in_vain: bool


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
    speaking_seat: int | None
    turn: Sequence[Control]
    mic: Control
    rest: Sequence[Control]
    more: Sequence[Control]
    ways: Sequence[Control]
    leave: Control
    ends: Sequence[Control]
    wishes: Sequence[Mapping[str, str]]
    words: Sequence[Mapping[str, str | bool]]
    desk: Sequence[DeskRow] | None
    private: Sequence[Line]  # to the facilitators, on their desk
    connected: Sequence[str]  # to whom a page keeps a connection, also while their line is down
    heard: Sequence[str]
    me: str
    page: str  # the one page of mine that is active; the others ask whether to take over
    is_in: bool
    asks_every: float  # seconds, while a page has no line
    ask_again_in: float | None  # seconds, after which others may be asked whether to move on
    goes_to: str  # where the page goes when the circle is over for this person


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
    cue, below = now_words(seen, me)
    return asdict(
        Board(
            version=seen.version,
            cue=cue,
            lines=below,
            note=note_words(seen, viewer_id, names),
            asked=Asked(*asked_words(seen)),
            mine=seen.floor.person == viewer_id,
            writes=_writes(seen, me),
            order=[_row(seen, entry) for entry in seen.order],
            order_words=order_words(seen),
            speaking_seat=next(
                (n for n, entry in enumerate(seen.order) if entry.person == seen.floor.person),
                None,
            ),
            turn=desk_turn(seen, names) if facilitates else member_turn(seen, me),
            mic=microphone(me),
            rest=desk_rest(seen, names) if facilitates else member_rest(seen),
            more=[] if facilitates else more(seen),
            ways=ways(seen),
            leave=Control("leave", "leave", _("Leave quietly"), "leave"),
            ends=ends() if facilitates else [],
            wishes=[{"value": wish.value, "text": wish_words(wish)} for wish in Wish],
            words=[
                {
                    "id": str(said.id),
                    "name": _("You") if said.person == viewer_id else names.get(said.person, ""),
                    "text": said.words,
                    "mine": said.person == viewer_id,
                }
                for said in (texts.said if is_in else ())
            ],
            desk=desk(room, seen) if facilitates else None,
            private=lines(seen, texts.lines) if facilitates else [],
            connected=[str(person.id) for person in seen.people if person.presence in ON_THE_LINE],
            heard=[str(person) for person in seen.heard],
            me=str(viewer_id),
            page=str(me.page) if me is not None and me.page is not None else "",
            is_in=is_in,
            asks_every=FACILITATORS_ASK_EVERY if facilitates else MEMBERS_ASK_EVERY,
            ask_again_in=((seen.ask_again_at - now).total_seconds() if seen.ask_again_at else None),
            goes_to=url_for("live.thanks", call_id=room.call_id) if is_over else "",
        )
    )


def _writes(seen: Snapshot, me: Me | None) -> bool:
    """In a typed turn; and at the end, whose turn was cut short."""
    mine = me is not None and seen.floor.person == me.id
    says_goodbye = me is not None and me.is_owed and seen.phase is Phase.GOODBYE
    return (mine and seen.floor.mode is Mode.TYPED) or says_goodbye


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
