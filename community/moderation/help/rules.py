"""Who sees to somebody who would like a moderator, and how it is closed. Pure.

    wanted ─▶ a step, by one ─▶ settled, and two names under it ─▶ closed
                └─▶ not reached ─▶ a safety lead has it too

It is no complaint about anybody, and there is nothing to decide. It is closed by what people did,
never by nothing, and nobody is alone with it (design/moderation.md, 17 and f.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said
from community.moderation.rules.reasons import Scope

SAW_TO_HELP = "saw-to-help"
"""What the audit record says of it."""

WORDS_MOST = 2_000

SEEN_TO = Reason("seen-to", "Somebody else has seen to this already. Thank you for looking.", 409)
NOT_THIS_STEP = Reason("not-this-step", "That can’t be written down here now.", 409)


class HelpStep(StrEnum):
    """What somebody did."""

    WROTE = "wrote"
    ALL_RIGHT = "all-right"
    THERE = "there"
    SECOND = "second"
    NOT_REACHED = "not-reached"
    DONE = "done"

    @property
    def words(self) -> str:
        return _STEPS[self]

    @property
    def settles(self) -> bool:
        """With a second name it can be closed."""
        return self in {HelpStep.ALL_RIGHT, HelpStep.THERE, HelpStep.DONE}


_STEPS: Mapping[HelpStep, str] = MappingProxyType(
    {
        HelpStep.WROTE: said("Wrote to them"),
        HelpStep.ALL_RIGHT: said("I know that they’re all right"),
        HelpStep.THERE: said("I was with them"),
        HelpStep.SECOND: said("I’ve looked too: it’s seen to"),
        HelpStep.NOT_REACHED: said("I couldn’t find out more"),
        HelpStep.DONE: said("We’ve done what we can"),
    }
)


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken."""

    step: HelpStep
    by: UUID
    was_with: UUID | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the rules need to know of one."""

    group_id: UUID
    asked_by: UUID
    scope: Scope  # the site’s, if it is about somebody who looks after the group
    moderators: frozenset[UUID]  # who could see to it for the group
    site: frozenset[UUID]
    leads: frozenset[UUID]
    barred: frozenset[UUID] = frozenset()  # whom it may concern, or who don’t meet whoever asked
    held_by: frozenset[UUID] = frozenset()  # who held the circle
    is_up: bool = False
    done: tuple[Done, ...] = ()

    @property
    def able(self) -> frozenset[UUID]:
        """Whoever may see to it. It never waits for nobody: when all are barred, those of the site
        see to it, but for whoever asked."""
        in_group = frozenset() if self.scope is Scope.PLATFORM else self.moderators
        free = (in_group | self.site) - self.barred - {self.asked_by}
        return free or self.site - {self.asked_by}

    @property
    def told(self) -> frozenset[UUID]:
        """Those of them who look after the group, or else those of the site."""
        in_group = frozenset() if self.scope is Scope.PLATFORM else self.moderators
        return self.able & in_group or self.able

    @property
    def above(self) -> frozenset[UUID]:
        """Who has it when it goes up: the safety leads, or else those of the site."""
        return self.able & self.leads or self.able & self.site

    @property
    def names(self) -> frozenset[UUID]:
        """Who stands under it."""
        found = {each.by for each in self.done} | {each.was_with for each in self.done}
        return frozenset(who for who in found if who)

    @property
    def is_settled(self) -> bool:
        return any(each.step.settles for each in self.done)

    @property
    def is_closed(self) -> bool:
        """Settled, with two names under it; with one, where nobody else is left."""
        return self.is_settled and (len(self.names) > 1 or not self.able - self.names)


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """Somebody pressed for help and was not answered: to whoever moderates their group."""

    pressed_at: datetime
    group_name: str
    help_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ModeratorWanted:
    """Somebody in a thread would like a moderator: to whoever moderates their group."""

    help_id: UUID
    group_name: str


@dataclass(frozen=True, slots=True)
class HelpGoesUp:
    """To a safety lead: somebody asked for a moderator and wasn’t reached."""

    help_id: UUID
    group_name: str


@dataclass(frozen=True, slots=True)
class HelpWrote:
    """To whoever asked, from somebody who looks after the place."""

    words: str
    country: str | None  # a slug of safety.crisis
    lines: tuple[str, ...]  # what to text, call or open there


@dataclass(frozen=True, slots=True)
class HelpSeen:
    """To whoever asked: somebody has seen it."""

    pressed_at: datetime
    in_thread: bool = False


def may_see_to(actor: Actor, wanted: Wanted) -> Verdict:
    """For everybody else it isn’t there."""
    return YES if actor.id in wanted.able else no(NOT_FOUND)


def may_take(actor: Actor, wanted: Wanted, step: HelpStep, was_with: UUID | None = None) -> Verdict:
    """One of the steps that fit now. Whoever held the circle says so themselves, or somebody else
    knows it of them."""
    fits = {
        HelpStep.THERE: was_with is None
        or was_with in wanted.held_by - {actor.id, wanted.asked_by},
        HelpStep.SECOND: wanted.is_settled,
        HelpStep.NOT_REACHED: not wanted.is_up,
        HelpStep.DONE: wanted.is_up and actor.id in wanted.above,
    }
    may = may_see_to(actor, wanted)
    return may and (YES if fits.get(step, True) else no(NOT_THIS_STEP))


@dataclass(frozen=True, slots=True)
class Press:
    """A step that one press writes down; of somebody who was there, who."""

    step: HelpStep
    who: UUID | None = None

    @classmethod
    def read(cls, step: str, who: str) -> "Press | None":
        """From what a form sent."""
        try:
            return cls(HelpStep(step), UUID(who) if who else None)
        except ValueError:
            return None


def presses(actor: Actor, wanted: Wanted) -> tuple[Press, ...]:
    """What this person can write down now by a press."""
    there = [Press(HelpStep.THERE, who) for who in sorted(wanted.held_by)]
    steps = [Press(step) for step in HelpStep if step is not HelpStep.WROTE]
    return tuple(each for each in (*there, *steps) if may_take(actor, wanted, each.step, each.who))


def looks_after(actor: Actor, group_id: UUID) -> bool:
    """Whoever moderates the group, or the platform."""
    return actor.moderates_platform or actor.moderates(group_id)
