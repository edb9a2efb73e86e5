"""Captions on one person's page: who types them, who offers to, and which press means what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from community.core.sentences import gettext as _
from community.live.page.controls import Control
from community.live.rules.room import Mode
from community.live.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Captions:
    """What a page shows of them beside the lines, which come from page to page."""

    turn: str  # whose turn they are of, and how it goes; letters of another one are gone
    told: str  # who types them; to the holder, who offers to
    answers: Sequence[Control]  # to an offer, and the end of it
    offer: Sequence[Control]  # to type them for others
    speaks: bool  # this is my spoken turn: I may correct each line, or have them made here
    types: bool  # I may send lines
    letters: bool  # I may show letters as I type them


def captions(seen: Snapshot, viewer_id: UUID, names: Mapping[UUID, str]) -> Captions:
    """What this person’s page shows of them now."""
    floor = seen.floor
    holds = floor.kind == "holding"
    mine = holds and floor.person == viewer_id
    speaks, spoken = mine and floor.mode is Mode.VOICE, holds and floor.mode is Mode.VOICE
    types = speaks or (spoken and floor.typist == viewer_id)
    return Captions(
        turn=f"{floor.person}:{floor.mode}" if holds else "",
        told=_told(seen, viewer_id, names),
        answers=_answers(seen, names) if mine else [],
        offer=_offer(seen, mine=mine),
        speaks=speaks,
        types=types,
        letters=types or (mine and floor.mode is Mode.TYPED),
    )


def _told(seen: Snapshot, viewer_id: UUID, names: Mapping[UUID, str]) -> str:
    typist, speaker = seen.floor.typist, seen.floor.name or ""
    said = []
    if typist == viewer_id and typist is not None:
        said.append(_("You type captions for %(name)s.", name=speaker))
    elif typist is not None and seen.floor.person == viewer_id:
        said.append(_("%(name)s types captions for you.", name=names[typist]))
    elif typist is not None:
        said.append(
            _("%(typist)s types captions for %(name)s.", typist=names[typist], name=speaker)
        )
    elif seen.me is not None and seen.me.offers_captions:
        said.append(_("You offer to type captions. Whoever speaks says if they’d like them."))
    said += [
        _("%(name)s offers to type captions for you.", name=names[each]) for each in seen.typists
    ]
    return " ".join(said)


def _answers(seen: Snapshot, names: Mapping[UUID, str]) -> list[Control]:
    answers = [
        Control(
            f"accept-captions-{each}",
            "accept-captions",
            _("Yes, %(name)s types them", name=names[each]),
            "text2",
            {"person": str(each)},
        )
        for each in seen.typists
    ]
    if seen.floor.typist is not None:
        text = _("No more typed captions")
        answers.append(Control("stop-captions", "stop-captions", text, "pass"))
    return answers


def _offer(seen: Snapshot, *, mine: bool) -> list[Control]:
    if mine:
        return []
    if seen.can["offer-captions"] is None:
        text = _("Offer to type captions")
        return [Control("offer-captions", "offer-captions", text, "text2")]
    if seen.can["stop-captions"] is None:
        text = _("Take back my offer to type captions")
        return [Control("offer-captions", "stop-captions", text, "later")]
    return []
