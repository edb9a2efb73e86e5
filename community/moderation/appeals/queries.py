"""Decisions that can be looked at again, and who asked. Every select of appeals."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.queries import in_force
from community.accounts.sanctions.rules import is_in_force
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.appeals.locked_out import locks_of, time_locked
from community.moderation.appeals.models import Appeal, AppealClaim
from community.moderation.appeals.rules import (
    ANSWER_WITHIN,
    Decided,
    Hearing,
    Result,
    Side,
    may_hear,
    may_read_of,
)
from community.moderation.models import Decision, Report, ReviewItem
from community.moderation.opinions.queries import who_thinks
from community.moderation.queries import (
    COUNTS,
    CasePage,
    ItemRow,
    in_context,
    is_about_words,
    items_by_id,
)
from community.moderation.queue.rules import Urgency, rank
from community.moderation.rules.case import Claim, Source
from community.moderation.sanctions.queries import who_proposed
from community.moderation.sent_out.models import SentOut


@dataclass(frozen=True, slots=True)
class AppealRow:
    """Another look, in the queue and at the top of its page."""

    id: UUID
    words: str
    asked_at: datetime
    side: Side
    item: ItemRow
    hearing: Hearing

    @property
    def answer_by(self) -> datetime:
        """When somebody should have answered: a target, not a promise."""
        return self.asked_at + ANSWER_WITHIN

    @property
    def urgency(self) -> Urgency:
        """By which it stands in the queue."""
        return Urgency(rank(self.item.case.severity), self.asked_at, self.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked, for themselves, and what they were answered."""

    asked_at: datetime
    words: str
    result: Result | None
    answer: str | None

    @property
    def answer_by(self) -> datetime:
        return self.asked_at + ANSWER_WITHIN


@dataclass(frozen=True, slots=True)
class AboutDecision:
    """A decision, for whoever can ask for another look at it."""

    decided: Decided
    decided_at: datetime
    why: str
    asked: Asked | None


def about(actor: Actor, decision_id: UUID, now: datetime) -> AboutDecision:
    """A decision about this person’s words or report. Raises `Refused(NOT_FOUND)`."""
    row = db.session.execute(
        select(Decision, SentOut.why)
        .outerjoin(SentOut, SentOut.decision_id == Decision.id)
        .where(Decision.id == decision_id)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    decision: Decision = row.Decision
    decided = _decided(decision)
    may_read_of(actor, decided).require()
    stood_still = time_locked(locks_of(actor.id), decision.decided_at, now)
    decided = replace(decided, appealable_until=decided.appealable_until + stood_still)
    asked = db.session.execute(
        select(Appeal.asked_at, Appeal.words, Appeal.result, Appeal.answer).where(
            Appeal.decision_id == decision_id, Appeal.appellant_id == actor.id
        )
    ).one_or_none()
    return AboutDecision(
        decided, decision.decided_at, row.why or decision.why, Asked(*asked) if asked else None
    )


def of_item(appeal_id: UUID) -> UUID:
    """The item that this other look is about. Raises `Refused(NOT_FOUND)`."""
    item_id = db.session.scalar(select(Appeal.item_id).where(Appeal.id == appeal_id))
    if item_id is None:
        raise Refused(NOT_FOUND)
    return item_id


@dataclass(frozen=True, slots=True)
class _Less:
    """What was decided about people in some items, and what of it is in force."""

    made: frozenset[UUID]  # the decisions
    held: Mapping[UUID, frozenset[UUID]]  # those in force, by item

    def has(self, appeal: Appeal) -> bool:
        held = self.held.get(appeal.item_id, frozenset())
        return appeal.decision_id in held if appeal.decision_id in self.made else bool(held)


def _less(items: Sequence[UUID], now: datetime) -> _Less:
    rows = db.session.execute(
        select(Decision.item_id, Sanction.decision_id, Sanction.ends_at, Sanction.lifted_at)
        .join(Sanction, Sanction.decision_id == Decision.id)
        .where(Decision.item_id.in_(items))
    ).all()
    held: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    for row in rows:
        if is_in_force(row.ends_at, row.lifted_at, now):
            held[row.item_id] |= {row.decision_id}
    return _Less(frozenset(row.decision_id for row in rows), held)


def in_force_from(item_id: UUID, now: datetime) -> Sequence[Sanction]:
    """What was decided about a person in this item and is in force."""
    return db.session.scalars(
        select(Sanction)
        .join(Decision, Decision.id == Sanction.decision_id)
        .where(Decision.item_id == item_id, in_force(now))
        .order_by(Sanction.id)
    ).all()


def sanction_of(decision_id: UUID) -> Sanction | None:
    """What this decision put in force for a person, if it was about one."""
    return db.session.scalar(select(Sanction).where(Sanction.decision_id == decision_id))


def until_nobody_can_ask(item_id: UUID) -> datetime:
    """When the time for another look at anything decided about an item is over."""
    ends = select(func.max(Decision.appealable_until)).where(Decision.item_id == item_id)
    return db.session.scalars(ends).one()


def waiting_for(actor: Actor, now: datetime) -> Sequence[AppealRow]:
    """What this person can hear, the oldest first."""
    asked = db.session.scalars(select(Appeal).where(Appeal.result.is_(None))).all()
    return [row for row in _rows(asked, now) if may_hear(actor, row.hearing)] if asked else []


@dataclass(frozen=True, slots=True)
class AppealPage:
    """All that somebody reads before they answer."""

    row: AppealRow
    page: CasePage
    answered: Asked


def page(actor: Actor, appeal_id: UUID, now: datetime) -> AppealPage:
    """One of them in its context: words that were removed too. Raises `Refused(NOT_FOUND)`."""
    appeal = db.session.scalar(select(Appeal).where(Appeal.id == appeal_id))
    if appeal is None:
        raise Refused(NOT_FOUND)
    [row] = _rows([appeal], now)
    may_hear(actor, row.hearing).require()
    answered = Asked(appeal.asked_at, appeal.words, appeal.result, appeal.answer)
    reads = not row.hearing.is_answered or actor.belongs_to(row.item.case.group_id)
    return AppealPage(row, in_context(row.item, actor, now, reads=reads), answered)


def hearing_of(appeal: Appeal, now: datetime) -> Hearing:
    """What the rules need to know of it."""
    [row] = _rows([appeal], now)
    return row.hearing


def _who_reported_it(items: Collection[UUID]) -> Mapping[UUID, set[UUID]]:
    """Who has reported the posts of these, in other items: what a moderator did of themselves has
    no reports of its own."""
    other, found = aliased(ReviewItem), defaultdict[UUID, set[UUID]](set)
    rows = db.session.execute(
        select(ReviewItem.id, Report.reporter_id)
        .join(other, other.post_id == ReviewItem.post_id)
        .join(Report, Report.item_id == other.id)
        .where(ReviewItem.id.in_(items))
    )
    for item_id, reporter_id in rows:
        if reporter_id is not None:
            found[item_id].add(reporter_id)
    return found


def _rows(appeals: Collection[Appeal], now: datetime) -> list[AppealRow]:
    about = items_by_id({each.item_id for each in appeals}, now)
    decisions: dict[UUID, list[Decision]] = defaultdict(list)
    made = select(Decision).where(Decision.item_id.in_(about))
    for decision in db.session.scalars(made):
        decisions[decision.item_id].append(decision)
    thinks, proposed = who_thinks(list(about)), who_proposed(list(about))
    own = [each for each, row in about.items() if row.case.source is Source.OWN]
    reported = _who_reported_it(own) if own else {}
    less, claims = _less(list(about), now), _claims_of([each.id for each in appeals])
    return [
        AppealRow(
            appeal.id,
            appeal.words,
            appeal.asked_at,
            appeal.side,
            about[appeal.item_id],
            Hearing(
                id=appeal.id,
                side=appeal.side,
                scope=next(
                    each.scope
                    for each in decisions[appeal.item_id]
                    if each.id == appeal.decision_id
                ),
                case=replace(about[appeal.item_id].case, claim=claims.get(appeal.id)),
                deciders=frozenset().union(
                    thinks.get(appeal.item_id, ()),
                    proposed.get(appeal.item_id, frozenset()) - {appeal.answered_by},
                    reported.get(appeal.item_id, ()),
                    (
                        each.decided_by
                        for each in decisions[appeal.item_id]
                        if each.supersedes_id != appeal.decision_id
                    ),  # that was the answer
                ),
                is_answered=appeal.result is not None,
                has_less=appeal.side is Side.AUTHOR and less.has(appeal),
            ),
        )
        for appeal in sorted(appeals, key=lambda each: (each.asked_at, each.id))
    ]


def _claims_of(appeals: Sequence[UUID]) -> Mapping[UUID, Claim]:
    """Whoever is looking at these, or was."""
    query = (
        select(AppealClaim.appeal_id, AppealClaim.account_id, Account.name, AppealClaim.until)
        .join(Account, Account.id == AppealClaim.account_id)
        .where(AppealClaim.appeal_id.in_(appeals))
    )
    return {row[0]: Claim(*row[1:]) for row in db.session.execute(query)}


def _decided(decision: Decision) -> Decided:
    reporters = select(Report.reporter_id).where(Report.item_id == decision.item_id, COUNTS)
    return Decided(
        id=decision.id,
        item_id=decision.item_id,
        author_id=decision.author_id,
        reporters=frozenset(who for who in db.session.scalars(reporters) if who),
        outcome=decision.outcome,
        scope=decision.scope,
        appealable_until=decision.appealable_until,
        stands=_stands(decision),
    )


def _stands(decision: Decision) -> bool:
    """Of decisions about words the last one does; what is in force for a person, until it is
    lifted."""
    sanction = sanction_of(decision.id)
    if sanction is not None:
        return sanction.lifted_at is None
    newest = (
        select(Decision.id)
        .where(Decision.item_id == decision.item_id, is_about_words())
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    )
    return db.session.scalar(newest) == decision.id
