"""Threads and posts: who may read, write, change and take back; and where pages of them end.
Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID, uuid5

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said
from community.dystonia.tags import tag
from community.dystonia.topics import topic
from community.groups.rules import may_see_inside
from community.safety.rules import may_write_in, not_muted

TITLE_MOST = 120
WORDS_MOST = 10_000
REPLIES_A_PAGE = 25
THREADS_A_PAGE = 20
TAGS_MOST = 5

CLOSED_FOR_NOW = Reason(
    "closed-for-now",
    "A moderator has hidden what this thread began with, so nobody can reply for now.",
    409,
)
NOT_READ_YET = Reason(
    "not-read-yet", "You can reply when a moderator has read what this thread began with.", 409
)
NOT_YOUR_WORDS = Reason("not-your-words", "Only the person who wrote this can change it.", 403)
NOT_SHOWN = Reason("not-shown", "This isn’t shown at the moment, so it can’t be changed.", 409)


class Wish(StrEnum):
    """What somebody who starts a thread would like from those who answer."""

    JUST_LISTENING = "just_listening"
    ME_TOO = "me_too"
    IDEAS = "ideas"
    FACTS = "facts"

    @property
    def words(self) -> str:
        """The wish as a choice, and beside a thread in a list."""
        return _WISHES[self][0]

    @property
    def asked(self) -> str:
        """The wish as it goes on after "Ruth asks:"."""
        return _WISHES[self][1]


_WISHES: Mapping[Wish, tuple[str, str]] = MappingProxyType(
    {
        Wish.JUST_LISTENING: (said("Just listening, please"), said("just listening, please.")),
        Wish.ME_TOO: (said("Me too stories welcome"), said("me too stories are welcome.")),
        Wish.IDEAS: (said("Ideas welcome"), said("ideas are welcome.")),
        Wish.FACTS: (
            said("Facts and sources welcome"),
            said("facts are welcome, with where they come from."),
        ),
    }
)


class PostState(StrEnum):
    HELD = "held"  # until a moderator has read it: only its author sees it
    RETURNED = "returned"  # to its author, for a change
    PUBLISHED = "published"
    HIDDEN = "hidden"  # by a moderator, until the review ends or `hidden_until`
    REMOVED = "removed"  # by a moderator
    DELETED = "deleted"  # by its author


WAITING = frozenset({PostState.HELD, PostState.RETURNED})

_INSTEAD: Mapping[PostState, str] = MappingProxyType(
    {
        PostState.HELD: said("%(name)s changed this. A moderator reads it before others see it."),
        PostState.RETURNED: said("%(name)s is changing this."),
        PostState.HIDDEN: said("A moderator has hidden this for now."),
        PostState.REMOVED: said("A moderator has removed this."),
        PostState.DELETED: said("%(name)s took this back."),
    }
)


@dataclass(frozen=True, slots=True)
class Written:
    """What the rules need to know of one post."""

    group_id: UUID
    author_id: UUID | None  # None when they have left the site
    state: PostState
    hidden_until: datetime | None

    @property
    def instead(self) -> str:
        """What stands where it isn't shown."""
        return _INSTEAD[self.state]

    def is_by(self, actor: Actor) -> bool:
        return self.author_id == actor.id

    @property
    def is_waiting(self) -> bool:
        """Only its author sees what it says."""
        return self.state in WAITING

    def is_shown(self, now: datetime) -> bool:
        """Published, or hidden for a time that has passed: no job has to bring it back."""
        if self.state is PostState.HIDDEN:
            return self.hidden_until is not None and self.hidden_until <= now
        return self.state is PostState.PUBLISHED


def may_start(actor: Actor, group_id: UUID, topic_slug: str, tags: Sequence[str] = ()) -> Verdict:
    if topic(topic_slug) is None:
        return no(NOT_FOUND)
    return may_see_inside(actor, group_id) and may_write_in(actor, group_id) and _are_tags(tags)


def may_tag(actor: Actor, opening: Written, tags: Sequence[str], now: datetime) -> Verdict:
    """Whoever started a thread says which tags it has."""
    return may_edit(actor, opening, now) and _are_tags(tags)


def _are_tags(slugs: Sequence[str]) -> Verdict:
    is_known = all(tag(slug) for slug in slugs)
    return YES if is_known and len(slugs) <= TAGS_MOST else no(NOT_FOUND)


def may_reply(actor: Actor, opening: Written, now: datetime) -> Verdict:
    """Members may, unless what the thread began with was taken away, or waits to be read."""
    is_open = opening.state is PostState.DELETED or opening.is_shown(now)
    why_not = NOT_READ_YET if opening.is_waiting else CLOSED_FOR_NOW
    return (
        may_see_inside(actor, opening.group_id)
        and (YES if is_open else no(why_not))
        and may_write_in(actor, opening.group_id)
    )


def may_edit(actor: Actor, post: Written, now: datetime) -> Verdict:
    """Somebody may change their own words, until they are gone. What isn’t shown then waits for a
    moderator to read what it says now."""
    is_there = post.is_shown(now) or post.is_waiting or post.state is PostState.HIDDEN
    return (
        _may_touch(actor, post)
        and (YES if is_there else no(NOT_SHOWN))
        and not_muted(actor, post.group_id)
    )


def may_take_back(actor: Actor, post: Written) -> Verdict:
    """Somebody may take back their own words, hidden or not, once."""
    is_there = post.is_waiting or post.state in {PostState.PUBLISHED, PostState.HIDDEN}
    return _may_touch(actor, post) and (YES if is_there else no(NOT_SHOWN))


def may_see_versions(actor: Actor, post: Written, now: datetime) -> Verdict:
    """What it said before is for its author and for who moderates; others read that it changed."""
    is_theirs = post.is_by(actor) or actor.moderates(post.group_id) or actor.moderates_platform
    return may_see_inside(actor, post.group_id) and (
        YES if is_theirs and post.is_shown(now) else no(NOT_FOUND)
    )


def may_keep_draft(actor: Actor, post: Written) -> Verdict:
    """Somebody's change to their own words is kept whatever a moderator does meanwhile."""
    return _may_touch(actor, post)


def _may_touch(actor: Actor, post: Written) -> Verdict:
    is_own = post.is_by(actor)
    return may_see_inside(actor, post.group_id) and (YES if is_own else no(NOT_YOUR_WORDS))


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button that sends: its page's id, and the draft that the page began from."""

    event_id: UUID | None = None
    draft: UUID | None = None

    def of(self, *words: str) -> UUID | None:
        """What makes a second press the same as the first: one page, and the same words on it.

        Other words from the same page (somebody went back and wrote on) are another press.
        """
        return uuid5(self.event_id, "\0".join(words)) if self.event_id else None


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags somebody chose, and whether others may see those that are about genes."""

    slugs: Sequence[str] = ()
    shows_genes: bool = False


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a page of threads ended. It holds the instant itself: the thread that was last on
    the page may have moved since, and the next page begins where it was, not where it is.
    """

    at: datetime
    id: UUID

    def __str__(self) -> str:
        """As an address carries it."""
        return f"{(self.at - _EPOCH) // _TICK:x}-{self.id.hex}"

    @classmethod
    def read(cls, text: str) -> "Edge":
        """From an address. Raises `ValueError`."""
        ticks, _, hexed = text.partition("-")
        try:
            return cls(_EPOCH + int(ticks, 16) * _TICK, UUID(hexed))
        except OverflowError:
            raise ValueError(text) from None


def page_of(number: int) -> int:
    """After which number the page begins that this reply is on."""
    return 1 + max(number - 2, 0) // REPLIES_A_PAGE * REPLIES_A_PAGE


def live_room(thread_id: UUID) -> str:
    """The room of everybody who has this thread open."""
    return f"thread:{thread_id}"
