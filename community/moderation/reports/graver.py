"""What makes a report weigh more than by itself: that it isn’t the first, or where it was said."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from community.calls.models import Attendance, Call
from community.calls.rules.seats import Was
from community.core.actor import Actor
from community.core.db import db
from community.moderation.models import Decision, Report, ReviewItem
from community.moderation.queries import COUNTS
from community.moderation.rules.case import BETWEEN_TWO, Outcome, Target
from community.moderation.rules.reasons import (
    REPEATED_WITHIN,
    ReportReason,
    When,
    is_outside,
    risen,
)
from community.threads.models import Post

NOTHING_FOLLOWED = BETWEEN_TWO | {Outcome.KEEP, Outcome.APPROVE, Outcome.CARE, Outcome.LIFT}


def as_it_stands(
    reasons: Sequence[ReportReason],
    item: ReviewItem,
    author_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> list[ReportReason]:
    """These reasons as they weigh in this item, which `actor` reports."""
    return [risen(each, _found(each, item, author_id, actor, now)) for each in reasons]


def _found(
    reason: ReportReason,
    item: ReviewItem,
    author_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> frozenset[When]:
    if reason.rise is None or author_id is None:
        return frozenset()
    match reason.rise.when:
        case When.REPEATED:
            is_so = _is_decided(reason, item, author_id, now) or _waits(reason, item, author_id)
        case When.OUTSIDE:
            is_so = item.about is Target.POST and _is_elsewhere(item.group_id, author_id, actor)
    return frozenset({reason.rise.when} if is_so else ())


def _is_decided(reason: ReportReason, item: ReviewItem, author_id: UUID, now: datetime) -> bool:
    """Something followed from the same, lately, that stands."""
    undone = select(Decision.supersedes_id).where(Decision.supersedes_id.is_not(None))
    facts = db.session.scalars(
        select(Decision.facts).where(
            Decision.author_id == author_id,
            Decision.item_id.is_distinct_from(item.id),
            Decision.decided_at > now - REPEATED_WITHIN,
            Decision.outcome.not_in(NOTHING_FOLLOWED),
            Decision.id.not_in(undone),
        )
    )
    return any(reason.id in each.split() for each in facts)


def _waits(reason: ReportReason, item: ReviewItem, author_id: UUID) -> bool:
    """Another item about the same waits for a decision."""
    others = (
        select(Report.id)
        .join(ReviewItem, ReviewItem.id == Report.item_id)
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .where(
            ReviewItem.closed_at.is_(None),
            ReviewItem.id.is_distinct_from(item.id),
            or_(ReviewItem.author_id == author_id, Post.author_id == author_id),
            Report.reason == reason.id,
            COUNTS,
        )
    )
    return db.session.scalar(others.limit(1)) is not None


def _is_elsewhere(group_id: UUID, author_id: UUID, actor: Actor) -> bool:
    theirs, mine = aliased(Attendance), aliased(Attendance)
    both = (mine.call_id == theirs.call_id) & (mine.account_id == actor.id)
    rows = db.session.execute(
        select(Call.group_id, mine.account_id)
        .join(theirs, theirs.call_id == Call.id)
        .outerjoin(mine, both & (mine.was == Was.ATTENDED))
        .where(theirs.account_id == author_id, theirs.was == Was.ATTENDED)
        .distinct()
    ).all()
    met = {row.group_id for row in rows if row.account_id}
    return is_outside(group_id, met, {row.group_id for row in rows})
