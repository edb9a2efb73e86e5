"""Who pins, moves, splits and puts threads together, and what can’t be. Pure.

A thread never leaves its group: that would change who can read it. The thread of one circle stays
as it is, because it belongs to those who were there.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said
from community.dystonia.topics import topic
from community.groups.rules import may_see_inside
from community.safety.rules import may_write_in
from community.threads.rules.posts import NOT_YOUR_WORDS

PINS_MOST = 3

THREE_PINNED = Reason(
    "three-pinned", "Three threads are pinned there already. Take one pin away first.", 409
)
NOTHING_CHOSEN = Reason("nothing-chosen", "Choose at least one reply.", 422)
NOT_SHOWN_FIRST = Reason(
    "not-shown-first",
    "The first reply you chose isn’t shown now, so a thread can’t begin with it. Choose one before "
    "it, or leave it out.",
    422,
)
STILL_HELD = Reason(
    "still-held", "A moderator has to read what one of these threads began with first.", 409
)


class PinPlace(StrEnum):
    """In which list a thread stands at the top."""

    TOPIC = "topic"
    GROUP = "group"

    @property
    def words(self) -> str:
        return _PLACES[self]


_PLACES: Mapping[PinPlace, str] = MappingProxyType(
    {PinPlace.TOPIC: said("in its topic"), PinPlace.GROUP: said("in its group")}
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the rules need to know of one thread."""

    group_id: UUID
    author_id: UUID | None
    is_of_circle: bool
    is_held: bool = False


def may_arrange(actor: Actor, thread: Gathered) -> Verdict:
    """Whoever moderates the group, or the site and belongs to the group. Others can’t tell that
    there is such a page."""
    moderates = actor.moderates(thread.group_id) or actor.moderates_platform
    is_theirs = moderates and not thread.is_of_circle
    return may_see_inside(actor, thread.group_id) and (YES if is_theirs else no(NOT_FOUND))


def may_pin(beside: int) -> Verdict:
    """Three in a list are few enough to be read."""
    return YES if beside < PINS_MOST else no(THREE_PINNED)


def may_change_topic(actor: Actor, thread: Gathered) -> Verdict:
    """Whoever arranges it, and whoever began it while they may write there."""
    if may_arrange(actor, thread):
        return YES
    is_own = thread.author_id == actor.id
    return (
        may_see_inside(actor, thread.group_id)
        and (no(NOT_FOUND) if thread.is_of_circle else YES)
        and (YES if is_own else no(NOT_YOUR_WORDS))
        and may_write_in(actor, thread.group_id)
    )


def may_move_to(slug: str) -> Verdict:
    return YES if topic(slug) else no(NOT_FOUND)


def may_begin_with(chosen: Sequence[bool]) -> Verdict:
    """Whether a thread can be made of these replies, of which it is said whether they are shown."""
    if not chosen:
        return no(NOTHING_CHOSEN)
    return YES if chosen[0] else no(NOT_SHOWN_FIRST)


def may_put_together(one: Gathered, other: Gathered, *, is_same: bool) -> Verdict:
    """Two threads of one group, once others may read how each began."""
    is_near = one.group_id == other.group_id and not is_same
    if not is_near or one.is_of_circle or other.is_of_circle:
        return no(NOT_FOUND)
    return no(STILL_HELD) if one.is_held or other.is_held else YES


@dataclass(frozen=True, slots=True)
class Parting:
    """The numbers of a thread’s posts, in order, when some of them leave it. What stays and what
    goes are numbered from one, in the same order."""

    stays: Sequence[int]
    goes: Sequence[int]

    @classmethod
    def of(cls, numbers: Sequence[int], chosen: Collection[int]) -> "Parting":
        stays = [each for each in numbers if each not in chosen]
        return cls(stays, [each for each in numbers if each in chosen])

    def read_to(self, number: int) -> tuple[int, int]:
        """How far somebody has come in each, who had read as far as this number."""
        return bisect_right(self.stays, number), bisect_right(self.goes, number)


@dataclass(frozen=True, slots=True)
class ThreadMoved:
    """To whoever began a thread: it is under another topic now."""

    thread_id: UUID


@dataclass(frozen=True, slots=True)
class PostsMoved:
    """To somebody whose words are in another thread now."""

    post_id: UUID
