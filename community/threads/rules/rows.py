"""What is read of threads, as values. `queries` makes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.dystonia.tags import Tag
from community.threads.rules.drafts import Kept, Place
from community.threads.rules.posts import Edge, Wish, Written


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread in a list, and at the top of its page, as this reader has it.

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
    author_id: UUID | None
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


@dataclass(frozen=True, slots=True)
class Threads:
    """One page of a list. `older` is where the next one begins, if there is one."""

    rows: Sequence[ThreadRow]
    older: Edge | None


@dataclass(frozen=True, slots=True)
class PostRow(Written):
    """A post and who wrote it."""

    id: UUID
    thread_id: UUID
    number: int | None  # None for a reply that nobody else has seen
    author_name: str | None
    text: str
    html: str
    version: int
    written_at: datetime
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class Posts:
    """One page of a thread: how it began, and the replies after a number."""

    opening: PostRow
    replies: Sequence[PostRow]
    later: int | None  # the number after which the next page begins, if there is one


@dataclass(frozen=True, slots=True)
class Version:
    """What a post said before it was changed."""

    html: str
    since: datetime


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft, where it belongs and when it was saved. Its thread's title, if that is shown."""

    kept: Kept
    place: Place
    saved_at: datetime
    thread_title: str | None
