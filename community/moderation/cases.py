"""What the rules need to know of items: what they are about, and who took part in them.

Of one item or of ten thousand, in the same few statements. What is only shown is read elsewhere,
for the items that are shown.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select

from community.core.db import Ids, db
from community.live import queries as live_queries
from community.moderation import deciders
from community.moderation.appeals.reopened import barred_from
from community.moderation.care.queries import care_of
from community.moderation.claims.queries import claims_of
from community.moderation.deciders import Able, Distance, Outside
from community.moderation.holds.rules import reason_of
from community.moderation.models import Report, ReviewItem
from community.moderation.queue.rules import Urgency, rank
from community.moderation.rules.case import Care, Case, Claim, Source
from community.moderation.rules.reasons import REASONS, Severity
from community.moderation.sent_out.queries import circles_of
from community.threads.models import Post, Thread
from community.threads.rules.posts import PostState

_WORDS = {"reported_html", "reported_call"}
_FACTS = [column for column in ReviewItem.__table__.c if column.name not in _WORDS]


@dataclass(frozen=True, slots=True)
class Words:
    """The post that an item is about, if it is about one."""

    author_id: UUID | None
    state: PostState | None
    pseudonym: str | None
    circle_id: UUID | None  # whose own thread it is in


NO_WORDS = Words(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Known:
    """What other tables say about some items."""

    reports: Mapping[UUID, Sequence[Row[*tuple[Any, ...]]]]
    able: Able
    there: Mapping[UUID, frozenset[UUID]]
    sent_out_of: Mapping[UUID, UUID]
    claims: Mapping[UUID, Claim]
    care: Mapping[UUID, Care]
    barred: Mapping[UUID, frozenset[UUID]]
    outside: Outside
    distance: Distance

    def case(self, item: Any, words: Words) -> Case:
        """One of them. Of what is written without a name, keeping apart from its author bars
        nobody: whoever tried it would learn from it who wrote it."""
        reports = self.reports.get(item.id, ())
        author_id = words.author_id if item.post_id else item.author_id
        reporters = frozenset(each.reporter_id for each in reports if each.reporter_id)
        sides = reporters | ({author_id} if author_id and not words.pseudonym else set())
        reasons = {item.reason, *(each.reason for each in reports if not each.taken_back_at)}
        calls = {item.call_id, words.circle_id, self.sent_out_of.get(item.id)}
        calls |= {each.met_in for each in reports}
        return Case(
            group_id=item.group_id,
            scope=item.scope,
            severity=item.severity,
            author_id=author_id,
            reporters=reporters,
            reports=sum(each.taken_back_at is None for each in reports),
            moderators=self.able.groups.get(item.group_id, frozenset()),
            about=item.about,
            was_there=frozenset().union(*(self.there.get(each, ()) for each in calls if each)),
            hidden_at=item.hidden_at,
            # What its author has taken back, before anybody else saw it, waits for nobody.
            is_open=item.closed_at is None
            and not (item.source is Source.HOLD and words.state is PostState.DELETED),
            version=item.version,
            is_held=words.state is PostState.HELD,
            claim=self.claims.get(item.id),
            barred=self.barred.get(item.id, frozenset()),
            care=self.care.get(item.id, Care()),
            passed=self.outside.passed.get(item.id, frozenset()),
            apart=self.distance.apart(sides),
            kept_away=self.distance.shunned(sides),
            named=self.outside.named.get(item.id, frozenset()),
            site=self.able.site,
            leads=self.able.leads,
            for_leads=item.for_leads,
            pseudonym=words.pseudonym,
            comes_first=words.state is PostState.HELD
            and any(REASONS[each.reason].holds for each in reports),
            is_hard_to_read=any(reason_of(each).is_hard_to_read for each in reasons),
            source=item.source,
        )


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open item, as far as the rules go."""

    id: UUID
    opened_at: datetime
    case: Case

    @property
    def urgency(self) -> Urgency:
        """By which it stands in the queue."""
        place = rank(self.case.severity, comes_first=self.case.comes_first)
        return Urgency(place, self.opened_at, self.id)


def known(
    items: Collection[Any], ids: Ids, circles: Collection[UUID | None], now: datetime
) -> Known:
    """About these items, whose ids are these, in threads of these circles."""
    is_crisis = any(each.severity is Severity.CRISIS for each in items)
    reports = _reports(ids)
    met_in = {each.met_in for some in reports.values() for each in some}
    able = deciders.of_groups({each.group_id for each in items}, now)
    sent_out_of = circles_of(ids) if any(each.source is Source.CIRCLE for each in items) else {}
    calls = {*(each.call_id for each in items), *met_in, *circles, *sent_out_of.values()}
    return Known(
        reports=reports,
        able=able,
        there=live_queries.who_was_in([each for each in calls if each]),
        sent_out_of=sent_out_of,
        claims=claims_of(ids),
        care=care_of(ids) if is_crisis else {},
        barred=barred_from(ids),
        outside=deciders.outside(ids),
        distance=deciders.distance(able.everybody()),
    )


def case_of(item: ReviewItem, now: datetime) -> Case:
    """About one item."""
    words = NO_WORDS
    if item.post_id:
        post = db.session.get_one(Post, item.post_id)
        thread = db.session.get_one(Thread, post.thread_id)
        words = Words(post.author_id, post.state, post.pseudonym, thread.circle_id)
    return known([item], [item.id], [words.circle_id], now).case(item, words)


def open_cases(*where: ColumnElement[bool], now: datetime) -> Sequence[OpenCase]:
    """About all that is open there."""
    is_open = (ReviewItem.closed_at.is_(None), *where)
    rows = db.session.execute(
        select(
            *_FACTS,
            Post.author_id.label("written_by"),
            Post.state,
            Post.pseudonym,
            Thread.circle_id,
        )
        .select_from(ReviewItem)
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .outerjoin(Thread, Thread.id == Post.thread_id)
        .where(*is_open)
    ).all()
    circles = {row.circle_id for row in rows}
    about = known(rows, select(ReviewItem.id).where(*is_open), circles, now)
    return [OpenCase(row.id, row.opened_at, about.case(row, Words(*row[-4:]))) for row in rows]


def _reports(items: Ids) -> Mapping[UUID, Sequence[Row[*tuple[Any, ...]]]]:
    found: dict[UUID, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    query = select(
        Report.item_id, Report.reporter_id, Report.taken_back_at, Report.met_in, Report.reason
    )
    for report in db.session.execute(query.where(Report.item_id.in_(items))):
        found[report.item_id].append(report)
    return found
