"""An agreed distance, or a word of apology: both are asked, and each may say no. Pure.

    both asked ─▶ both said yes ─▶ agreed
         └──▶ somebody said no, or nothing, for fourteen days ─▶ over, and nothing follows

Asked are whoever wrote signed words, and somebody whom these name or answer under their own name.
So it says nothing about who reported them. That somebody said no is told to nobody: until the time
is over it looks like no answer yet, and after that like none.

An apology is one of a few sentences: nothing else comes along with it, so that nobody has to read
it first, and nobody has to find words.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said
from community.moderation.rules.case import Outcome

ANSWER_WITHIN = timedelta(days=14)

NOBODY_ASKED = Reason(
    "nobody-asked", "Choose somebody whom these words name or answer under their own name.", 422
)
OVER = Reason("over", "The time to answer this is over. Nothing follows from it.", 409)
AGREED = Reason("agreed", "You have both said yes already.", 409)


class Answer(StrEnum):
    """What somebody said. Whoever apologises says yes by choosing a sentence."""

    NO = "no"
    YES = "yes"
    HOW = "how"
    WHAT = "what"
    AGAIN = "again"


SENTENCES: Mapping[Answer, str] = MappingProxyType(
    {
        Answer.HOW: said("I’m sorry for how I said it."),
        Answer.WHAT: said("I’m sorry for what I wrote. I didn’t mean to hurt you."),
        Answer.AGAIN: said("I’m sorry, and I’ll write differently from now on."),
    }
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two people were asked, and what each has said so far."""

    outcome: Outcome  # DISTANCE or APOLOGY
    author_id: UUID | None
    says: Mapping[UUID, Answer | None]
    until: datetime

    @property
    def is_agreed(self) -> bool:
        """Both of them, and nobody has left since."""
        both = self.says.values()
        return len(both) > 1 and all(each not in {None, Answer.NO} for each in both)

    @property
    def sentence(self) -> str | None:
        """What whoever wrote it says, once both have said yes."""
        chosen = self.says.get(self.author_id) if self.author_id else None
        return SENTENCES.get(chosen) if self.is_agreed and chosen else None


def answers_for(actor: Actor, agreement: Agreement) -> Collection[Answer]:
    """What this person may say."""
    says_sorry = agreement.outcome is Outcome.APOLOGY and actor.id == agreement.author_id
    return (*(SENTENCES if says_sorry else (Answer.YES,)), Answer.NO)


def may_read(actor: Actor, agreement: Agreement) -> Verdict:
    """The two who were asked. Others can’t tell that anybody was."""
    return YES if actor.id in agreement.says else no(NOT_FOUND)


def may_answer(actor: Actor, agreement: Agreement, now: datetime) -> Verdict:
    """For fourteen days, also to change one’s mind, until both have said yes."""
    if not (read := may_read(actor, agreement)):
        return read
    if agreement.is_agreed:
        return no(AGREED)
    return YES if now < agreement.until and len(agreement.says) > 1 else no(OVER)


def may_say(actor: Actor, agreement: Agreement, answer: Answer, now: datetime) -> Verdict:
    """One of the answers that are theirs."""
    is_theirs = answer in answers_for(actor, agreement)
    return may_answer(actor, agreement, now) and (YES if is_theirs else no(NOT_FOUND))
