"""Who meets new members of a group, in text and by name. Pure.

    asked ─ yes ─▶ greets ─▶ nobody: by one press of theirs or of an owner’s, or when they leave
      └─ no ─▶ nobody

A greeter is a member like any other. No claim says that somebody greets, so there is nothing by
which a rule could let them see or decide more than they otherwise would.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from community.core.actor import Actor, Bounds
from community.core.verdict import NOT_FOUND, NOT_YOURS, STALE, YES, Reason, Verdict, no
from community.core.words import said
from community.groups.rules import may_appoint, may_see_inside
from community.safety.rules import not_muted

WORDS_MOST = 300
NEW_FOR = timedelta(days=30)  # how long a member is met by the greeter
LISTED_FOR = timedelta(days=30)  # first words that are older are no longer new to anybody

READ_FIRST = Reason(
    "greeting-read-first",
    "A moderator would read these words before others see them, and here they have no place to "
    "wait. Ours stand there meanwhile.",
    422,
)

USUAL_WORDS = said(
    "Welcome. You can look around for as long as you like, and write when you feel like it. "
    "Nothing is expected of you."
)


@dataclass(frozen=True, slots=True)
class Greeting:
    """Who greets in a group, or is asked to, and the words that they wrote for it."""

    group_id: UUID
    account_id: UUID
    name: str
    since: datetime | None  # None while they are asked
    words: str  # empty: ours
    thread_id: UUID | None  # where newcomers say hello, if they keep such a thread
    hears: bool  # by a letter, of first words that nobody has answered
    told_at: datetime | None  # by the last of those
    bounds: Bounds

    def is_by(self, actor: Actor) -> bool:
        return self.account_id == actor.id

    @property
    def ours(self) -> str:
        """What stands where they wrote no words."""
        return USUAL_WORDS

    @property
    def is_on(self) -> bool:
        """Whether they greet now: they said yes, and nothing keeps them from writing there."""
        return self.since is not None and may_be_met(self.bounds, self.group_id)

    def is_for(self, actor: Actor) -> bool:
        """Whether it is there for this person. They may be kept apart, whoever chose it."""
        return self.is_on and actor.meets(self.account_id)


def may_be_met(bounds: Bounds, group_id: UUID) -> bool:
    """Whoever may not write there greets nobody meanwhile, and does again when it is over."""
    is_free = not bounds.is_suspended and not bounds.is_limited
    return is_free and group_id not in bounds.muted | bounds.barred


def is_new(since: datetime, now: datetime) -> bool:
    """Whether somebody who is in since then is met by the greeter."""
    return now < since + NEW_FOR


def may_name(actor: Actor, group_id: UUID, is_built_in: bool) -> Verdict:
    """Whoever says who does what in a group asks one of its members, or takes it back."""
    return may_appoint(actor, group_id, is_built_in)


def may_answer(actor: Actor, asked: Greeting) -> Verdict:
    """Whoever is asked says yes or no, once."""
    return _is_theirs(actor, asked) and (YES if asked.since is None else no(STALE))


def may_step_down(actor: Actor, greeting: Greeting) -> Verdict:
    """At any time, whatever keeps them from writing."""
    return _is_theirs(actor, greeting) and (no(NOT_FOUND) if greeting.since is None else YES)


def may_greet(actor: Actor, greeting: Greeting) -> Verdict:
    """Only the greeter writes their words, and reads whose first words wait for an answer."""
    return may_step_down(actor, greeting) and not_muted(actor, greeting.group_id)


def may_take_words_away(actor: Actor, group_id: UUID) -> Verdict:
    """Whoever looks after what is written in the group."""
    is_theirs = actor.moderates(group_id) or actor.moderates_platform
    return may_see_inside(actor, group_id) and (YES if is_theirs else no(NOT_YOURS))


def _is_theirs(actor: Actor, greeting: Greeting) -> Verdict:
    is_own = greeting.is_by(actor)
    return may_see_inside(actor, greeting.group_id) and (YES if is_own else no(NOT_FOUND))


@dataclass(frozen=True, slots=True)
class FirstWords:
    """What a member wrote first in a group, of what is there to read for whoever greets."""

    post_id: UUID
    author_id: UUID
    name: str
    at: datetime
    is_answered: bool


@dataclass(frozen=True, slots=True)
class GreeterAsked:
    """To a member: would you greet here?"""

    group_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class GreetingEnded:
    """To whoever greeted: an owner has asked somebody else, or nobody."""

    group_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class GreetingTakenAway:
    """To whoever greets: a moderator took their words away."""

    group_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class FirstWordsWritten:
    """To whoever greets: somebody wrote there for the first time. Who and what is for the page to
    say: it can be taken back."""

    group_id: UUID
    name: str
