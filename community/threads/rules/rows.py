"""What is read of threads, as values. `queries` makes them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID, uuid5

from community.dystonia.tags import Tag
from community.threads.answers.rules import Answered
from community.threads.following.rules import Level
from community.threads.notes.rules import NO_NOTES, Notes, Showing
from community.threads.rules.drafts import Kept, Place
from community.threads.rules.posts import Edge, Wish, Written


class ThreadRow(NamedTuple):
    """A thread in a list, and at the top of its page, as this reader has it: a tuple with names,
    because a list makes many and looks for their pieces by them.

    `last` is the number of its last post; `replies` and `unread` count those that are there for
    this reader. `latest_name` is who replied last, if that is there for them. `read_to` is how
    far they came, None if they haven’t opened it; `read_…` is about the furthest post of those.
    """

    id: UUID
    group_id: UUID
    group_name: str
    topic: str
    title: str
    wish: Wish
    author_id: UUID | None  # as in `PostRow`
    author_name: str | None
    started_at: datetime
    last_at: datetime
    last: int
    replies: int
    unread: int
    latest_name: str | None
    read_to: int | None
    read_id: UUID | None
    read_name: str | None
    read_at: datetime | None
    erase_at: datetime | None  # of a circle’s own thread
    is_apart: bool  # from whoever started it: neither their name nor its title is here
    tags: Sequence[Tag]
    notes: Notes = NO_NOTES  # of its first words, in a list
    showing: Showing = Showing.SHOW  # those, to this reader: hidden, their title is empty
    has_summary: bool = False  # at the top of its page
    is_paced: bool = False  # a moderator let it rest or go slowly, until the clock ends that
    own_name: str | None = None  # this reader’s made-up one there, at the top of its page
    signs: bool = False  # this reader has written there with their own
    level: Level = Level.PLACE  # how this reader hears of it, at the top of its page
    has_draft: bool = True  # of this reader’s, in it; in a list nobody has looked
    has_waiting: bool = True  # a post of theirs, as of a draft
    has_muted: bool = True  # this reader somebody, wherever
    has_unsent: bool = True  # a picture of theirs, wherever it waits


@dataclass(frozen=True, slots=True)
class Threads:
    """One page of a list. `older` is where the next one begins, if there is one. What is pinned
    stands before the rows of the first page, and nowhere else."""

    rows: Sequence[ThreadRow]
    older: Edge | None
    pinned: Sequence[ThreadRow] = ()


@dataclass(frozen=True, slots=True)
class PostRow(Written):
    """A post and who wrote it. Of what is written without a name only they themselves have the
    author’s id: `seen_by` takes it from everybody else, so that nothing can give it away."""

    id: UUID
    thread_id: UUID
    number: int | None  # None for a reply that nobody else has seen
    author_name: str | None  # a made-up one, if it is written without a name
    is_unnamed: bool
    text: str
    html: str
    notes: Notes
    version: int
    written_at: datetime
    edited_at: datetime | None
    is_kept: bool = False  # its writer took it back, and can put it back
    is_marked: bool = False  # this reader keeps it for themselves, on the page of its thread
    has_words: bool = False  # those there are for this reader (`resonance`), on that page
    has_pictures: bool = False  # on that page
    answered: Answered | None = None  # the post it is a reply to, on the page of its thread

    def seen_by(self, account_id: UUID | None) -> Self:
        """As this person has it, or anybody who moderates."""
        is_hidden = self.is_unnamed and self.author_id != account_id
        return replace(self, author_id=None) if is_hidden else self

    @property
    def seat(self) -> UUID:
        """By what their place is drawn: the same for one person, or for one made-up name."""
        if self.is_unnamed:
            return uuid5(self.thread_id, self.author_name or "")
        return self.author_id or self.id


def notes_of(posts: Iterable[PostRow]) -> Iterator[Notes]:
    """Also of what they answer: a sentence of it may stand above them."""
    for post in posts:
        yield post.notes
        if post.answered:
            yield post.answered.notes


@dataclass(frozen=True, slots=True)
class Posts:
    """One page of a thread: how it began, and the replies after a number."""

    opening: PostRow
    replies: Sequence[PostRow]
    later: int | None  # the number after which the next page begins, if there is one


@dataclass(frozen=True, slots=True)
class Version:
    """What a post said before it was changed."""

    title: str  # of the thread, where it began one
    html: str
    pictures: Sequence[str]  # what they showed, in words
    since: datetime


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft, where it belongs and when it was saved."""

    kept: Kept
    place: Place
    saved_at: datetime
