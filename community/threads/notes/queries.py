"""What readers chose, and what was suggested to authors. Every select of notes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select

from community.core.actor import Actor
from community.core.asking import Rows, made_once, some
from community.core.db import db
from community.threads.notes.models import NoteChoice, NoteSuggestion
from community.threads.notes.rules import Choices, NoteKind, Notes, Showing
from community.threads.rules.rows import ThreadRow

NOTHING_CHOSEN: Choices = MappingProxyType({})


def choices(actor: Actor) -> Choices:
    """What this person chose, where it isn’t what everybody begins with."""
    return {row.kind: row.showing for row in _choices(actor)}


@made_once
def _choices(actor: Actor) -> Rows:
    return select(NoteChoice.kind, NoteChoice.showing).where(NoteChoice.account_id == actor.id)


def choices_for(actor: Actor, shown: Iterable[Notes]) -> Choices:
    """The same for a page on which these notes stand. Nothing is asked where there are none."""
    return choices(actor) if any(shown) else NOTHING_CHOSEN


def suggested(posts: Iterable[UUID]) -> Mapping[UUID, Sequence[NoteKind]]:
    """What was suggested for these posts and isn’t answered. Ask first whose they are."""
    asked = list(posts)
    if not asked:
        return {}
    found: dict[UUID, list[NoteKind]] = defaultdict(list)
    for row in db.session.execute(_SUGGESTED, {"posts": asked}):
        found[row.post_id].append(row.kind)
    return {
        post_id: [each for each in NoteKind if each in kinds] for post_id, kinds in found.items()
    }


_SUGGESTED = select(NoteSuggestion.post_id, NoteSuggestion.kind).where(
    NoteSuggestion.post_id.in_(some("posts")), NoteSuggestion.answered_at.is_(None)
)


def as_met(actor: Actor, threads: list[ThreadRow]) -> list[ThreadRow]:
    """These threads of a list as this reader has chosen to meet them. A title is words as well."""
    chosen = choices_for(actor, (thread.notes for thread in threads))
    return [
        thread if thread.author_id == actor.id else _as_met(thread, thread.notes.showing(chosen))
        for thread in threads
    ]


def _as_met(thread: ThreadRow, showing: Showing) -> ThreadRow:
    return replace(thread, showing=showing, title="" if showing is Showing.HIDE else thread.title)
