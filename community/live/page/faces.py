"""Everybody in a circle, in words: as the others see them, and as they see themselves."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict
from uuid import UUID

from flask import url_for

from community.core.drawing import seat_path
from community.core.sentences import gettext as _
from community.live.page.controls import Control
from community.live.page.cues import person_words, status_words
from community.live.page.happens import coming_words
from community.live.queries import Said
from community.live.rules.alike import NOBODY
from community.live.rules.hidden import is_hidden, may_hide, may_show
from community.live.rules.leading import HideWords, ShowWords
from community.live.rules.rehearsal import REHEARSAL
from community.live.rules.room import Entry, Person, Presence, Room
from community.live.rules.snapshot import SeenEntry, SeenPerson, Snapshot
from community.live.rules.stored import plain
from community.live.rules.view import entry_seen, order_of


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
class Here:
    """Somebody inside, for the page to say how they are heard and seen on it."""

    id: str
    name: str
    status: str
    me: bool
    away: bool  # their line is down, so nothing is wrong with mine


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody wrote in their turn; or in its place, without a name, that it is hidden."""

    id: str
    name: str
    text: str
    mine: bool
    aloud: bool
    hidden: bool = False
    note: str = ""  # to its writer
    hide_at: str = ""  # for whoever holds the call: the page where a press hides it
    which: str = ""  # so that no two presses share a name
    controls: Sequence[Control] = ()


Drawn = Mapping[str, Any]
"""One of these as JSON has it."""


class Own(TypedDict):
    """What a page says of its viewer, and of everybody beside them."""

    me: str
    page: str  # the one page of mine that is active; the others ask whether to take over
    order: Sequence[Drawn]
    coming: str  # who is before whom in another round
    here: Sequence[Drawn]
    words: Sequence[Drawn]


class Faces:
    """Each is put into words once for all who look at one version, and once for themselves."""

    def __init__(self, room: Room, said: Sequence[Said]) -> None:
        self._room, self._said = room, said
        self._order = order_of(room)
        self._places = {each.person: place for place, each in enumerate(self._order)}
        self._to_others: dict[Hashable, Sequence[Drawn]] = {}
        self._known: dict[Hashable, Drawn] = {}

    def own(self, viewer_id: UUID, seen: Snapshot) -> Own:
        """`seen` is what somebody sees who is like this viewer."""
        viewer = self._room.find(viewer_id)
        is_in = seen.me is not None and seen.me.presence is not Presence.KNOCKING
        return {
            "me": str(viewer_id),
            "page": str(viewer.page) if viewer is not None and viewer.page is not None else "",
            "order": self._rows(viewer, seen) if viewer is not None and is_in else [],
            "coming": coming_words(seen.coming, viewer_id),
            "here": self._here(viewer_id, seen),
            "words": self._words(viewer) if viewer is not None and is_in else [],
        }

    def _rows(self, viewer: Person, seen: Snapshot) -> Sequence[Drawn]:
        """As everybody reads it who is like this viewer, but for their own place."""
        key, others = ("order", viewer.facilitates), replace(viewer, id=NOBODY)
        if key not in self._to_others:
            self._to_others[key] = [self._row(each, others, seen) for each in self._order]
        rows, place = [*self._to_others[key]], self._places.get(viewer.id)
        if place is not None:
            rows[place] = self._row(self._order[place], viewer, seen)
        return rows

    def _row(self, entry: Entry, viewer: Person, seen: Snapshot) -> Drawn:
        row: Drawn = plain(_row(seen, entry_seen(self._room, entry, viewer)))
        return row

    def _here(self, viewer_id: UUID, seen: Snapshot) -> Sequence[Drawn]:
        """The same, of who is here; `seen` is one value for all who are alike."""
        key = ("here", id(seen))
        if key not in self._to_others:
            others = (replace(each, is_me=False) for each in seen.people)
            self._to_others[key] = [plain(_here(seen, each)) for each in others]
        here = [*self._to_others[key]]
        for place, each in enumerate(seen.people):
            if each.id == viewer_id:
                here[place] = plain(_here(seen, replace(each, is_me=True)))
        return here

    def _words(self, viewer: Person) -> Sequence[Drawn]:
        return [self._word(each, viewer) for each in self._said]

    def _word(self, said: Said, viewer: Person) -> Drawn:
        key = ("word", said.id, said.person == viewer.id, viewer.facilitates)
        return self._once(key, lambda: word(self._room, said, viewer))

    def _once(self, key: Hashable, draw: Callable[[], Word]) -> Drawn:
        if key not in self._known:
            self._known[key] = plain(draw())
        return self._known[key]


def word(room: Room, said: Said, viewer: Person) -> Word:
    """What was typed, as this person may read it, with what they may do about it."""
    writer, hidden = room.find(said.person), is_hidden(room, said.number)
    name = writer.name if writer is not None else ""
    which = f"{name} {said.number}"
    if said.person == viewer.id:
        note = _hidden_from_others() if hidden else ""
        return Word(str(said.id), _("You"), said.words, True, said.aloud, hidden, note)
    if hidden:
        text = _("What %(name)s typed here is hidden for now. Nothing else has changed.", name=name)
        shows = _shows(room, viewer, said.number, which) if viewer.facilitates else []
        return Word(str(said.id), "", text, False, False, hidden, which=which, controls=shows)
    hide_at = _hide_at(room, viewer, said) if viewer.facilitates else ""
    return Word(str(said.id), name, said.words, False, said.aloud, hide_at=hide_at, which=which)


def _hidden_from_others() -> str:
    return _(
        "Only you see these words now. A facilitator has hidden them from the others, and somebody "
        "who looks after the site reads them. Your turn and your place are as they were."
    )


def _hide_at(room: Room, viewer: Person, said: Said) -> str:
    press = HideWords(viewer.id, room.version, said.number, writer=said.person)
    if room.call_id == REHEARSAL or not may_hide(room, viewer, press):
        return ""
    return url_for("reports.hide_words", call_id=room.call_id, share_id=said.id)


def _shows(room: Room, viewer: Person, number: int, which: str) -> Sequence[Control]:
    if not may_show(room, viewer, ShowWords(viewer.id, room.version, number)):
        return []
    key, text = f"show-words-{number}", _("Show these words again")
    fields = {"seen": room.version, "number": number}
    return [Control(key, "show-words", text, "text2", fields, suffix=which)]


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


def _here(seen: Snapshot, person: SeenPerson) -> Here:
    return Here(
        id=str(person.id),
        name=_("You") if person.is_me else person.name,
        status=person_words(seen, person),
        me=person.is_me,
        away=person.presence is Presence.RECONNECTING,
    )
