"""Threads that rest, go slowly or are locked: until when, and when somebody can write in them
again. Pure.

    paused    everybody reads, nobody writes
    slowed    one post each in ten minutes, an hour or a day
    locked    as paused, without an end

The first two end by the clock, which no job has to see to; each by one press of whoever may set
them. They are the same for everybody, whoever looks after the group too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, STALE, YES, Reason, Verdict, no
from community.core.words import said
from community.groups.guidelines.rules import OwnRule
from community.groups.rules import may_see_inside

DAYS = (1, 3, 7)  # for how many of them

PAUSED = Reason("paused", "This thread rests for now. You can read it, and nobody writes.", 409)
LOCKED = Reason(
    "locked", "This thread is locked. You can read it, and nobody writes until it’s opened.", 409
)
SLOWED = Reason("slowed", "This thread goes slowly for now. You can write in it again later.", 409)


class PaceKind(StrEnum):
    PAUSE = "pause"
    SLOW = "slow"
    LOCK = "lock"


class Gap(StrEnum):
    """How long somebody waits after each post of theirs."""

    TEN_MINUTES = "ten_minutes"
    HOUR = "hour"
    DAY = "day"

    @property
    def length(self) -> timedelta:
        return _GAPS[self][0]

    @property
    def words(self) -> str:
        """As a choice."""
        return _GAPS[self][1]

    @property
    def told(self) -> str:
        """As a sentence of its own, for whoever writes there."""
        return _GAPS[self][2]


_GAPS: Mapping[Gap, tuple[timedelta, str, str]] = MappingProxyType(
    {
        Gap.TEN_MINUTES: (
            timedelta(minutes=10),
            said("One post each in ten minutes"),
            said("Each of us writes one post in ten minutes."),
        ),
        Gap.HOUR: (
            timedelta(hours=1),
            said("One post each in an hour"),
            said("Each of us writes one post in an hour."),
        ),
        Gap.DAY: (
            timedelta(days=1),
            said("One post each in a day"),
            said("Each of us writes one post in a day."),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Pace:
    """What a moderator decided about a thread’s pace, and why."""

    id: UUID
    kind: PaceKind
    gap: Gap | None  # of a thread that goes slowly
    rule_id: str
    why: str
    until: datetime | None  # None: until somebody ends it
    set_by: UUID | None = None
    days: int | None = None  # for so many, when it was set
    own: OwnRule | None = None  # the guideline, where the group asks for it and not the site

    def is_in_force(self, now: datetime) -> bool:
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Paces:
    """What is in force in a thread, for one person: `last_at` is when they wrote there last."""

    pause: Pace | None = None
    slow: Pace | None = None
    last_at: datetime | None = None
    lock: Pace | None = None

    def of(self, kind: PaceKind) -> Pace | None:
        return {PaceKind.PAUSE: self.pause, PaceKind.SLOW: self.slow, PaceKind.LOCK: self.lock}[
            kind
        ]

    def lets_write(self, now: datetime) -> Verdict:
        """Whether anybody writes here at all."""
        if self.lock:
            return no(LOCKED)
        return no(PAUSED) if self.pause and self.pause.is_in_force(now) else YES

    def free_at(self, now: datetime) -> datetime | None:
        """When this person can write here again by the clock; None if that is now. Of a lock no
        clock knows."""
        ends = [self.pause.until] if self.pause and self.pause.is_in_force(now) else []
        if self.slow and self.slow.gap and self.last_at:
            rested = self.last_at + self.slow.gap.length
            ends += [min(rested, self.slow.until or rested)]
        return max((end for end in ends if end and now < end), default=None)


AS_USUAL = Paces()


def may_write_at_this_pace(paces: Paces, now: datetime) -> Verdict:
    """Whoever may write here otherwise, once it is their time."""
    return paces.lets_write(now) and (YES if paces.free_at(now) is None else no(SLOWED))


def may_change_in(paces: Paces, now: datetime) -> Verdict:
    """In a thread that rests or is locked, words aren’t changed either. They can be taken back."""
    return paces.lets_write(now)


def may_set_pace(actor: Actor, group_id: UUID, author_id: UUID | None) -> Verdict:
    """Whoever moderates the group, or the site and belongs to the group, and didn’t begin the
    thread. Others can’t tell that there is such a page."""
    moderates = actor.moderates(group_id) or actor.moderates_platform
    is_theirs = moderates and author_id != actor.id
    return may_see_inside(actor, group_id) and (YES if is_theirs else no(NOT_FOUND))


def as_seen(now_in_force: Pace | None, seen: UUID | None) -> Verdict:
    """Whether what is in force is still what stood on the moderator’s page."""
    return YES if (now_in_force.id if now_in_force else None) == seen else no(STALE)


@dataclass(frozen=True, slots=True)
class ThreadPaced:
    """To whoever began the thread: it rests, goes slowly or is locked, until when, and why."""

    post_id: UUID  # the first
    kind: PaceKind
    until: datetime | None
    guideline: str  # its title
    why: str
    by_platform: bool
    of_group: str = ""  # whose guideline that is; empty for one of the site
