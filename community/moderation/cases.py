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
from community.moderation.deciders import Distance
from community.moderation.models import Report, ReviewItem
from community.moderation.queue.rules import Urgency
from community.moderation.rules.case import Care, Case, Claim, Source
from community.moderation.rules.reasons import Severity
from community.threads.models import Post
from community.threads.rules.posts import PostState

_WORDS = {"reported_html", "reported_call"}
_FACTS = [column for column in ReviewItem.__table__.c if column.name not in _WORDS]


@dataclass(frozen=True, slots=True)
class Known:
    """What other tables say about some items."""

    reports: Mapping[UUID, Sequence[Row[*tuple[Any, ...]]]]
    moderators: Mapping[UUID | None, frozenset[UUID]]
    there: Mapping[UUID, frozenset[UUID]]
    claims: Mapping[UUID, Claim]
    care: Mapping[UUID, Care]
    barred: Mapping[UUID, frozenset[UUID]]
    passed: Mapping[UUID, frozenset[UUID]]
    site: frozenset[UUID]
    distance: Distance

    def case(
        self,
        item: Any,
        written_by: UUID | None,
        state: PostState | None,
        pseudonym: str | None,
    ) -> Case:
        """One of them; if it is about a post, with who wrote that and how it is shown. Of what is
        written without a name, keeping apart from its author bars nobody: whoever tried it would
        learn from it who wrote it."""
        reports = self.reports.get(item.id, ())
        author_id = written_by if item.post_id else item.author_id
        reporters = frozenset(each.reporter_id for each in reports if each.reporter_id)
        sides = reporters | ({author_id} if author_id and not pseudonym else set())
        calls = {item.call_id, *(each.met_in for each in reports)} - {None}
        return Case(
            group_id=item.group_id,
            scope=item.scope,
            severity=item.severity,
            author_id=author_id,
            reporters=reporters,
            reports=sum(each.taken_back_at is None for each in reports),
            moderators=self.moderators.get(item.group_id, frozenset()),
            about=item.about,
            was_there=frozenset().union(*(self.there.get(each, ()) for each in calls)),
            hidden_at=item.hidden_at,
            # What its author has taken back, before anybody else saw it, waits for nobody.
            is_open=item.closed_at is None
            and not (item.source is Source.HOLD and state is PostState.DELETED),
            version=item.version,
            is_held=state is PostState.HELD,
            claim=self.claims.get(item.id),
            barred=self.barred.get(item.id, frozenset()),
            care=self.care.get(item.id, Care()),
            passed=self.passed.get(item.id, frozenset()),
            apart=self.distance.apart(sides),
            kept_away=self.distance.shunned(sides),
            site=self.site,
            pseudonym=pseudonym,
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
        return Urgency(self.case.severity.rank, self.opened_at, self.id)


def known(items: Collection[Any], ids: Ids, now: datetime) -> Known:
    """About these items, whose ids are these."""
    is_crisis = any(each.severity is Severity.CRISIS for each in items)
    reports = _reports(ids)
    met_in = {each.met_in for some in reports.values() for each in some}
    moderators = deciders.of_groups({each.group_id for each in items}, now)
    return Known(
        reports=reports,
        moderators=moderators,
        there=live_queries.who_was_in(({each.call_id for each in items} | met_in) - {None}),
        claims=claims_of(ids),
        care=care_of(ids) if is_crisis else {},
        barred=barred_from(ids),
        passed=deciders.passed(ids),
        site=moderators[None],
        distance=deciders.distance(frozenset().union(*moderators.values())),
    )


def case_of(item: ReviewItem, now: datetime) -> Case:
    """About one item."""
    post = db.session.get_one(Post, item.post_id) if item.post_id else None
    about = (post.author_id, post.state, post.pseudonym) if post else (None, None, None)
    return known([item], [item.id], now).case(item, *about)


def open_cases(*where: ColumnElement[bool], now: datetime) -> Sequence[OpenCase]:
    """About all that is open there."""
    is_open = (ReviewItem.closed_at.is_(None), *where)
    rows = db.session.execute(
        select(*_FACTS, Post.author_id.label("written_by"), Post.state, Post.pseudonym)
        .select_from(ReviewItem)
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .where(*is_open)
    ).all()
    about = known(rows, select(ReviewItem.id).where(*is_open), now)
    return [
        OpenCase(row.id, row.opened_at, about.case(row, row.written_by, row.state, row.pseudonym))
        for row in rows
    ]


def _reports(items: Ids) -> Mapping[UUID, Sequence[Row[*tuple[Any, ...]]]]:
    found: dict[UUID, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    query = select(Report.item_id, Report.reporter_id, Report.taken_back_at, Report.met_in)
    for report in db.session.execute(query.where(Report.item_id.in_(items))):
        found[report.item_id].append(report)
    return found
