"""Drafts: what is kept of words that aren't sent yet. Pure.

A person has one draft in each place. Several windows may be open there, and each says which
draft its page began from (`seen`). The newest words are the draft; what another window had
written isn't lost but set beside it, as long as it isn't part of the newer words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from community.core.verdict import Reason

KEPT_FOR = timedelta(days=90)
DRAFT_MOST = 40_000  # four times what can be sent, so that too long a text can be made shorter
OVERTAKEN_MOST = 5

TOO_LONG = Reason(
    "too-long", "This is longer than we can keep. Please copy it to a safe place.", 422
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is writing: a reply, a change to a post, or (with neither) a new thread. Or
    beside a draft that was thrown away there, by its stamp."""

    thread_id: UUID | None = None
    post_id: UUID | None = None
    thrown: UUID | None = None

    @property
    def key(self) -> str:
        """One for each place."""
        if self.thrown:
            return f"thrown:{self.thrown}"
        if self.post_id:
            return f"post:{self.post_id}"
        return f"thread:{self.thread_id}" if self.thread_id else "new"


NEW_THREAD = Place()


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form: its words, and what was chosen beside them."""

    words: str
    title: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All its words as one text."""
        return "\n\n".join(part for part in (self.title, self.words) if part)


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft. `stamp` is new whenever it changes."""

    stamp: UUID
    typed: Typed
    overtaken: tuple[str, ...] = ()

    def seen_by(self, typed: Typed) -> UUID | None:
        """Which draft a window has after it saved this: none if the draft is another window's."""
        return self.stamp if self.typed.text == typed.text else None


def keep(kept: Kept | None, typed: Typed, seen: UUID | None, stamp: UUID) -> Kept | None:
    """The draft after a window has said what stands in it. Nothing in it: nothing is kept of it."""
    if not typed.text:
        return let_go(kept, typed, seen, stamp)
    if kept is None:
        return Kept(stamp, typed)
    if seen != kept.stamp and typed.text != kept.typed.text and typed.text in kept.typed.text:
        return kept  # a save that another one has overtaken: all of its words are there
    others = kept.overtaken if seen == kept.stamp else (*kept.overtaken, kept.typed.text)
    return Kept(stamp, typed, _without(others, typed.text))


def let_go(kept: Kept | None, sent: Typed, seen: UUID | None, stamp: UUID) -> Kept | None:
    """The draft after a window has sent its words, or has been emptied."""
    if kept is None:
        return None
    others = _without(kept.overtaken, sent.text)
    if seen != kept.stamp and kept.typed.text not in sent.text:
        return replace(kept, overtaken=others)  # these are another window's
    if not others:
        return None
    return Kept(stamp, Typed(others[-1]), others[:-1])


def is_emptied(kept: Kept | None, typed: Typed, after: Kept | None) -> bool:
    """Whether a window has emptied its box of what was the draft until then."""
    if kept is None or typed.text:
        return False
    return after is None or after.stamp != kept.stamp


def put_back(kept: Kept | None, thrown: Kept, stamp: UUID) -> Kept:
    """The draft with what was thrown away: where nothing is being written it is as it was, and
    otherwise it stands beside that."""
    if kept is None:
        return replace(thrown, stamp=stamp)
    others = (*kept.overtaken, *thrown.overtaken, thrown.typed.text)
    return replace(kept, overtaken=_without(others, kept.typed.text))


def _without(texts: Sequence[str], newer: str) -> tuple[str, ...]:
    """These texts, without what is in the newer one, and each once."""
    return tuple(dict.fromkeys(text for text in texts if text not in newer))[-OVERTAKEN_MOST:]
