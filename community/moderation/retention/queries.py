"""What has been kept long enough. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from community.accounts.sanctions.models import KeptAway, Sanction
from community.accounts.sanctions.queries import in_force
from community.core.db import alias_of, db
from community.core.locked import EMPTY
from community.moderation.appeals.locked_out import is_waited_for
from community.moderation.appeals.models import Appeal
from community.moderation.care.models import CareTaken
from community.moderation.models import AuditEvent, Decision, DecisionWords, Report, ReviewItem
from community.moderation.opinions.models import SecondOpinion
from community.moderation.retention.rules import (
    KEPT_FROM_OTHERS,
    record_until,
    steps_until,
    words_until,
)
from community.moderation.rules.case import APPEAL
from community.moderation.rules.reasons import Severity
from community.moderation.seals import queries as seal_queries
from community.moderation.seals.models import RecordSeal
from community.threads.holds.models import Hold
from community.threads.models import Post

_made, _rest, _left = (alias_of(Decision, name) for name in ("made", "rest", "left_of_it"))
_about = alias_of(ReviewItem, "about_it")

NOTHING = select(_made.id).where(false())


@dataclass(frozen=True, slots=True)
class Due:
    """How many rows there are of each that have been kept long enough."""

    steps: int
    reports: int
    opinions: int
    events: int
    decisions: int
    items: int


def due(now: datetime) -> Due:
    """What would be forgotten now."""
    cared, last = cared_for(now), forgettable(now)
    going = over(last, now) if last else NOTHING
    return Due(
        steps=_count(CareTaken, CareTaken.item_id.in_(cared)),
        reports=_count(Report, with_words(cared)),
        opinions=_count(SecondOpinion, SecondOpinion.item_id.in_(cared)),
        events=_count(AuditEvent, acts(last)) if last else 0,
        decisions=_count(Decision, Decision.id.in_(going)),
        items=_count(ReviewItem, *left_alone(going, now)),
    )


def cared_for(now: datetime) -> Select[UUID]:
    """Where somebody may have been in danger, and it was closed long ago."""
    closed = ReviewItem.closed_at <= steps_until(now)
    return select(ReviewItem.id).where(ReviewItem.severity == Severity.CRISIS, closed)


def with_words(cared: Select[UUID]) -> ColumnElement[bool]:
    """Reports of these that still say something."""
    return Report.item_id.in_(cared) & (func.length(Report.words) > EMPTY)


def forgettable(now: datetime) -> RecordSeal | None:
    """The last seal whose rows have all been kept long enough."""
    return seal_queries.sealed_by(record_until(now))


def acts(last: RecordSeal) -> ColumnElement[bool]:
    """What was done up to this seal."""
    return AuditEvent.id <= last.last_event if last.last_event else false()


def over(last: RecordSeal, now: datetime) -> Select[UUID]:
    """Decisions up to this seal, where all that was decided about their item is, and where nothing
    is open, in force or still to be asked."""
    if last.last_decision is None:
        return NOTHING
    is_young = or_(_rest.id > last.last_decision, _rest.appealable_until > now)
    is_over = _is_over(_made.item_id, _made.target_id, is_young, now)
    return select(_made.id).where(_made.id <= last.last_decision, *is_over)


def with_old_words(now: datetime) -> Select[UUID]:
    """Decisions that still have their words, where all that was decided about their item is half
    a year old, and where nothing is open, in force or still to be asked."""
    has_words = _made.id == DecisionWords.decision_id
    is_over = _is_over(_made.item_id, _made.target_id, _has_young_words(now), now)
    return select(_made.id).where(has_words, *is_over)


def with_nothing_to_ask(now: datetime) -> Select[UUID]:
    """The items, closed for half a year, of which the same is true: also those about which nothing
    was decided."""
    is_over = _is_over(ReviewItem.id, ReviewItem.post_id, _has_young_words(now), now)
    return select(ReviewItem.id).where(ReviewItem.closed_at <= words_until(now), *is_over)


def old_passages(items: Select[UUID], now: datetime) -> ColumnElement[bool]:
    """What was marked in the posts of these items, as long ago."""
    posts = select(ReviewItem.post_id).where(ReviewItem.id.in_(items))
    return Hold.post_id.in_(posts) & (Hold.held_at <= words_until(now))


def about(account_id: UUID | None) -> Select[UUID]:
    """The items about this person; about whoever was erased, if it is nobody."""
    theirs = (ReviewItem.author_id == account_id) | (Post.author_id == account_id)
    if account_id is None:
        theirs = ReviewItem.author_id.is_(None) & Post.author_id.is_(None)
    joined = select(ReviewItem.id).outerjoin(Post, Post.id == ReviewItem.post_id)
    return joined.where(theirs)


def is_settled() -> ColumnElement[bool]:
    """An item that is closed, and that nobody looks at again at this moment."""
    asked = exists().where(Appeal.item_id == ReviewItem.id, Appeal.result.is_(None))
    return ReviewItem.closed_at.is_not(None) & ~asked


def with_old_copies(now: datetime) -> Select[UUID]:
    """The items, closed for so long that nobody can ask any more for another look, that still have
    a copy of what was reported. One that is being looked at again keeps it."""
    asked = exists().where(Appeal.item_id == ReviewItem.id, Appeal.answered_at.is_(None))
    has_copy = or_(ReviewItem.reported_html.is_not(None), ReviewItem.reported_call.is_not(None))
    return (
        select(ReviewItem.id)
        .where(ReviewItem.closed_at <= now - APPEAL, has_copy, ~asked)
        .where(~is_waited_for(ReviewItem.id, now))
    )


def _has_young_words(now: datetime) -> ColumnElement[bool]:
    return or_(_rest.decided_at > words_until(now), _rest.appealable_until > now)


def _is_over(
    item_id: InstrumentedAttribute[UUID],
    target_id: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None],
    is_young: ColumnElement[bool],
    now: datetime,
) -> Sequence[ColumnElement[bool]]:
    of_item = _rest.item_id == item_id
    is_kept_away = (KeptAway.decision_id == _rest.id) & (KeptAway.until > now)
    is_open = (_about.id == item_id) & _about.closed_at.is_(None)
    is_asked = (Appeal.item_id == item_id) & Appeal.result.is_(None)
    is_not_shown = (Post.id == target_id) & Post.state.in_(KEPT_FROM_OTHERS)
    return (
        ~exists().where(of_item, is_young),
        ~exists().where(of_item, Sanction.decision_id == _rest.id, in_force(now)),
        ~exists().where(of_item, is_kept_away),
        ~exists().where(is_open),
        ~exists().where(is_asked),
        ~exists().where(is_not_shown),
        ~is_waited_for(item_id, now),
    )


def left_alone(going: Select[UUID], now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Items that were closed long ago, of which no decision is kept when these have gone."""
    stays = (_left.item_id == ReviewItem.id) & _left.id.not_in(going)
    return ReviewItem.closed_at <= record_until(now), ~exists().where(stays)


def _count(model: Any, *which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*which)) or 0
