"""What readers chose, and what was suggested to authors. Every select of notes."""

from collections.abc import Iterable, Sequence
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


def suggested(post_id: UUID) -> Sequence[NoteKind]:
    """What was suggested for this post and isn’t answered. Ask first whose it is."""
    found = {row.kind for row in db.session.execute(SUGGESTED, {"posts": [post_id]})}
    return [each for each in NoteKind if each in found]


SUGGESTED = select(NoteSuggestion.post_id, NoteSuggestion.kind).where(
    NoteSuggestion.post_id.in_(some("posts")), NoteSuggestion.answered_at.is_(None)
)


def as_met(actor: Actor, threads: list[ThreadRow]) -> list[ThreadRow]:
    """These threads of a list as this reader has chosen to meet them. A title is words as well."""
    if not any(thread.notes for thread in threads):
        return threads
    chosen = choices(actor)
    return [
        thread if thread.author_id == actor.id else _as_met(thread, thread.notes.showing(chosen))
        for thread in threads
    ]


def _as_met(thread: ThreadRow, showing: Showing) -> ThreadRow:
    title = "" if showing is Showing.HIDE else thread.title
    return thread._replace(showing=showing, title=title)
