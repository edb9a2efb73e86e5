"""Everybody in a circle, in words: as the others see them, and as they see themselves."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict
from uuid import UUID

from flask import url_for

from community.core.drawing import seat_path
from community.core.ready import Ready, ready, ready_list
from community.core.sentences import gettext as _
from community.live.page.controls import Control
from community.live.page.cues import person_words, status_words
from community.live.page.happens import coming_words
from community.live.queries import Said
from community.live.rules.hidden import is_hidden, may_hide, may_show
from community.live.rules.leading import HideWords, ShowWords
from community.live.rules.rehearsal import REHEARSAL
from community.live.rules.room import Person, Presence, Room
from community.live.rules.snapshot import SeenEntry, SeenPerson, Snapshot
from community.live.rules.view import (
    entry_seen,
    inside,
    order_of,
    people_to_members,
    places,
    to_others,
)


class Row(TypedDict):
    """One person in the order."""

    id: UUID
    name: str
    initial: str
    icon: str
    status: str
    shape: str
    now: bool
    me: bool
    card: str  # how to listen to them


class Here(TypedDict):
    """Somebody inside, for the page to say how they are heard and seen on it."""

    id: UUID
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


class Own(TypedDict):
    """What a page says of its viewer, and of everybody beside them."""

    me: UUID
    page: UUID | str  # the one page of mine that is active; the others ask whether to take over
    order: Ready
    coming: str  # who is before whom in another round
    here: Ready
    words: Ready


class Faces:
    """Each is put into words once for all who look at one version, and once for themselves."""

    def __init__(self, room: Room, said: Sequence[Said]) -> None:
        self._room, self._said = room, said
        self._to_others: dict[Hashable, Sequence[Ready]] = {}
        self._known: dict[Hashable, Ready] = {}

    def own(self, viewer_id: UUID, seen: Snapshot) -> Ready:
        """`seen` is what somebody sees who is like this viewer."""
        viewer = self._room.find(viewer_id)
        is_in = seen.me is not None and seen.me.presence is not Presence.KNOCKING
        own: Own = {
            "me": viewer_id,
            "page": (viewer and viewer.page) or "",
            "order": ready_list(self._rows(viewer, seen) if viewer is not None and is_in else ()),
            "coming": coming_words(seen.coming, viewer_id),
            "here": ready_list(self._here(viewer_id, seen)),
            "words": ready_list(self._words(viewer) if viewer is not None and is_in else ()),
        }
        return ready(own)

    def _rows(self, viewer: Person, seen: Snapshot) -> Sequence[Ready]:
        """As everybody reads it who is like this viewer, but for their own place."""
        key, room = ("order", viewer.facilitates), self._room
        if key not in self._to_others:
            self._to_others[key] = [_row(seen, each) for each in to_others(room, viewer)]
        rows, place = [*self._to_others[key]], room.once(places).get(viewer.id)
        if place is not None:
            rows[place] = _row(seen, entry_seen(room, order_of(room)[place], viewer))
        return rows

    def _here(self, viewer_id: UUID, seen: Snapshot) -> Sequence[Ready]:
        """The same, of who is here: whoever interprets for somebody is “yours” to that person."""
        if not seen.people:
            return []
        if "here" not in self._to_others:
            others = replace(seen, people=self._room.once(people_to_members))
            self._to_others["here"] = [_here(others, each, is_me=False) for each in others.people]
        here = [*self._to_others["here"]]
        for place in self._room.once(_whose).get(viewer_id, ()):
            each = seen.people[place]
            here[place] = _here(seen, each, is_me=each.id == viewer_id)
        return here

    def _words(self, viewer: Person) -> Sequence[Ready]:
        return [self._word(each, viewer) for each in self._said]

    def _word(self, said: Said, viewer: Person) -> Ready:
        key = (said.id, said.person == viewer.id, viewer.facilitates)
        if key not in self._known:
            self._known[key] = ready(word(self._room, said, viewer))
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


def _row(seen: Snapshot, entry: SeenEntry) -> Ready:
    icon, status = status_words(seen, entry)
    row = Row(
        id=entry.person,
        name=_("You") if entry.is_me else entry.name,
        initial=entry.name[:1].upper(),
        icon=icon,
        status=status,
        shape=seat_path(entry.person),
        now=seen.floor.person == entry.person,
        me=entry.is_me,
        card=_("How to listen: “%(card)s”", card=entry.card) if entry.card else "",
    )
    return ready(row)


def _whose(room: Room) -> Mapping[UUID, Sequence[int]]:
    """Of those who are here: where each person is, and whoever interprets for them."""
    found: dict[UUID, list[int]] = defaultdict(list)
    for place, each in enumerate(room.once(inside)):
        found[each.id].append(place)
        if each.interprets_for is not None:
            found[each.interprets_for].append(place)
    return found


def _here(seen: Snapshot, person: SeenPerson, *, is_me: bool) -> Ready:
    here = Here(
        id=person.id,
        name=_("You") if is_me else person.name,
        status=person_words(seen, person),
        me=is_me,
        away=person.presence is Presence.RECONNECTING,
    )
    return ready(here)
