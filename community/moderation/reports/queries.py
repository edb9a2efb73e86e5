"""What was reported by whom. Every select of reporting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from community.accounts.models import Account
from community.calls import queries as calls_queries
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused, Verdict
from community.groups import queries as groups_queries
from community.groups.rules import may_see_inside
from community.live import queries as live_queries
from community.live.queries import Share
from community.live.rules.questions import reads
from community.live.rules.room import Person, Room
from community.moderation.cases import case_of
from community.moderation.models import (
    Decision,
    Report,
    ReviewItem,
)
from community.moderation.queries import COUNTS, ReportRow, is_about, reports_of, was_looked_at
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import REASONS, Severity
from community.moderation.rules.reporting import DECLINED, ERASED, Hanging, may_take_back
from community.moderation.sanctions.queries import is_proposed
from community.threads.rules.rows import PostRow

LEFT = (Outcome.KEEP, Outcome.APPROVE)


@dataclass(frozen=True, slots=True)
class OwnReport(ReportRow):
    """The same, for whoever sent it."""

    item_id: UUID
    is_anonymous: bool


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
    return [
        each for each in live_queries.shares_for(actor, room_of(actor, call_id)) if not each.hidden
    ]


def there_with(actor: Actor, call_id: UUID) -> Sequence[Person]:
    """Everybody else who is in a circle that is on, or was and has left it. Nobody, for somebody
    who isn’t in it themselves. `Refused(ERASED)` when it is over."""
    room = room_of(actor, call_id)
    if not reads(room, actor.id):
        return []
    return [each for each in room.people if each.id != actor.id and reads(room, each.id)]


def share(actor: Actor, call_id: UUID, share_id: UUID) -> Share:
    """One of these."""
    for each in typed_in(actor, call_id):
        if each.id == share_id:
            return each
    raise Refused(NOT_FOUND)


def share_for_all(actor: Actor, room: Room, share_id: UUID) -> Share:
    """What everybody there could read, hidden since or not."""
    for each in live_queries.shares_for(actor, room):
        if each.id == share_id and not each.to_me:
            return each
    raise Refused(NOT_FOUND)


def room_of(actor: Actor, call_id: UUID) -> Room:
    """The room of a circle that is on. `Refused(ERASED)` when it is over."""
    room = live_queries.room_of(actor, call_id)
    if room is None:
        live_queries.place_in(actor, call_id)  # refuses whoever may not know of it
        raise Refused(ERASED)
    return room


def report_by(account_id: UUID, item_id: UUID) -> Report | None:
    """What this person reported in this item, taken back or not."""
    return db.session.scalar(
        select(Report).where(Report.item_id == item_id, Report.reporter_id == account_id)
    )


def may_be_taken_back(actor: Actor, report: OwnReport, now: datetime) -> Verdict:
    """May whoever sent this report take it back now?"""
    item = db.session.get_one(ReviewItem, report.item_id)
    return may_take_back(case_of(item, now), hanging_on(actor, item.id))


def hanging_on(actor: Actor, item_id: UUID) -> Hanging:
    """What hangs on this person’s report in an item."""
    share_id = db.session.get_one(ReviewItem, item_id).share_id
    worried = {
        report.reporter_id == actor.id
        for report in reports_of(item_id)
        if REASONS[report.reason].severity is Severity.CRISIS
    }
    return Hanging(
        is_only_worry=worried == {True},
        is_proposed=is_proposed(item_id),
        was_looked_at=was_looked_at(item_id),
        hides=share_id is not None and live_queries.are_hidden(share_id),
    )


def was_left(post: PostRow) -> bool:
    """Somebody has decided that this stays, as it is now."""
    since = post.edited_at or post.written_at
    stays = (Decision.target_id == post.id, Decision.outcome.in_(LEFT))
    query = select(Decision.id).where(*stays, Decision.decided_at >= since)
    return db.session.scalar(query.limit(1)) is not None


def was_declined(actor: Actor, now: datetime) -> bool:
    """They were lately told that something stays that they had reported for such a reason."""
    holding = [reason.id for reason in REASONS.values() if reason.holds]
    query = (
        select(Report.id)
        .join(Decision, Decision.item_id == Report.item_id)
        .where(Report.reporter_id == actor.id, Report.reason.in_(holding))
        .where(Decision.outcome.in_(LEFT), Decision.decided_at > now - DECLINED)
    )
    return db.session.scalar(query.limit(1)) is not None


def decider_of(decision_id: UUID) -> tuple[UUID, UUID]:
    """Who made a decision, and in which group. `Refused(NOT_FOUND)` once they have left."""
    found = db.session.execute(
        select(Account.id, ReviewItem.group_id)
        .join(Decision, Decision.decided_by == Account.id)
        .join(ReviewItem, ReviewItem.id == Decision.item_id)
        .where(Decision.id == decision_id)
    ).one_or_none()
    if found is None:
        raise Refused(NOT_FOUND)
    return found[0], found[1]


def own_report(actor: Actor, target_id: UUID, group_id: UUID | None = None) -> OwnReport:
    """This person's latest report of this; of a person, in this group."""
    row = db.session.execute(
        select(Report.item_id, Report.reason, Report.words, Report.reported_at, Report.is_anonymous)
        .join(ReviewItem, ReviewItem.id == Report.item_id)
        .where(is_about(target_id, group_id), Report.reporter_id == actor.id, COUNTS)
        .order_by(Report.reported_at.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    sent = (REASONS[row.reason], row.words, row.reported_at, None)
    return OwnReport(*sent, item_id=row.item_id, is_anonymous=row.is_anonymous)
