"""Counting what was reported and decided. Every select of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import func, select

from community.core.actor import Actor
from community.core.db import db
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result
from community.moderation.models import AuditEvent, Decision, Report, ReviewItem
from community.moderation.numbers.rules import LATELY, SHOWN, Quarter, told, usual_hours
from community.moderation.rules.case import Outcome, Source
from community.moderation.rules.reasons import REASON_GROUPS, Severity

_HARD = (Severity.CRISIS, Severity.DANGER)


@dataclass(frozen=True, slots=True)
class Numbers:
    """One quarter. None stands for fewer than can be told."""

    reports: Mapping[str, int | None]  # by the slug of a group of reasons
    outcomes: Mapping[Outcome, int | None]
    own: int | None  # decisions about what a moderator came upon, and nobody had reported
    hours: int | None  # in which half of what was reported had its decision
    looks: int | None  # other looks that were asked for
    changed: int | None  # those that changed the decision


def numbers(quarter: Quarter, now: datetime) -> Numbers:
    """What was reported, decided and asked again in it. Anybody may ask, as often as they like; so
    each process counts a quarter at most once an hour. Nothing of a quarter that is over changes
    but for what is answered late, and the page itself is never kept by others: it knows its reader.
    """
    return _counted(quarter, now.replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=2 * SHOWN)
def _counted(quarter: Quarter, hour: datetime) -> Numbers:
    return Numbers(
        reports=_reports(quarter),
        outcomes=_outcomes(quarter),
        own=told(_own(quarter)),
        hours=usual_hours(_waited(quarter)),
        looks=told(_looks(quarter)),
        changed=told(_looks(quarter, Result.UPHELD, Result.PARTLY)),
    )


def hard_lately(actor: Actor, now: datetime) -> int:
    """About how many items of crisis or danger this person did something, or read words, lately."""
    query = (
        select(func.count(AuditEvent.item_id.distinct()))
        .join(ReviewItem, ReviewItem.id == AuditEvent.item_id)
        .where(AuditEvent.actor_id == actor.id, AuditEvent.at > now - LATELY)
        .where(ReviewItem.severity.in_(_HARD))
    )
    return db.session.scalar(query) or 0


def _reports(quarter: Quarter) -> Mapping[str, int | None]:
    rows = db.session.execute(
        select(Report.reason, func.count())
        .where(Report.reported_at >= quarter.begins, Report.reported_at < quarter.ends)
        .where(Report.taken_back_at.is_(None))
        .group_by(Report.reason)
    )
    found: Counter[str] = Counter()
    for reason, count in rows:
        found[reason] = count
    return {
        group.slug: told(sum(found[reason.id] for reason in group.reasons))
        for group in REASON_GROUPS
    }


def _outcomes(quarter: Quarter) -> Mapping[Outcome, int | None]:
    """All there are, always: what was never decided can’t be told from what was decided once."""
    rows = db.session.execute(
        select(Decision.outcome, func.count())
        .where(Decision.decided_at >= quarter.begins, Decision.decided_at < quarter.ends)
        .group_by(Decision.outcome)
    )
    found: Counter[Outcome] = Counter()
    for outcome, count in rows:
        found[outcome] = count
    return {outcome: told(found[outcome]) for outcome in Outcome}


def _own(quarter: Quarter) -> int:
    query = select(func.count()).where(
        Decision.source == Source.OWN,
        Decision.decided_at >= quarter.begins,
        Decision.decided_at < quarter.ends,
    )
    return db.session.scalar(query) or 0


def _waited(quarter: Quarter) -> list[timedelta]:
    """From when each report’s item was opened until its first decision, if that was then."""
    first = func.min(Decision.decided_at)
    rows = db.session.execute(
        select(ReviewItem.opened_at, first)
        .join(Decision, Decision.item_id == ReviewItem.id)
        .where(ReviewItem.source == Source.REPORT)
        .group_by(ReviewItem.id)
        .having(first >= quarter.begins, first < quarter.ends)
    )
    return [decided - opened for opened, decided in rows]


def _looks(quarter: Quarter, *results: Result) -> int:
    """Other looks asked for in it; with results, those that came to one of these."""
    query = select(func.count()).where(
        Appeal.asked_at >= quarter.begins, Appeal.asked_at < quarter.ends
    )
    if results:
        query = query.where(Appeal.result.in_(results))
    return db.session.scalar(query) or 0
