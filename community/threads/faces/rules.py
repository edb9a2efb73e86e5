"""How a post meets its reader: all that its drawing asks, as a value. Pure.

Nothing in it says who reads. So a post is drawn once for everybody whom it meets in the same way
(`core.drawn`), and nothing that isn’t in its face can come to be on a page.

A face and an offer are tuples with names: a page makes one of each for every post and looks for its
piece by them, which takes a quarter as long as with a frozen dataclass.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from community.core.actor import Actor
from community.threads.mutes.rules import Muted
from community.threads.notes.rules import Choices, Showing, may_add
from community.threads.pictures.rules import PictureRow
from community.threads.resonance.rules import Word, may_give_word
from community.threads.rules.posts import PostState, may_see_versions
from community.threads.rules.rows import PostRow


class Face(NamedTuple):
    """A post as somebody meets it. `quote` is the sentence above it, empty where none stands."""

    post: PostRow
    is_own: bool
    is_shown: bool
    is_folded: bool
    showing: Showing
    answers_reader: bool
    quote: str
    pictures: Sequence[PictureRow]
    hides_pictures: bool

    @property
    def is_read(self) -> bool:
        """Whether its words are there for this reader."""
        return self.is_shown or self.is_waiting

    @property
    def is_waiting(self) -> bool:
        """Whether its words are there for this reader alone."""
        return self.post.is_waiting and self.is_own

    @property
    def is_out(self) -> bool:
        """Whether this reader wrote it and others don’t read it: it waits, or is hidden."""
        is_hidden = self.post.state is PostState.HIDDEN and not self.is_shown
        return self.is_own and (self.post.is_waiting or is_hidden)


class Offer(NamedTuple):
    """What can be done with a post, below it. `words` are those that its reader gave, each once; of
    their own post how often each was given. `after` is where the page begins on which a reply to it
    is written, None where that isn’t theirs."""

    offered: Sequence[Word]
    words: Sequence[tuple[Word, int]]
    may_reply: bool
    may_change: bool
    may_note: bool
    may_see_versions: bool
    after: int | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, when, and how they chose to meet words and pictures."""

    actor: Actor
    now: datetime
    muted: Muted
    choices: Choices
    pictures: Mapping[UUID, Sequence[PictureRow]]
    hides_pictures: bool

    def meets(self, post: PostRow) -> Face:
        """How this post meets them."""
        to, is_own = post.answered, post.is_by(self.actor)
        return Face(
            post,
            is_own,
            post.is_shown(self.now),
            self.muted.folds(post),
            Showing.SHOW if is_own else post.notes.showing(self.choices),
            to.is_by(self.actor) if to else False,
            to.quote(self.choices, self.now) if to and not self.muted.folds(to) else "",
            tuple(self.pictures.get(post.id, ())),
            self.hides_pictures,
        )


@dataclass(frozen=True, slots=True)
class Offers:
    """What this reader is offered under the posts of a thread."""

    reader: Reader
    offered: Sequence[Word]
    words: Mapping[UUID, Mapping[Word, int]]
    may_reply: bool
    may_change: bool  # their own words, as far as the pace of the thread goes
    after: int | None

    def met(self, posts: Iterable[PostRow]) -> Iterator[tuple[Face, Offer]]:
        """How each of these posts meets its reader, with what stands below it."""
        return ((self.reader.meets(post), self.under(post)) for post in posts)

    def under(self, post: PostRow) -> Offer:
        """What stands below this post."""
        me, at = self.reader.actor, self.reader.now
        takes_words = post.author_name is not None and may_give_word(me, post, at)
        return Offer(
            tuple(self.offered) if takes_words else (),
            tuple(self.words.get(post.id, {}).items()),
            self.may_reply,
            me.writes_in(post.group_id) and (self.may_change or post.is_waiting),
            bool(may_add(me, post, at)),
            post.edited_at is not None and bool(may_see_versions(me, post, at)),
            self.after,
        )
