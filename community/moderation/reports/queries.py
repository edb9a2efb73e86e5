"""What was reported by whom. Every select of reporting."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused, Verdict
from community.live import queries as live_queries
from community.live.queries import Share
from community.moderation.models import (
    Report,
    ReviewItem,
)
from community.moderation.queries import COUNTS, ReportRow, case_of, is_about, was_looked_at
from community.moderation.rules.case import (
    ERASED,
    may_take_back,
)
from community.moderation.rules.reasons import REASONS


@dataclass(frozen=True, slots=True)
class OwnReport(ReportRow):
    """The same, for whoever sent it."""

    item_id: UUID


def open_item(target_id: UUID) -> UUID | None:
    """The open item about this post or share."""
    return db.session.scalar(
        select(ReviewItem.id).where(is_about(target_id), ReviewItem.closed_at.is_(None))
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
        .where(Report.reporter_id == account_id, COUNTS, *what)
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


def report_by(account_id: UUID, item_id: UUID) -> Report | None:
    """What this person reported in this item, taken back or not."""
    return db.session.scalar(
        select(Report).where(Report.item_id == item_id, Report.reporter_id == account_id)
    )


def may_be_taken_back(report: OwnReport) -> Verdict:
    """May whoever sent this report take it back now?"""
    item = db.session.get_one(ReviewItem, report.item_id)
    return may_take_back(case_of(item), was_looked_at(item.id))


def own_report(actor: Actor, target_id: UUID) -> OwnReport:
    """This person's latest report of the post or share."""
    row = db.session.execute(
        select(Report.item_id, Report.reason, Report.words, Report.reported_at)
        .join(ReviewItem, ReviewItem.id == Report.item_id)
        .where(is_about(target_id), Report.reporter_id == actor.id, COUNTS)
        .order_by(Report.reported_at.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return OwnReport(REASONS[row.reason], row.words, row.reported_at, row.item_id)
