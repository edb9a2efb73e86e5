"""What there is to review, for this actor, and what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, literal, not_, or_, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account, StaffRole
from community.accounts.sanctions.models import Sanction
from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group, Membership
from community.moderation.appeals.locked_out import Event, locks_of, time_locked
from community.moderation.cases import Words, known
from community.moderation.holds.rules import reason_of
from community.moderation.models import (
    LOOKED,
    AuditEvent,
    Decision,
    Report,
    ReportedWords,
    ReviewItem,
)
from community.moderation.rules.case import (
    Case,
    Outcome,
    Source,
    Target,
    actions_for,
    may_open_case,
)
from community.moderation.rules.reasons import REASONS, Keeps, ReportReason, Scope
from community.moderation.sent_out.models import SentOut
from community.threads import queries as threads_queries
from community.threads.holds import queries as holds_queries
from community.threads.models import Post, Thread
from community.threads.resonance.models import Resonance
from community.threads.rules.rows import PostRow, Version

COUNTS = Report.taken_back_at.is_(None)


@dataclass(frozen=True, slots=True)
class AboutPost:
    """The post that an item is about."""

    post_id: UUID
    thread_id: UUID
    number: int | None  # None for a reply that others haven’t seen
    title: str
    reported_version: int
    html: str | None  # the words as they were when first reported, until the copy is erased


@dataclass(frozen=True, slots=True)
class AboutShare:
    """The circle in which something was typed that an item is about. Its words are locked."""

    title: str
    starts_at: datetime
    to_one: bool | None  # None when the words are erased


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """The person that an item is about."""

    name: str | None  # None when they have left


@dataclass(frozen=True, slots=True)
class AboutCall:
    """The call that an item is about, and what it said of itself when first reported."""

    id: UUID
    title: str
    starts_at: datetime
    words: str | None  # until the copy is erased


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in the queue, and at the top of its page."""

    id: UUID
    post: AboutPost | None
    share: AboutShare | None
    person: AboutPerson | None
    call: AboutCall | None
    group_name: str
    reason: ReportReason
    opened_at: datetime
    first_look_by: datetime
    case: Case
    source: Source


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as moderators see it: never by whom."""

    reason: ReportReason
    words: str
    reported_at: datetime
    met_in: AboutShare | None  # of a person: the circle in which they met
    law: str = field(kw_only=True, default="")  # which one, of a notice under the law
    decision_id: UUID | None = field(kw_only=True, default=None)  # of how somebody decided

    @property
    def first_look_by(self) -> datetime:
        """When somebody should have read it: a target, not a promise."""
        return self.reported_at + self.reason.severity.first_look


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided, with what a statement of reasons says."""

    id: UUID
    item_id: UUID
    outcome: Outcome
    decided_by_name: str | None
    rule_id: str
    reasons: Sequence[ReportReason]
    why: str
    note: str
    scope: Scope
    source: Source
    automated: bool
    decided_at: datetime
    hidden_until: datetime | None
    appealable_until: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that a moderator reads before deciding."""

    item: ItemRow
    around: Sequence[PostRow]
    versions: Sequence[Version]  # what the post said before it was changed
    reports: Sequence[ReportRow]
    decisions: Sequence[DecisionRow]
    minded: Mapping[UUID, DecisionRow]  # those that reports are about: how somebody decided
    actions: frozenset[Outcome]


def case_page(actor: Actor, item_id: UUID, now: datetime) -> CasePage:
    """One item in its context. Raises `Refused(NOT_FOUND)` for whoever may not open it."""
    items = _items(ReviewItem.id == item_id, now=now)
    if not items:
        raise Refused(NOT_FOUND)
    item = items[0]
    may_open_case(actor, item.case, now).require()
    # Whoever isn't in the group reads it only as long as there is something to decide.
    reads = item.case.is_open or actor.belongs_to(item.case.group_id)
    return in_context(item, actor, now, reads=reads)


def in_context(item: ItemRow, actor: Actor, now: datetime, *, reads: bool) -> CasePage:
    """What there is to read about an item, with the words themselves if this person `reads` them.
    Ask first whether they may."""
    reports = db.session.execute(
        select(
            Report.reason,
            Report.words,
            Report.law,
            Report.decision_id,
            Report.reported_at,
            Call.title,
            Call.starts_at,
        )
        .outerjoin(Call, Call.id == Report.met_in)
        .where(Report.item_id == item.id, COUNTS)
        .order_by(Report.id)
    ).all()
    minded = [row.decision_id for row in reports if row.decision_id]
    post = item.post if reads else None
    return CasePage(
        item=item,
        around=_around(post) if post else (),
        versions=threads_queries.versions(post.post_id) if post else (),
        reports=[
            ReportRow(
                REASONS[row.reason],
                row.words,
                row.reported_at,
                AboutShare(row.title, row.starts_at, None) if row.starts_at else None,
                law=row.law,
                decision_id=row.decision_id,
            )
            for row in reports
        ],
        decisions=_decisions(Decision.item_id == item.id),
        minded={each.id: each for each in _decisions(Decision.id.in_(minded))} if minded else {},
        actions=actions_for(item.case, actor, now),
    )


def is_about_words() -> ColumnElement[bool]:
    """Whether something was decided about what was written, and not about who wrote it."""
    made = exists().where(Sanction.decision_id == Decision.id)
    lifted = exists().where(Sanction.lifted_by == Decision.id)
    return not_(or_(made, lifted))


def items_by_id(items: Iterable[UUID], now: datetime) -> Mapping[UUID, ItemRow]:
    """These items, open or closed, past every rule."""
    asked = list(items)
    found = _items(ReviewItem.id.in_(asked), now=now) if asked else []
    return {item.id: item for item in found}


def shown(cases: Mapping[UUID, Case]) -> Mapping[UUID, ItemRow]:
    """These items as they are shown, by their ids. The caller knows what the rules ask of them."""
    found = _rows(ReviewItem.id.in_(cases)) if cases else []
    return {row.ReviewItem.id: _item(row, cases[row.ReviewItem.id]) for row in found}


def _around(post: AboutPost) -> Sequence[PostRow]:
    if post.number is None:
        return holds_queries.around(post.thread_id, post.post_id)
    return threads_queries.around(post.thread_id, post.number)


def target_of(item_id: UUID) -> Row[Target, UUID | None, UUID | None, UUID]:
    """What this item is about, for whoever locks it: a post, a call or something in its circle,
    or a person of a group, with the call out of whose circle they were sent."""
    row = db.session.execute(
        select(
            ReviewItem.about,
            ReviewItem.post_id,
            func.coalesce(ReviewItem.call_id, SentOut.call_id).label("call_id"),
            ReviewItem.group_id,
        )
        .outerjoin(SentOut, SentOut.item_id == ReviewItem.id)
        .where(ReviewItem.id == item_id)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return row


def call_of(item_id: UUID) -> AboutCall:
    """The call that this item is about."""
    row = db.session.execute(
        select(Call.id, Call.title, Call.starts_at, ReviewItem.reported_call)
        .join(ReviewItem, ReviewItem.call_id == Call.id)
        .where(ReviewItem.id == item_id)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return AboutCall(row.id, row.title, row.starts_at, row.reported_call)


def circle_of(target_id: UUID) -> AboutShare:
    """The circle in which this share was typed, or the share that this item is about."""
    row = db.session.execute(
        select(Call.title, Call.starts_at)
        .join(ReviewItem, ReviewItem.call_id == Call.id)
        .where(or_(ReviewItem.share_id == target_id, ReviewItem.id == target_id))
        .limit(1)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return AboutShare(row.title, row.starts_at, None)


def reports_of(item_id: UUID) -> Sequence[Report]:
    """The reports of an item that count, in the order they came."""
    return db.session.scalars(
        select(Report).where(Report.item_id == item_id, COUNTS).order_by(Report.id)
    ).all()


def was_looked_at(item_id: UUID) -> bool:
    """Somebody has opened the locked words."""
    query = select(AuditEvent.id).where(AuditEvent.item_id == item_id, AuditEvent.action == LOOKED)
    return db.session.scalar(query.limit(1)) is not None


def keeps(account_id: UUID | None, group_id: UUID) -> Keeps:
    """Whether somebody works for the site, or leads or moderates in this group."""
    in_group = select(literal(Keeps.GROUP.value)).where(
        Membership.account_id == account_id,
        Membership.group_id == group_id,
        or_(Membership.facilitates, Membership.moderates, Membership.owns),
    )
    on_site = select(literal(Keeps.SITE.value)).where(StaffRole.account_id == account_id)
    found = db.session.scalars(in_group.union(on_site)).all()
    return max(map(Keeps, found), key=list(Keeps).index, default=Keeps.NOTHING)


def without_part(decisions: Sequence[UUID], thread_id: UUID) -> frozenset[UUID]:
    """Those of these decisions that were made by somebody who hasn’t written in this thread, and
    has given nobody in it a word."""
    there = Post.thread_id == thread_id
    wrote = exists().where(there, Post.author_id == Decision.decided_by)
    gave = exists().where(
        there, Resonance.post_id == Post.id, Resonance.account_id == Decision.decided_by
    )
    query = select(Decision.id).where(Decision.id.in_(decisions), ~wrote, ~gave)
    return frozenset(db.session.scalars(query))


def statement(actor: Actor, target_id: UUID, now: datetime) -> Sequence[DecisionRow]:
    """What was decided about this person's words, as far as it changed something for them."""
    hiding = aliased(Decision)
    was_hidden = exists().where(
        and_(hiding.item_id == Decision.item_id, hiding.outcome == Outcome.HIDE)
    )
    found = _decisions(
        Decision.target_id == target_id,
        Decision.author_id == actor.id,
        or_(
            Decision.outcome.not_in([Outcome.KEEP, Outcome.APPROVE, Outcome.CARE]),
            Decision.source == Source.APPEAL,
            was_hidden,
        ),
        is_about_words(),
    )
    if not found:
        raise Refused(NOT_FOUND)
    locks = locks_of(actor.id)
    return [_with_time_locked(each, locks, now) for each in found]


def _with_time_locked(row: DecisionRow, locks: Sequence[Event], now: datetime) -> DecisionRow:
    until = row.appealable_until + time_locked(locks, row.decided_at, now)
    return replace(row, appealable_until=until)


def _items(*where: ColumnElement[bool], now: datetime) -> Sequence[ItemRow]:
    rows = _rows(*where)
    items = [row.ReviewItem for row in rows]
    circles = {row.circle_id for row in rows}
    about = known(items, [each.id for each in items], circles, now)
    return [_item(row, about.case(row.ReviewItem, Words(*row[1:5]))) for row in rows]


def _rows(*where: ColumnElement[bool]) -> Sequence[Row[*tuple[Any, ...]]]:
    return db.session.execute(
        select(
            ReviewItem,
            Post.author_id,
            Post.state,
            Post.pseudonym,
            Thread.circle_id,
            Post.number,
            Post.thread_id,
            Thread.title,
            Call.title.label("circle"),
            Call.starts_at,
            ReportedWords.to_one,
            Group.name,
            Account.name.label("person"),
        )
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .outerjoin(Thread, Thread.id == Post.thread_id)
        .outerjoin(Call, Call.id == ReviewItem.call_id)
        .outerjoin(ReportedWords, ReportedWords.item_id == ReviewItem.id)
        .outerjoin(Account, Account.id == ReviewItem.author_id)
        .join(Group, Group.id == ReviewItem.group_id)
        .where(*where)
    ).all()


def _item(row: Row[*tuple[Any, ...]], case: Case) -> ItemRow:
    item = row.ReviewItem
    post = None
    if item.post_id:
        seen = (item.reported_version, item.reported_html)
        post = AboutPost(item.post_id, row.thread_id, row.number, row.title, *seen)
    return ItemRow(
        id=item.id,
        post=post,
        share=AboutShare(row.circle, row.starts_at, row.to_one) if item.share_id else None,
        person=AboutPerson(row.person) if item.about is Target.PERSON else None,
        call=AboutCall(item.call_id, row.circle, row.starts_at, item.reported_call)
        if item.about is Target.CALL
        else None,
        group_name=row.name,
        reason=reason_of(item.reason),
        opened_at=item.opened_at,
        first_look_by=item.opened_at + item.severity.first_look,
        case=case,
        source=item.source,
    )


def is_about(target_id: UUID, group_id: UUID | None = None) -> ColumnElement[bool]:
    """Of a person, in this group."""
    return or_(
        ReviewItem.post_id == target_id,
        ReviewItem.share_id == target_id,
        and_(ReviewItem.about == Target.CALL, ReviewItem.call_id == target_id),
        and_(
            ReviewItem.about == Target.PERSON,
            ReviewItem.author_id == target_id,
            ReviewItem.group_id == group_id,
        ),
    )


def decided_since(item_id: UUID, at: datetime) -> Sequence[DecisionRow]:
    """What was decided in this item from then on, the first first."""
    return _decisions(Decision.item_id == item_id, Decision.decided_at >= at)


def _decisions(*where: ColumnElement[bool]) -> Sequence[DecisionRow]:
    rows = db.session.execute(
        select(Decision, Account.name, SentOut.why)
        .outerjoin(Account, Account.id == Decision.decided_by)
        .outerjoin(SentOut, SentOut.decision_id == Decision.id)
        .where(*where)
        .order_by(Decision.decided_at, Decision.id)
    )
    return [
        DecisionRow(
            id=row.Decision.id,
            item_id=row.Decision.item_id,
            outcome=row.Decision.outcome,
            decided_by_name=row.name,
            rule_id=row.Decision.rule_id,
            reasons=[reason_of(reason) for reason in row.Decision.facts.split()],
            why=row.why or row.Decision.why,
            note=row.Decision.note,
            scope=row.Decision.scope,
            source=row.Decision.source,
            automated=row.Decision.automated,
            decided_at=row.Decision.decided_at,
            hidden_until=row.Decision.hidden_until,
            appealable_until=row.Decision.appealable_until,
        )
        for row in rows
    ]
