"""What there is to review, for this actor. Every select of moderation.

The queue is read whole and sifted by `rules.actions_for`: it is short by nature, and so its
counts can't differ from what somebody may decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, true
from sqlalchemy.orm import aliased

from community.accounts.models import Account, StaffRole
from community.accounts.sanctions.models import Sanction
from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group, Membership
from community.live import queries as live_queries
from community.moderation.appeals.reopened import barred_from
from community.moderation.care.queries import care_of
from community.moderation.claims.queries import claims_of
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
    Care,
    Case,
    Claim,
    Outcome,
    Source,
    Target,
    actions_for,
    may_open_case,
    may_see_queue,
)
from community.moderation.rules.reasons import REASONS, ReportReason, Scope, Severity
from community.threads import queries as threads_queries
from community.threads.holds import queries as holds_queries
from community.threads.models import Post, Thread
from community.threads.rules.posts import PostState
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
    html: str  # the words as they were when first reported


@dataclass(frozen=True, slots=True)
class AboutShare:
    """The circle in which something was typed that an item is about. Its words are locked."""

    title: str
    starts_at: datetime
    to_one: bool | None  # None when the words are erased


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in the queue, and at the top of its page."""

    id: UUID
    post: AboutPost | None
    share: AboutShare | None
    group_name: str
    reason: ReportReason
    opened_at: datetime
    first_look_by: datetime
    case: Case
    source: Source

    @property
    def urgency(self) -> tuple[int, datetime, UUID]:
        """By which it stands in the queue: severity, then age."""
        return self.case.severity.rank, self.opened_at, self.id


@dataclass(frozen=True, slots=True)
class Queue:
    """What this person can decide, the most urgent first, and how much waits on others."""

    items: Sequence[ItemRow]
    waiting_on_others: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as moderators see it: never by whom."""

    reason: ReportReason
    words: str
    reported_at: datetime

    @property
    def first_look_by(self) -> datetime:
        """When somebody should have read it: a target, not a promise."""
        return self.reported_at + self.reason.severity.first_look


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided, with what a statement of reasons says."""

    id: UUID
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
    actions: frozenset[Outcome]


def queue(actor: Actor, now: datetime) -> Queue:
    """The open items before this person, by severity and then age."""
    may_see_queue(actor).require()
    own = [group for group in actor.groups if actor.moderates(group)]
    in_reach = true() if actor.moderates_platform else ReviewItem.group_id.in_(own)
    items = _items(ReviewItem.closed_at.is_(None), in_reach)
    can = [item for item in items if actions_for(item.case, actor, now)]
    can.sort(key=lambda item: item.urgency)
    return Queue(can, sum(item.case.waits_on_others(actor, now) for item in items))


def case_page(actor: Actor, item_id: UUID, now: datetime) -> CasePage:
    """One item in its context. Raises `Refused(NOT_FOUND)` for whoever may not open it."""
    items = _items(ReviewItem.id == item_id)
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
        select(Report.reason, Report.words, Report.reported_at)
        .where(Report.item_id == item.id, COUNTS)
        .order_by(Report.id)
    )
    post = item.post if reads else None
    return CasePage(
        item=item,
        around=_around(post) if post else (),
        versions=threads_queries.versions(post.post_id) if post else (),
        reports=[ReportRow(REASONS[row.reason], row.words, row.reported_at) for row in reports],
        decisions=_decisions(Decision.item_id == item.id),
        actions=actions_for(item.case, actor, now),
    )


def is_about_words() -> ColumnElement[bool]:
    """Whether something was decided about what was written, and not about who wrote it."""
    made = exists().where(Sanction.decision_id == Decision.id)
    lifted = exists().where(Sanction.lifted_by == Decision.id)
    return not_(or_(made, lifted))


def items_by_id(items: Iterable[UUID]) -> Mapping[UUID, ItemRow]:
    """These items, open or closed, past every rule."""
    asked = list(items)
    return {item.id: item for item in _items(ReviewItem.id.in_(asked))} if asked else {}


def _around(post: AboutPost) -> Sequence[PostRow]:
    if post.number is None:
        return holds_queries.around(post.thread_id, post.post_id)
    return threads_queries.around(post.thread_id, post.number)


def case_of(item: ReviewItem) -> Case:
    """What the rules need to know of this item."""
    post = db.session.get_one(Post, item.post_id) if item.post_id else None
    return _case(
        item,
        post.author_id if post else item.author_id,
        post.state if post else None,
        _reports([item.id])[item.id],
        _moderators([item.group_id])[item.group_id],
        live_queries.who_was_in([item.call_id] if item.call_id else []),
        claims_of([item.id]).get(item.id),
        barred_from([item.id])[item.id],
        care_of([item.id]).get(item.id, Care()),
    )


def target_of(item_id: UUID) -> tuple[UUID | None, UUID | None]:
    """The post that this item is about, or the call in whose circle something was typed."""
    row = db.session.execute(
        select(ReviewItem.post_id, ReviewItem.call_id).where(ReviewItem.id == item_id)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return row.post_id, row.call_id


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


def looks_after(account_id: UUID, group_id: UUID) -> bool:
    """Somebody leads or moderates in this group, or works for the site."""
    in_group = select(Membership.account_id).where(
        Membership.account_id == account_id,
        Membership.group_id == group_id,
        or_(Membership.facilitates, Membership.moderates, Membership.owns),
    )
    on_platform = select(StaffRole.account_id).where(StaffRole.account_id == account_id)
    return db.session.scalar(in_group.union(on_platform).limit(1)) is not None


def statement(actor: Actor, target_id: UUID) -> Sequence[DecisionRow]:
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
    return found


def _items(*where: ColumnElement[bool]) -> Sequence[ItemRow]:
    rows = db.session.execute(
        select(
            ReviewItem,
            Post.author_id,
            Post.state,
            Post.number,
            Post.thread_id,
            Thread.title,
            Call.title.label("circle"),
            Call.starts_at,
            ReportedWords.to_one,
            Group.name,
        )
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .outerjoin(Thread, Thread.id == Post.thread_id)
        .outerjoin(Call, Call.id == ReviewItem.call_id)
        .outerjoin(ReportedWords, ReportedWords.item_id == ReviewItem.id)
        .join(Group, Group.id == ReviewItem.group_id)
        .where(*where)
    ).all()
    items = [row.ReviewItem for row in rows]
    reports = _reports(each.id for each in items)
    moderators = _moderators({each.group_id for each in items})
    there = live_queries.who_was_in({each.call_id for each in items} - {None})
    claims = claims_of(each.id for each in items)
    care = care_of(each.id for each in items if each.severity is Severity.CRISIS)
    barred = barred_from(each.id for each in items)
    return [
        ItemRow(
            id=item.id,
            post=AboutPost(
                item.post_id,
                row.thread_id,
                row.number,
                row.title,
                item.reported_version,
                item.reported_html,
            )
            if item.post_id
            else None,
            share=AboutShare(row.circle, row.starts_at, row.to_one) if item.share_id else None,
            group_name=row.name,
            reason=reason_of(item.reason),
            opened_at=item.opened_at,
            first_look_by=item.opened_at + item.severity.first_look,
            case=_case(
                item,
                row.author_id if item.post_id else item.author_id,
                row.state,
                reports[item.id],
                moderators[item.group_id],
                there,
                claims.get(item.id),
                barred[item.id],
                care.get(item.id, Care()),
            ),
            source=item.source,
        )
        for row in rows
        for item in [row.ReviewItem]
    ]


def _case(
    item: ReviewItem,
    author_id: UUID | None,
    state: PostState | None,
    reports: Sequence[Report],
    moderators: frozenset[UUID],
    there: Mapping[UUID, frozenset[UUID]],
    claim: Claim | None,
    barred: frozenset[UUID],
    care: Care,
) -> Case:
    return Case(
        group_id=item.group_id,
        scope=item.scope,
        severity=item.severity,
        author_id=author_id,
        reporters=frozenset(each.reporter_id for each in reports if each.reporter_id),
        reports=sum(each.taken_back_at is None for each in reports),
        moderators=moderators,
        about=Target.POST if item.post_id else Target.SHARE,
        was_there=there[item.call_id] if item.call_id else frozenset(),
        hidden_at=item.hidden_at,
        # What its author has taken back, before anybody else saw it, waits for nobody.
        is_open=item.closed_at is None
        and not (item.source is Source.HOLD and state is PostState.DELETED),
        version=item.version,
        is_held=state is PostState.HELD,
        claim=claim,
        barred=barred,
        care=care,
    )


def is_about(target_id: UUID) -> ColumnElement[bool]:
    return or_(ReviewItem.post_id == target_id, ReviewItem.share_id == target_id)


def _reports(items: Iterable[UUID]) -> Mapping[UUID, list[Report]]:
    found: dict[UUID, list[Report]] = defaultdict(list)
    for report in db.session.scalars(select(Report).where(Report.item_id.in_(list(items)))):
        found[report.item_id].append(report)
    return found


def _moderators(groups: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    found: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    query = select(Membership.group_id, Membership.account_id).where(
        Membership.group_id.in_(list(groups)), Membership.moderates
    )
    for row in db.session.execute(query):
        found[row.group_id] |= {row.account_id}
    return found


def _decisions(*where: ColumnElement[bool]) -> Sequence[DecisionRow]:
    rows = db.session.execute(
        select(Decision, Account.name)
        .outerjoin(Account, Account.id == Decision.decided_by)
        .where(*where)
        .order_by(Decision.decided_at, Decision.id)
    )
    return [
        DecisionRow(
            id=row.Decision.id,
            outcome=row.Decision.outcome,
            decided_by_name=row.name,
            rule_id=row.Decision.rule_id,
            reasons=[reason_of(reason) for reason in row.Decision.facts.split()],
            why=row.Decision.why,
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
