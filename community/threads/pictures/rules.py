"""What pictures may be taken, who sees them, and how large they are shown. Pure.

    sent ──▶ drawn anew ──▶ waits with the draft ──▶ in a post ──▶ goes with it

One that is taken out, from either, can be put back for 30 days; then it is erased, or by a press
before. One that waits is erased with its draft, 90 days after that was last touched.
A picture belongs to whoever sent it and goes when they do. Whoever may read the words of its post
may see it, and nobody else may.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.groups.rules import may_see_inside
from community.threads.rules.posts import PostState, Written

A_POST = 3
WORDS_LEAST = 10
WORDS_MOST = 500
BYTES_MOST = 8 * 1024 * 1024
REQUEST_MOST = 20 * 1024 * 1024  # so that what was typed beside too large a picture comes back
PIXELS_MOST = 50_000_000
LARGE, SMALL = 1600, 640  # of the longer edge
A_DAY = 40
KEPT_MOST = 200 * 1024 * 1024  # of one person, as they are stored
KEPT_FOR = timedelta(days=90)  # with a draft that nobody touches
COMES_BACK_FOR = timedelta(days=30)  # after somebody took it out

NO_PICTURE = Reason(
    "no-picture",
    "We couldn’t open this as a picture. Choose a JPEG, PNG, WebP or GIF file.",
    422,
)
TOO_HEAVY = Reason(
    "too-heavy", "This picture has more than 8 MB. Choose a smaller copy of it.", 422
)
TOO_LARGE = Reason(
    "too-large", "This picture is too large for us to open. Choose a smaller copy of it.", 422
)
ENOUGH_HERE = Reason(
    "enough-here", "There are three pictures already. Take one out to add another.", 409
)
ENOUGH_TODAY = Reason(
    "enough-today", "That’s as many pictures as we can take from one person in a day.", 409
)
NO_ROOM = Reason(
    "no-room", "Your pictures take up all the room we have for one person. Take one out first.", 409
)
NOT_IN_CIRCLES = Reason(
    "not-in-circles",
    "There are no pictures in the thread of a circle. What is said there is erased.",
    409,
)


class Size(StrEnum):
    """What is kept of a picture: for the page of a thread, and for a page of its own."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Shape:
    """Width and height, in dots."""

    width: int
    height: int

    def within(self, edge: int) -> "Shape":
        """The same, so that neither is longer than this edge. Nothing is made larger."""
        longer = max(self.width, self.height)
        if longer <= edge:
            return self
        return Shape(_scaled(self.width, edge, longer), _scaled(self.height, edge, longer))


def _scaled(length: int, edge: int, longer: int) -> int:
    return max(1, round(length * edge / longer))


@dataclass(frozen=True, slots=True)
class Redrawn:
    """Our own picture of what somebody sent. `large` is None where the small one is all of it."""

    shape: Shape  # of the large one
    small: bytes
    large: bytes | None

    @property
    def weight(self) -> int:
        return len(self.small) + len(self.large or b"")


@dataclass(frozen=True, slots=True)
class Holding:
    """How many pictures there are in one place, and what one person has sent."""

    here: int
    today: int
    weight: int


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture, as whoever may see it has it."""

    id: UUID
    words: str  # what it shows
    shape: Shape

    @property
    def small(self) -> Shape:
        return self.shape.within(SMALL)

    @property
    def is_described(self) -> bool:
        return len(self.words) >= WORDS_LEAST


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the pictures of a post: those that waited with a draft come to it, one goes
    out of it or comes back, or one is described anew."""

    added: Collection[UUID] = ()
    taken_out: UUID | None = None
    put_back: UUID | None = None
    described: tuple[UUID, str] | None = None


def may_add(holding: Holding, *, is_of_circle: bool = False) -> Verdict:
    """Whether one more can be taken. Ask first whether they may write there."""
    return (
        (no(NOT_IN_CIRCLES) if is_of_circle else YES)
        and may_put_back(holding)
        and (YES if holding.today < A_DAY else no(ENOUGH_TODAY))
        and (YES if holding.weight < KEPT_MOST else no(NO_ROOM))
    )


def may_put_back(holding: Holding) -> Verdict:
    """Whether there is still a place for one that was taken out."""
    return YES if holding.here < A_POST else no(ENOUGH_HERE)


def may_see(actor: Actor, post: Written, now: datetime, *, can_come_back: bool) -> Verdict:
    """Whoever reads the words. Its writer does too while the post waits or is hidden, and as long
    as they can put back what they took back."""
    is_theirs = post.is_by(actor) and (post.state is not PostState.DELETED or can_come_back)
    is_there = post.is_shown(now) or is_theirs
    return may_see_inside(actor, post.group_id) and (YES if is_there else no(NOT_FOUND))
