"""What is in force for somebody, what was proposed, and who may answer it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account, StaffRole
from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.queries import in_force
from community.accounts.sanctions.rules import SanctionKind, is_in_force
from community.core.actor import Actor
from community.core.db import Ids, db, locked
from community.core.verdict import NOT_FOUND, Refused, Verdict, no
from community.groups.models import Group, Membership
from community.moderation import queries
from community.moderation.holds.rules import reason_of
from community.moderation.models import Decision, ReviewItem
from community.moderation.queries import DecisionRow, ItemRow, decided_since
from community.moderation.rules.case import Case, Source, may_open_case
from community.moderation.rules.reasons import ReportReason, Scope
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.sanctions.rules import (
    Proposal,
    Second,
    Step,
    Subject,
    may_answer,
    may_lift,
    may_look_at,
    must_sign_in_again,
    steps_for,
)
from community.threads.models import Post


@dataclass(frozen=True, slots=True)
class InForce:
    """A sanction with all that its statement says."""

    id: UUID
    decision_id: UUID
    kind: SanctionKind
    group_name: str
    begins_at: datetime
    ends_at: datetime | None
    review_at: datetime | None
    lifted_at: datetime | None
    rule_id: str
    why: str
    reasons: Sequence[ReportReason]
    by_platform: bool
    source: Source
    automated: bool
    appealable_until: datetime

    def is_in_force(self, now: datetime) -> bool:
        return is_in_force(self.ends_at, self.lifted_at, now)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A step that waits for somebody’s answer, or has it."""

    id: UUID
    item_id: UUID
    what: Proposal
    subject_name: str
    group_name: str
    by_name: str
    rule_id: str
    why: str
    note: str
    at: datetime
    answered_by_name: str
    answer: str
    agreed: bool | None
    since: Sequence[DecisionRow] = ()  # what was decided about its item after it


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What a moderator reads, and may choose from, about whoever wrote what was reported."""

    subject: Subject | None
    in_force: Sequence[InForce]
    may_lift: Mapping[UUID, Verdict]  # by the id of what is in force
    steps: Mapping[Step, Second | None]
    sign_in_again: Verdict
    proposed: Proposed | None
    may_answer: Verdict  # to what is proposed, if anything is


def person_of_item(actor: Actor, item_id: UUID, now: datetime) -> tuple[ItemRow, PersonPage]:
    """The item with whoever wrote it. `Refused(NOT_FOUND)` for whoever may not open it."""
    item = queries.items_by_id([item_id], now).get(item_id)
    if item is None:
        raise Refused(NOT_FOUND)
    may_open_case(actor, item.case, now).require()
    return item, person_page(actor, item_id, item.case, now)


def to_lift(
    actor: Actor, item_id: UUID, sanction_id: UUID, now: datetime
) -> tuple[ItemRow, InForce]:
    """The item, and one of what is or was in force for whoever wrote it, if this person may end
    that."""
    item, page = person_of_item(actor, item_id, now)
    of_item = _of_item(item_id, item.case, page.subject, Sanction.id == sanction_id)
    if not of_item:
        raise Refused(NOT_FOUND)
    may_lift(actor, item.case, page.subject, of_item[0].kind, now).require()
    return item, of_item[0]


def person_page(actor: Actor, item_id: UUID, case: Case, now: datetime) -> PersonPage:
    """About the person of an item, for whoever may open it."""
    subject = subject_of(case)
    held = _of_item(item_id, case, subject, in_force(now))
    proposed = _newest(item_id)
    waits = proposed is not None and not proposed.what.is_answered
    return PersonPage(
        subject=subject,
        in_force=held,
        may_lift={each.id: may_lift(actor, case, subject, each.kind, now) for each in held},
        steps={} if waits else steps_for(actor, case, subject, now),
        sign_in_again=must_sign_in_again(actor, case, subject, now),
        proposed=proposed,
        may_answer=may_answer(actor, case, subject, proposed.what, now)
        if proposed
        else no(NOT_FOUND),
    )


def subject_of(case: Case) -> Subject | None:
    """Whoever wrote what was reported, if they are still here."""
    rows = db.session.execute(
        select(
            Account.id,
            Account.name,
            StaffRole.role,
            or_(Membership.facilitates, Membership.moderates, Membership.owns).label("keeps"),
        )
        .outerjoin(StaffRole, StaffRole.account_id == Account.id)
        .outerjoin(
            Membership,
            and_(Membership.account_id == Account.id, Membership.group_id == case.group_id),
        )
        .where(Account.id == case.author_id)
    ).all()
    if not rows:
        return None
    staff = frozenset(row.role for row in rows if row.role is not None)
    return Subject(rows[0].id, case.pseudonym or rows[0].name, staff, bool(rows[0].keeps))


def _of_item(
    item_id: UUID, case: Case, subject: Subject | None, which: ColumnElement[bool]
) -> Sequence[InForce]:
    """What was decided about them, as the page of this item may say it. What was decided about
    something written without a name stands on that item’s page only, and nothing else does there:
    otherwise the two pages together would say who wrote it."""
    if subject is None:
        return []
    is_here = Decision.item_id == item_id
    unnamed = exists().where(
        ReviewItem.id == Decision.item_id,
        Post.id == ReviewItem.post_id,
        Post.pseudonym.is_not(None),
    )
    is_said = is_here if case.pseudonym else or_(is_here, ~unnamed)
    return _sanctions(Sanction.account_id == subject.id, which, is_said)


def of(account_id: UUID, now: datetime) -> Sequence[InForce]:
    """What is in force for somebody, the latest first."""
    return _sanctions(Sanction.account_id == account_id, in_force(now))


def statement(actor: Actor, decision_id: UUID) -> InForce:
    """The statement of one that was decided about this person, over or not."""
    found = _sanctions(Sanction.account_id == actor.id, Sanction.decision_id == decision_id)
    if not found:
        raise Refused(NOT_FOUND)
    return found[0]


def proposal(actor: Actor, proposal_id: UUID, now: datetime) -> tuple[Proposed, ItemRow, Verdict]:
    """What was proposed about whom, and whether this person may answer it. `Refused(NOT_FOUND)`
    for whoever may not know."""
    row = next(iter(_proposals(SanctionProposal.id == proposal_id)), None)
    if row is None:
        raise Refused(NOT_FOUND)
    item = queries.items_by_id([row.item_id], now)[row.item_id]
    may_look_at(actor, item.case, row.what, now).require()
    since = decided_since(row.item_id, row.at)
    what = replace(row.what, since=[each.outcome for each in since])
    row = replace(row, what=what, since=since)
    return row, item, may_answer(actor, item.case, subject_of(item.case), row.what, now)


def proposals_for(actor: Actor, now: datetime) -> Sequence[Proposed]:
    """Those that wait for this person’s answer, the first proposed first."""
    waiting = _proposals(SanctionProposal.answered_at.is_(None))
    items = queries.items_by_id([each.item_id for each in waiting], now)
    return [
        each
        for each in waiting
        if may_look_at(actor, items[each.item_id].case, each.what, now) and each.what.by != actor.id
    ]


@dataclass(frozen=True, slots=True)
class Review:
    """Something without an end of its own that somebody is to look at again."""

    item_id: UUID
    sanction_id: UUID
    name: str
    group_name: str
    since: datetime


def reviews_for(actor: Actor, now: datetime) -> Sequence[Review]:
    """Those whose day has come, for whoever may end them."""
    rows = db.session.execute(
        select(Sanction, Decision.item_id, Account.name, Group.name.label("group"))
        .join(Decision, Decision.id == Sanction.decision_id)
        .join(Account, Account.id == Sanction.account_id)
        .join(Group, Group.id == Sanction.group_id)
        .where(Sanction.review_at <= now, in_force(now))
        .order_by(Sanction.review_at, Sanction.id)
    ).all()
    items = queries.items_by_id({row.item_id for row in rows}, now)
    return [
        Review(
            row.item_id,
            row.Sanction.id,
            items[row.item_id].case.pseudonym or row.name,
            row.group,
            row.Sanction.begins_at,
        )
        for row in rows
        if row.item_id in items
        and may_lift(
            actor,
            items[row.item_id].case,
            Subject(row.Sanction.account_id, row.name),
            row.Sanction.kind,
            now,
        )
    ]


def is_any_proposed() -> ColumnElement[bool]:
    """Whether something waits for a second person."""
    return exists().where(SanctionProposal.answered_at.is_(None))


def is_any_to_look_at(now: datetime) -> ColumnElement[bool]:
    """Whether something waits for somebody to look at it again."""
    return exists().where(Sanction.review_at <= now, in_force(now))


def locked_sanction(sanction_id: UUID, subject: Subject | None) -> Sanction:
    """One that is about this person. `Refused(NOT_FOUND)` for any other."""
    sanction = locked(Sanction, sanction_id)
    if subject is None or sanction.account_id != subject.id:
        raise Refused(NOT_FOUND)
    return sanction


def item_of(proposal_id: UUID) -> UUID:
    """The item in which something was proposed."""
    query = select(SanctionProposal.item_id).where(SanctionProposal.id == proposal_id)
    item_id = db.session.scalar(query)
    if item_id is None:
        raise Refused(NOT_FOUND)
    return item_id


def what_of(row: SanctionProposal) -> Proposal:
    """What the rules need to know of it, to say whether somebody may answer it."""
    return replace(
        _what(row), since=[each.outcome for each in decided_since(row.item_id, row.proposed_at)]
    )


def is_proposed(item_id: UUID) -> bool:
    """Something waits for an answer in this item."""
    return waiting_in(item_id) is not None


def waiting_in(item_id: UUID) -> UUID | None:
    """What was proposed in this item and nobody has answered: one at most."""
    query = select(SanctionProposal.id).where(
        SanctionProposal.item_id == item_id, SanctionProposal.answered_at.is_(None)
    )
    return db.session.scalar(query)


def who_proposed(items: Ids) -> Mapping[UUID, frozenset[UUID]]:
    """Who has proposed something in these, agreed to it or said no."""
    found: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    query = select(
        SanctionProposal.item_id, SanctionProposal.proposed_by, SanctionProposal.answered_by
    )
    for item_id, *both in db.session.execute(query.where(SanctionProposal.item_id.in_(items))):
        found[item_id] |= {who for who in both if who}
    return found


def owners(group_id: UUID) -> Sequence[UUID]:
    """Who owns a group."""
    return db.session.scalars(
        select(Membership.account_id).where(Membership.group_id == group_id, Membership.owns)
    ).all()


def _what(row: SanctionProposal) -> Proposal:
    is_answered = row.answered_at is not None
    return Proposal(Step(row.kind, row.days), row.second, row.proposed_by, is_answered=is_answered)


def _newest(item_id: UUID) -> Proposed | None:
    return next(reversed(_proposals(SanctionProposal.item_id == item_id)), None)


def _sanctions(*where: ColumnElement[bool]) -> Sequence[InForce]:
    rows = db.session.execute(
        select(Sanction, Decision, Group.name)
        .join(Decision, Decision.id == Sanction.decision_id)
        .outerjoin(Group, Group.id == Sanction.group_id)
        .where(*where)
        .order_by(Sanction.begins_at.desc(), Sanction.id.desc())
    )
    return [
        InForce(
            id=row.Sanction.id,
            decision_id=row.Decision.id,
            kind=row.Sanction.kind,
            group_name=row.name or "",
            begins_at=row.Sanction.begins_at,
            ends_at=row.Sanction.ends_at,
            review_at=row.Sanction.review_at,
            lifted_at=row.Sanction.lifted_at,
            rule_id=row.Decision.rule_id,
            why=row.Decision.why,
            reasons=[reason_of(reason) for reason in row.Decision.facts.split()],
            by_platform=row.Decision.scope is Scope.PLATFORM,
            source=row.Decision.source,
            automated=row.Decision.automated,
            appealable_until=row.Decision.appealable_until,
        )
        for row in rows
    ]


def _proposals(*where: ColumnElement[bool]) -> Sequence[Proposed]:
    subject, proposer, answerer = aliased(Account), aliased(Account), aliased(Account)
    rows = db.session.execute(
        select(
            SanctionProposal,
            func.coalesce(Post.pseudonym, subject.name).label("subject"),
            proposer.name.label("proposer"),
            answerer.name.label("answerer"),
            Group.name.label("group"),
        )
        .join(ReviewItem, ReviewItem.id == SanctionProposal.item_id)
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .join(Group, Group.id == ReviewItem.group_id)
        .join(subject, subject.id == SanctionProposal.account_id)
        .outerjoin(proposer, proposer.id == SanctionProposal.proposed_by)
        .outerjoin(answerer, answerer.id == SanctionProposal.answered_by)
        .where(*where)
        .order_by(SanctionProposal.proposed_at, SanctionProposal.id)
    )
    return [
        Proposed(
            id=row.SanctionProposal.id,
            item_id=row.SanctionProposal.item_id,
            what=_what(row.SanctionProposal),
            subject_name=row.subject,
            group_name=row.group,
            by_name=row.proposer or "",
            rule_id=row.SanctionProposal.rule_id,
            why=row.SanctionProposal.why,
            note=row.SanctionProposal.note,
            at=row.SanctionProposal.proposed_at,
            answered_by_name=row.answerer or "",
            answer=row.SanctionProposal.answer,
            agreed=row.SanctionProposal.agreed,
        )
        for row in rows
    ]
