"""The letters of moderation: statements of reasons, and what came of a report."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.accounts.sanctions.rules import SanctionKind
from community.moderation.appeals.rules import Less, Result, Side
from community.moderation.rules.case import Outcome, Source, Target


@dataclass(frozen=True, slots=True)
class PostDecided:
    """The statement of reasons, as a letter to the author (DSA art. 17)."""

    post_id: UUID
    outcome: Outcome
    written_at: datetime
    hidden_until: datetime | None
    guideline: str  # its title
    why: str
    reasons: tuple[str, ...]  # labels of the reports, never who reported
    by_platform: bool
    appealable_until: datetime
    source: Source = Source.REPORT
    of_group: str = ""  # whose guideline that is; empty for one of the site


@dataclass(frozen=True, slots=True)
class AskedBoth:
    """To somebody whom words name or answer: a moderator asks them something. It names nobody."""

    decision_id: UUID
    outcome: Outcome
    until: datetime


@dataclass(frozen=True, slots=True)
class BothAgreed:
    """To each of two people who were asked: both have said yes."""

    decision_id: UUID
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class HidingOver:
    """To the author of something hidden for now, when three days are over. It doesn’t say whether
    anybody of the site is free to decide: with one person there, that would tell who reported."""

    post_id: UUID
    written_at: datetime
    comes_back: bool  # or else it stays hidden until somebody decides


@dataclass(frozen=True, slots=True)
class ShareDecided:
    """The same to whoever typed something in a circle. The words themselves are gone."""

    share_id: UUID
    said_in: datetime  # when that circle was
    guideline: str
    why: str
    reasons: tuple[str, ...]
    by_platform: bool
    appealable_until: datetime
    of_group: str = ""


@dataclass(frozen=True, slots=True)
class CallDecided:
    """The same to whoever held a call that was reported. Site moderators decide about those."""

    call_id: UUID
    title: str
    starts_at: datetime
    guideline: str
    why: str
    reasons: tuple[str, ...]
    appealable_until: datetime
    of_group: str = ""


@dataclass(frozen=True, slots=True)
class NoticeReceived:
    """A notice under the law has come in, to whoever sent it (DSA art. 16). It repeats no word."""

    reported_at: datetime
    first_look_by: datetime


@dataclass(frozen=True, slots=True)
class ReportAnswered:
    """What came of a report, to the one who sent it, once."""

    outcome: Outcome
    reported_at: datetime
    decision_id: UUID
    what: Target = Target.POST
    is_notice: bool = False  # under the law


@dataclass(frozen=True, slots=True)
class PersonDecided:
    """The statement of reasons for what is decided about a person, beside their words."""

    decision_id: UUID
    kind: SanctionKind
    group: str  # its name, of what holds in one group; else empty
    until: datetime
    ends_by_itself: bool  # or else somebody looks at it again then
    guideline: str
    why: str
    reasons: tuple[str, ...]
    by_platform: bool
    appealable_until: datetime
    source: Source = Source.REPORT
    of_group: str = ""


@dataclass(frozen=True, slots=True)
class SanctionLifted:
    """It is over before its time."""

    decision_id: UUID  # by which it was made
    kind: SanctionKind
    group: str
    why: str


@dataclass(frozen=True, slots=True)
class SanctionProposed:
    """To those who may agree: somebody proposes to keep a member from their group, or something
    that holds everywhere."""

    proposal_id: UUID
    group: str  # its name; empty of what holds everywhere


@dataclass(frozen=True, slots=True)
class CantWait:
    """To those who may decide about it: something is better looked at soon. It doesn’t say what."""

    item_id: UUID
    group: str


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """To everybody else who may decide about it: somebody would like to know what they think."""

    item_id: UUID
    group: str


@dataclass(frozen=True, slots=True)
class ThoughtOfYou:
    """To somebody who may be in danger: where help is. It says nothing of any report."""

    country: str | None  # a slug of safety.crisis
    lines: tuple[str, ...]  # what to text, call or open there
    words: str  # of whoever wrote
    wrote: bool = True  # something that somebody read


@dataclass(frozen=True, slots=True)
class AppealAnswered:
    """What somebody else found when they looked again, to whoever asked for it."""

    decision_id: UUID
    side: Side
    result: Result
    answer: str
    less: Less | None = None  # what followed, if they were right in part
    until: datetime | None = None  # of what is shorter now
