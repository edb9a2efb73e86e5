"""Content notes: what stands before words that may be hard to read. Pure.

    by its author     while they write, or later; they can take them away again
    by a moderator    stays: the author is told, with the reason
    by a reader       only suggested, to the author alone; nobody keeps who it was

Each reader chooses, for each kind, whether the words are shown, wait behind a press or are out of
sight. What is closest about a post decides how it meets its reader.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, STALE, YES, Verdict, no
from community.core.words import said
from community.groups.rules import may_see_inside
from community.threads.rules.posts import Written


class NoteKind(StrEnum):
    """What words may be about. The value is kept for ever; the label may be worded better."""

    SURGERY = "surgery"
    SUICIDE = "suicide"
    PAIN = "pain"
    TRAUMA = "trauma"
    LOSS = "loss"
    PREGNANCY = "pregnancy"
    FOOD = "food"
    HOSPITAL = "hospital"
    FLASHING = "flashing"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Mapping[NoteKind, str] = MappingProxyType(
    {
        NoteKind.SURGERY: said("Surgery or needles"),
        NoteKind.SUICIDE: said("Thoughts of suicide"),
        NoteKind.PAIN: said("Pain"),
        NoteKind.TRAUMA: said("Medical trauma"),
        NoteKind.LOSS: said("Loss"),
        NoteKind.PREGNANCY: said("Pregnancy loss"),
        NoteKind.FOOD: said("Weight or food"),
        NoteKind.HOSPITAL: said("Hospital"),
        NoteKind.FLASHING: said("Flashing pictures or video"),
    }
)


class Showing(StrEnum):
    """How words under a note meet a reader, the most open way first."""

    SHOW = "show"
    COLLAPSE = "collapse"
    HIDE = "hide"

    @property
    def rank(self) -> int:
        return list(Showing).index(self)


Choices = Mapping[NoteKind, Showing]
"""What somebody chose. A kind that isn’t in it waits behind a press."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of one post: its author’s own, and those that a moderator added."""

    own: frozenset[NoteKind] = frozenset()
    added: frozenset[NoteKind] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.own or self.added)

    @property
    def kinds(self) -> Sequence[NoteKind]:
        """All of them, in the order of the list."""
        return [kind for kind in NoteKind if kind in self.own | self.added] if self else []

    def showing(self, choices: Choices) -> Showing:
        """How these words meet somebody with these choices: the most careful of them."""
        chosen = (choices.get(kind, Showing.COLLAPSE) for kind in self.kinds)
        return max(chosen, key=lambda way: way.rank, default=Showing.SHOW)

    def with_own(self, kinds: Iterable[NoteKind]) -> "Notes":
        """With these as the author’s, and no others of theirs."""
        return replace(self, own=frozenset(kinds))

    def with_added(self, kinds: Iterable[NoteKind]) -> "Notes":
        """With these as the moderators’, and no others of theirs."""
        return replace(self, added=frozenset(kinds))

    def __str__(self) -> str:
        """As a row keeps them: `pain +surgery`, where a plus is a moderator’s."""
        own = [kind.value for kind in NoteKind if kind in self.own]
        return " ".join(own + [f"+{kind}" for kind in NoteKind if kind in self.added])

    @classmethod
    def read(cls, text: str) -> "Notes":
        """From a row. Raises `ValueError` for a kind that there isn’t."""
        if not text:
            return NO_NOTES
        words = text.split()
        own = frozenset(NoteKind(word) for word in words if not word.startswith("+"))
        return cls(own, frozenset(NoteKind(word[1:]) for word in words if word.startswith("+")))


NO_NOTES = Notes()


def may_suggest(actor: Actor, post: Written, now: datetime) -> Verdict:
    """Whoever reads a post can tell its author that it could use a note."""
    is_there = post.is_shown(now) and not post.is_by(actor)
    return may_see_inside(actor, post.group_id) and (YES if is_there else no(NOT_FOUND))


def may_answer(actor: Actor, post: Written, now: datetime) -> Verdict:
    """Its author adds what was suggested, or leaves it."""
    is_theirs = post.is_by(actor) and post.is_shown(now)
    return may_see_inside(actor, post.group_id) and (YES if is_theirs else no(NOT_FOUND))


def may_add(actor: Actor, post: Written, now: datetime) -> Verdict:
    """Whoever moderates the group, or the site and belongs to the group, but not before their own
    words: those they change like anybody else. Others can’t tell that there is such a page."""
    moderates = actor.moderates(post.group_id) or actor.moderates_platform
    is_there = post.is_shown(now) and not post.is_by(actor)
    return may_see_inside(actor, post.group_id) and (
        YES if moderates and is_there else no(NOT_FOUND)
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood on a page: which version of the words, and the notes before it."""

    version: int
    notes: str


def as_seen(now_there: Seen, seen: Seen) -> Verdict:
    """Whether the words and the notes are still those that stood on the moderator’s page."""
    return YES if now_there == seen else no(STALE)


@dataclass(frozen=True, slots=True)
class NoteSuggested:
    """To the author, once for each post: somebody thinks that it could use a note."""

    post_id: UUID


@dataclass(frozen=True, slots=True)
class NotesAdded:
    """To the author: a moderator has put notes before their words, or taken theirs away again."""

    post_id: UUID
    has_notes: bool
    guideline: str  # its title
    why: str
    by_platform: bool
    of_group: str = ""  # whose guideline that is; empty for one of the site
