"""What there is to review, for this actor. Every select of moderation.

The queue is read whole and sifted by `rules.actions_for`: it is short by nature, and so its
counts can't differ from what somebody may decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import aliased

from community.accounts.models import Account, StaffRole
from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group, Membership
from community.live import queries as live_queries
from community.live.queries import Share
from community.moderation.models import Decision, Report, ReportedWords, ReviewItem
from community.moderation.rules import (
    ERASED,
    REASONS,
    Case,
    Outcome,
    ReportReason,
    Scope,
    Target,
    actions_for,
    may_open_case,
    may_see_queue,
)
from community.threads import queries as threads_queries
from community.threads.models import Post, Thread
from community.threads.rules.rows import PostRow, Version


@dataclass(frozen=True, slots=True)
class AboutPost:
    """The post that an item is about."""

    post_id: UUID
    thread_id: UUID
    number: int
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
    reports: int
    case: Case


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

    outcome: Outcome
    decided_by_name: str | None
    rule_id: str
    reasons: Sequence[ReportReason]
    why: str
    note: str
    scope: Scope
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
    can.sort(key=lambda item: (item.case.severity.rank, item.opened_at, item.id))
    return Queue(can, sum(item.case.waits_on_others(actor, now) for item in items))


def case_page(actor: Actor, item_id: UUID, now: datetime) -> CasePage:
    """One item in its context. Raises `Refused(NOT_FOUND)` for whoever may not open it."""
    items = _items(ReviewItem.id == item_id)
    if not items:
        raise Refused(NOT_FOUND)
    item = items[0]
    may_open_case(actor, item.case, now).require()
    reports = db.session.execute(
        select(Report.reason, Report.words, Report.reported_at)
        .where(Report.item_id == item_id)
        .order_by(Report.id)
    )
    # Whoever isn't in the group reads it only as long as there is something to decide.
    reads = item.case.is_open or actor.belongs_to(item.case.group_id)
    post = item.post if reads else None
    return CasePage(
        item=item,
        around=threads_queries.around(post.thread_id, post.number) if post else (),
        versions=threads_queries.versions(post.post_id) if post else (),
        reports=[ReportRow(REASONS[row.reason], row.words, row.reported_at) for row in reports],
        decisions=_decisions(Decision.item_id == item_id),
        actions=actions_for(item.case, actor, now),
    )


def case_of(item: ReviewItem) -> Case:
    """What the rules need to know of this item."""
    written_by = select(Post.author_id).where(Post.id == item.post_id)
    author_id = item.author_id if item.post_id is None else db.session.scalar(written_by)
    return _case(
        item,
        author_id,
        _reporters([item.id])[item.id],
        _moderators([item.group_id])[item.group_id],
        live_queries.who_was_in([item.call_id] if item.call_id else []),
    )


def target_of(item_id: UUID) -> tuple[UUID | None, UUID | None]:
    """The post that this item is about, or the call in whose circle something was typed."""
    row = db.session.execute(
        select(ReviewItem.post_id, ReviewItem.call_id).where(ReviewItem.id == item_id)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return row.post_id, row.call_id


def open_item(target_id: UUID) -> UUID | None:
    """The open item about this post or share."""
    return db.session.scalar(
        select(ReviewItem.id).where(_is_about(target_id), ReviewItem.closed_at.is_(None))
    )


def has_reported_post(account_id: UUID, post_id: UUID, version: int) -> bool:
    """Somebody has reported this already: as it is now, or in the item that is still open."""
    same = or_(ReviewItem.reported_version == version, ReviewItem.closed_at.is_(None))
    return _has_reported(account_id, ReviewItem.post_id == post_id, same)


def has_reported_share(account_id: UUID, share_id: UUID) -> bool:
    """Somebody has reported this already. What was typed is never changed."""
    return _has_reported(account_id, ReviewItem.share_id == share_id)


def _has_reported(account_id: UUID, *what: ColumnElement[bool]) -> bool:
    query = (
        select(Report.id)
        .join(ReviewItem, ReviewItem.id == Report.item_id)
        .where(Report.reporter_id == account_id, *what)
    )
    return db.session.scalar(query.limit(1)) is not None


def typed_in(actor: Actor, call_id: UUID) -> Sequence[Share]:
    """What was typed in a circle that is on, as far as this person may read it: what they typed
    themselves too. `Refused(ERASED)` when it is over."""
    room = live_queries.room_of(actor, call_id)
    if room is None:
        live_queries.place_in(actor, call_id)  # refuses whoever may not know of it
        raise Refused(ERASED)
    return live_queries.shares_for(actor, room)


def share(actor: Actor, call_id: UUID, share_id: UUID) -> Share:
    """One of these."""
    for each in typed_in(actor, call_id):
        if each.id == share_id:
            return each
    raise Refused(NOT_FOUND)


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
    """The reports of an item, in the order they came."""
    return db.session.scalars(
        select(Report).where(Report.item_id == item_id).order_by(Report.id)
    ).all()


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
        or_(Decision.outcome != Outcome.KEEP, was_hidden),
    )
    if not found:
        raise Refused(NOT_FOUND)
    return found


def own_report(actor: Actor, target_id: UUID) -> ReportRow:
    """This person's latest report of the post or share."""
    row = db.session.execute(
        select(Report.reason, Report.words, Report.reported_at)
        .join(ReviewItem, ReviewItem.id == Report.item_id)
        .where(_is_about(target_id), Report.reporter_id == actor.id)
        .order_by(Report.reported_at.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return ReportRow(REASONS[row.reason], row.words, row.reported_at)


def _items(*where: ColumnElement[bool]) -> Sequence[ItemRow]:
    rows = db.session.execute(
        select(
            ReviewItem,
            Post.author_id,
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
    reporters = _reporters(row.ReviewItem.id for row in rows)
    moderators = _moderators({row.ReviewItem.group_id for row in rows})
    there = live_queries.who_was_in({row.ReviewItem.call_id for row in rows} - {None})
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
            reason=REASONS[item.reason],
            opened_at=item.opened_at,
            first_look_by=item.opened_at + item.severity.first_look,
            reports=len(reporters[item.id]),
            case=_case(
                item,
                row.author_id if item.post_id else item.author_id,
                reporters[item.id],
                moderators[item.group_id],
                there,
            ),
        )
        for row in rows
        for item in [row.ReviewItem]
    ]


def _case(
    item: ReviewItem,
    author_id: UUID | None,
    reporters: Sequence[UUID | None],
    moderators: frozenset[UUID],
    there: Mapping[UUID, frozenset[UUID]],
) -> Case:
    return Case(
        group_id=item.group_id,
        scope=item.scope,
        severity=item.severity,
        author_id=author_id,
        reporters=frozenset(reporter for reporter in reporters if reporter),
        moderators=moderators,
        about=Target.POST if item.post_id else Target.SHARE,
        was_there=there[item.call_id] if item.call_id else frozenset(),
        hidden_at=item.hidden_at,
        is_open=item.closed_at is None,
        version=item.version,
    )


def _is_about(target_id: UUID) -> ColumnElement[bool]:
    return or_(ReviewItem.post_id == target_id, ReviewItem.share_id == target_id)


def _reporters(items: Iterable[UUID]) -> Mapping[UUID, list[UUID | None]]:
    found: dict[UUID, list[UUID | None]] = defaultdict(list)
    query = select(Report.item_id, Report.reporter_id).where(Report.item_id.in_(list(items)))
    for row in db.session.execute(query):
        found[row.item_id].append(row.reporter_id)
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
            outcome=row.Decision.outcome,
            decided_by_name=row.name,
            rule_id=row.Decision.rule_id,
            reasons=[REASONS[reason] for reason in row.Decision.facts.split()],
            why=row.Decision.why,
            note=row.Decision.note,
            scope=row.Decision.scope,
            automated=row.Decision.automated,
            decided_at=row.Decision.decided_at,
            hidden_until=row.Decision.hidden_until,
            appealable_until=row.Decision.appealable_until,
        )
        for row in rows
    ]
