"""The circle in words: what one person's page shows, and which press each place of it means.

A board is a snapshot put into the viewer's language. The first page is drawn from it by a
template, every later state by the script, into the same places; neither decides anything.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from flask import url_for

from community.core.ready import Ready, ready
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
    sound,
    stays_off,
    ways,
    wishes,
)
from community.live.page.cues import (
    listening_words,
    note_words,
    now_words,
    order_words,
    wish_words,
)
from community.live.page.desk import (
    DeskRow,
    Line,
    desk,
    desk_more,
    desk_rest,
    desk_turn,
    ends,
    lines,
)
from community.live.page.echoes import Echoes, echoes
from community.live.page.eyes import Eyes, eyes
from community.live.page.faces import Faces
from community.live.page.happens import happens
from community.live.page.steps import Leading, leading
from community.live.page.telling import tells
from community.live.page.waiting import asked_words
from community.live.queries import Prepared, Texts
from community.live.rules.alike import alike
from community.live.rules.reasons import LEADS_ALONE
from community.live.rules.room import WRITTEN, Part, Phase, Presence, Room, Wish
from community.live.rules.snapshot import Listener, Me, SeenPerson, Snapshot
from community.live.rules.view import seen_by

ON_THE_LINE = frozenset({Presence.CONNECTED, Presence.RECONNECTING})

THE_LAST = 2**31 - 1
"""The version of every board of a circle that has ended: nothing comes after it."""

# How often a page without a line asks: a private line has to be there in two seconds.
FACILITATORS_ASK_EVERY, MEMBERS_ASK_EVERY = 1.5, 15


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
class Board:
    """Everything else that one page shows at one version: the same for people who are alike."""

    version: int
    cue: str
    lines: Sequence[Mapping[str, str]]
    note: str
    asked: Asked
    mine: bool
    writes: bool  # words can be sent now
    order_words: str  # while it is empty
    happens: Sequence[str]
    speaking_seat: int | None
    turn: Sequence[Control]
    mic: Control
    mic_asks: str  # before it opens while somebody else has the floor
    stays_off: str  # why my microphone does; a page says it and presses nothing
    camera: Control
    sound: Control
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
    desk: Sequence[DeskRow] | None
    leading: Leading | None
    private: Sequence[Line]  # to the facilitators, on their desk
    is_read: bool  # a line to the facilitators, by another than whoever writes it
    listening: int  # so many people only listen, in a gathering, and aren’t named one by one
    listening_words: str
    listeners: Sequence[Listener]  # who they are, on a facilitator’s desk
    connected: Sequence[UUID]  # to whom a page keeps a connection, also while their line is down
    connects: bool  # does mine keep any?
    heard: Sequence[UUID]
    seen: Sequence[UUID]  # whose camera may be looked at
    smooth: bool  # my picture may show somebody who signs
    is_in: bool
    asks_every: float  # seconds, while a page has no line
    ask_again_in: float | None  # seconds, after which others may be asked whether to move on
    goes_to: str  # where the page goes when the circle is over for this person
    tells: Mapping[str, str]  # what is told apart from the page
    eyes: Eyes


def board_for(room: Room, texts: Texts, viewer_id: UUID, now: datetime) -> Ready:
    """The board of one viewer, as JSON has it: what `Board` and `Own` say, by their names.
    `Refused` for whoever may not see the circle."""
    return boards_for(room, texts, [viewer_id], now)[viewer_id]


def boards_for(
    room: Room, texts: Texts, viewers: Iterable[UUID], now: datetime
) -> dict[UUID, Ready]:
    """The board of each. What people who are alike see in the same words is drawn and written
    once."""
    if room.phase is Phase.ENDED:
        room = replace(room, version=THE_LAST)
    faces = Faces(room, texts.said)
    drawn: dict[Hashable, tuple[Snapshot, Ready]] = {}
    boards = {}
    for viewer_id in viewers:
        kind = viewer_id if viewer_id in texts.prepared else alike(room, viewer_id, now)
        if kind not in drawn:
            seen = seen_by(room, viewer_id, now)
            drawn[kind] = seen, ready(_board(room, texts, seen, viewer_id, now))
        seen, board = drawn[kind]
        boards[viewer_id] = board.beside(faces.own(viewer_id, seen))
    return boards


def _board(room: Room, texts: Texts, seen: Snapshot, viewer_id: UUID, now: datetime) -> Board:
    names = {person.id: person.name for person in room.people}
    me = seen.me
    facilitates = me is not None and me.part is Part.FACILITATOR
    mine = texts.prepared.get(viewer_id)
    cue, below = now_words(seen, me)
    asked, written = Asked(*asked_words(seen)), _written(seen, mine)
    turn = desk_turn(seen, names) if facilitates else member_turn(seen, me)
    rest = desk_rest(seen, names) if facilitates else member_rest(seen)
    rare = desk_more(seen) if facilitates else more(seen)
    mic = microphone(seen)
    return Board(
        version=seen.version,
        cue=cue,
        lines=below,
        note=note_words(seen, viewer_id, names),
        asked=asked,
        mine=seen.floor.person == viewer_id,
        writes=_writes(seen, me),
        order_words=order_words(seen),
        happens=happens(seen),
        speaking_seat=next(
            (n for n, entry in enumerate(seen.order) if entry.person == seen.floor.person),
            None,
        ),
        turn=turn,
        mic=mic,
        mic_asks=microphone_asks(seen),
        stays_off=stays_off(seen),
        camera=camera(me),
        sound=sound(me),
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
        desk=desk(room, seen) if facilitates else None,
        leading=leading(seen) if facilitates else None,
        private=lines(seen, texts.lines) if facilitates else [],
        is_read=seen.can["tell"] != LEADS_ALONE,
        listening=seen.listening,
        listening_words=listening_words(seen),
        listeners=seen.listeners,
        connected=[person.id for person in seen.people if _connects(person)],
        connects=me is not None and _connects(me),
        heard=seen.heard,
        seen=seen.seen,
        smooth=me is not None and me.is_smooth,
        is_in=me is not None and me.presence is not Presence.KNOCKING,
        asks_every=FACILITATORS_ASK_EVERY if facilitates else MEMBERS_ASK_EVERY,
        ask_again_in=((seen.ask_again_at - now).total_seconds() if seen.ask_again_at else None),
        goes_to=(url_for("live.thanks", call_id=room.call_id) if room.phase is Phase.ENDED else ""),
        tells=tells(seen, me, names, cue, asked.text),
        eyes=eyes(
            seen,
            me,
            turn,
            ways(seen, mine),
            [mic, *wishes(seen), *rest, *rare],
            None if written is None else written.send,
        ),
    )


def _connects(person: SeenPerson | Me) -> bool:
    return person.presence in ON_THE_LINE and not person.without_sound


def _writes(seen: Snapshot, me: Me | None) -> bool:
    """In a typed turn; and at the end, whose turn was cut short."""
    mine = me is not None and seen.floor.person == me.id
    says_goodbye = me is not None and me.is_owed and seen.phase is Phase.GOODBYE
    return (mine and seen.floor.mode in WRITTEN) or says_goodbye


def _written(seen: Snapshot, prepared: Prepared | None) -> Written | None:
    if prepared is None or seen.can["send-prepared"] is not None:
        return None
    return Written(prepared.words, send_prepared(seen, prepared))
