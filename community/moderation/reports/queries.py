"""What was reported by whom. Every select of reporting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from community.calls import queries as calls_queries
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused, Verdict
from community.groups import queries as groups_queries
from community.groups.rules import may_see_inside
from community.live import queries as live_queries
from community.live.queries import Share
from community.moderation.cases import case_of
from community.moderation.models import (
    Report,
    ReviewItem,
)
from community.moderation.queries import COUNTS, ReportRow, is_about, was_looked_at
from community.moderation.rules.reasons import REASONS
from community.moderation.rules.reporting import ERASED, may_take_back


@dataclass(frozen=True, slots=True)
class OwnReport(ReportRow):
    """The same, for whoever sent it."""

    item_id: UUID


@dataclass(frozen=True, slots=True)
class Met:
    """Where whoever reports a person met them: in a group, or in one of its calls."""

    group_id: UUID | None = None
    call_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person whom somebody may report."""

    id: UUID
    name: str
    group_id: UUID
    has_met: bool


@dataclass(frozen=True, slots=True)
class OneCall:
    """A call that somebody may report, and what it says of itself."""

    id: UUID
    group_id: UUID
    title: str
    words: str
    facilitator_id: UUID | None
    held_by: tuple[UUID | None, UUID | None]


def somebody(actor: Actor, met: Met, account_id: UUID) -> Somebody:
    """A person, as whoever met them there knows them: by the list of a group, by the page of a
    call that they hold, or because both were in its circle."""
    held = call(actor, met.call_id) if met.call_id else None
    group_id = held.group_id if held else met.group_id
    if group_id is None:
        raise Refused(NOT_FOUND)
    may_see_inside(actor, group_id).require()
    member = groups_queries.member(group_id, account_id)
    return Somebody(member.id, member.name, group_id, _has_met(actor, held, account_id))


def _has_met(actor: Actor, held: OneCall | None, account_id: UUID) -> bool:
    if held is None or account_id in held.held_by:
        return True
    return {actor.id, account_id} <= live_queries.who_was_in([held.id]).get(held.id, frozenset())


def call(actor: Actor, call_id: UUID) -> OneCall:
    """A call that this person may see."""
    found = calls_queries.call_for(actor, call_id)
    said = (found.title, found.about, found.happens)
    return OneCall(
        id=found.id,
        group_id=found.group_id,
        title=found.title,
        words="\n\n".join(words for words in said if words),
        facilitator_id=found.facilitator_id,
        held_by=(found.facilitator_id, found.co_facilitator_id),
    )


def group_of(actor: Actor, met: Met) -> UUID:
    """The group in which somebody was met there."""
    if met.call_id is not None:
        return call(actor, met.call_id).group_id
    if met.group_id is None:
        raise Refused(NOT_FOUND)
    return met.group_id


def open_item(target_id: UUID, group_id: UUID | None = None) -> UUID | None:
    """The open item about this; about a person, in this group."""
    return db.session.scalar(
        select(ReviewItem.id).where(is_about(target_id, group_id), ReviewItem.closed_at.is_(None))
    )


def has_reported_in(account_id: UUID, item_id: UUID) -> bool:
    """Somebody has reported this already, in this item."""
    return _has_reported(account_id, ReviewItem.id == item_id)


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


def may_be_taken_back(report: OwnReport, now: datetime) -> Verdict:
    """May whoever sent this report take it back now?"""
    item = db.session.get_one(ReviewItem, report.item_id)
    return may_take_back(case_of(item, now), was_looked_at(item.id))


def own_report(actor: Actor, target_id: UUID, group_id: UUID | None = None) -> OwnReport:
    """This person's latest report of this; of a person, in this group."""
    row = db.session.execute(
        select(Report.item_id, Report.reason, Report.words, Report.reported_at)
        .join(ReviewItem, ReviewItem.id == Report.item_id)
        .where(is_about(target_id, group_id), Report.reporter_id == actor.id, COUNTS)
        .order_by(Report.reported_at.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return OwnReport(REASONS[row.reason], row.words, row.reported_at, None, row.item_id)
