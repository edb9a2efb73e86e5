"""After a circle: how it landed, a line to its facilitators, a thread for those who were there.
Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from community.calls.rules.call import CallState
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no

LINES_ARE_KEPT = timedelta(days=30)
LONGEST_LINE = 2000
MOST_UNOPENED = 5
THREAD_DAYS = (7, 14, 30)

NOBODY_READS = Reason(
    "nobody-reads", "No facilitator was there to read it. Get help now is open to you.", 409
)
LET_THEM_READ = Reason(
    "let-them-read", "The facilitators have several lines of yours. Give them time to read.", 409
)
HAS_THREAD = Reason("has-thread", "This circle has its thread already.", 409)


class Landed(StrEnum):
    """How it was for somebody. It is theirs: nobody is told, and it is not kept."""

    WELL = "well"
    MIXED = "mixed"
    NOT_WELL = "not-well"


@dataclass(frozen=True, slots=True)
class AfterRow:
    """One line to the facilitators, as this reader has it."""

    id: UUID
    account_id: UUID
    name: str
    words: str
    written_at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class After:
    """What there is after a circle, for one person of its group. `to` are the facilitators who were
    there and could read a line of theirs; `lines` are their own, or for who led all the others’."""

    me: UUID
    call_id: UUID
    group_id: UUID
    topic: str | None
    title: str
    state: CallState
    leads: bool
    there: frozenset[UUID]
    others: tuple[tuple[UUID, str], ...]  # who was there besides, by name
    to: frozenset[UUID]
    thread_id: UUID | None
    lines: tuple[AfterRow, ...]

    @property
    def was_there(self) -> bool:
        return self.state is CallState.ENDED and self.me in self.there

    @property
    def mine(self) -> tuple[AfterRow, ...]:
        return tuple(each for each in self.lines if each.account_id == self.me)

    @property
    def for_me(self) -> tuple[AfterRow, ...]:
        """Nobody but a facilitator of this call has any."""
        return tuple(each for each in self.lines if each.account_id != self.me)


def may_look_back(after: After) -> Verdict:
    """Whoever was there says to themselves how it was."""
    return YES if after.was_there else no(NOT_FOUND)


def may_write_line(after: After) -> Verdict:
    """Whoever was there, to a facilitator who was there too."""
    waiting = [each for each in after.mine if each.opened_at is None]
    return (
        may_look_back(after)
        and (YES if after.to else no(NOBODY_READS))
        and (YES if len(waiting) < MOST_UNOPENED else no(LET_THEM_READ))
    )


def may_open_line(after: After, line_id: UUID) -> Verdict:
    """A facilitator of this call opens what others wrote to them."""
    return YES if line_id in {each.id for each in after.for_me} else no(NOT_FOUND)


def may_open_thread(after: After) -> Verdict:
    """A facilitator who was there, once."""
    if not (after.was_there and after.leads):
        return no(NOT_FOUND)
    return YES if after.thread_id is None else no(HAS_THREAD)
