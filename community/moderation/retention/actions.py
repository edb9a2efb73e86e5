"""Forgetting what has been kept long enough."""

from datetime import datetime
from typing import Any, cast

import structlog
from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.sql.dml import UpdateBase

from community.accounts.sanctions.models import Sanction
from community.core.db import db
from community.moderation.appeals.models import Appeal
from community.moderation.care.models import CareTaken
from community.moderation.models import AuditEvent, Decision, DecisionWords, Report, ReviewItem
from community.moderation.opinions.models import SecondOpinion
from community.moderation.retention import queries, words
from community.moderation.retention.rules import is_time
from community.moderation.rules.reasons import Severity
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.seals import actions as seal_actions
from community.moderation.seals import queries as seal_queries
from community.moderation.sent_out.models import SentOut
from community.moderation.unmasking.models import Unmasking
from community.threads.holds.models import Hold

log = structlog.get_logger()

OF_CARE = (CareTaken, Report, SecondOpinion)
OF_WORDS = (DecisionWords, Report, Appeal, SecondOpinion, SanctionProposal, Unmasking, Hold)
OF_RECORD = (
    AuditEvent,
    Decision,
    DecisionWords,
    ReviewItem,
    Report,
    Appeal,
    SecondOpinion,
    Sanction,
    SentOut,
)


def forget_care(*, now: datetime) -> bool:
    """What was done for somebody in danger, and what others wrote of it. That two people closed it
    stays, with the decision. Whether there was anything."""
    cared = queries.cared_for(now)
    gone = [
        _run(delete(CareTaken).where(CareTaken.item_id.in_(cared))),
        _run(delete(SecondOpinion).where(SecondOpinion.item_id.in_(cared))),
        _run(update(Report).where(queries.with_words(cared)).values(words="", law="")),
    ]
    return any(gone)


def erase_words(*, now: datetime) -> bool:
    """What was written about decisions that are over, and about somebody who was erased while it
    was still read. The decisions stay, under their seals. Whether there was anything."""
    old, items = queries.with_old_words(now), queries.with_nothing_to_ask(now)
    harmless = items.where(ReviewItem.severity != Severity.CRISIS)  # of others it stays for longer
    of_nobody = queries.about(None).where(queries.is_settled())
    made = select(Decision.id).where(Decision.item_id.in_(of_nobody))
    gone = [
        _run(delete(DecisionWords).where(DecisionWords.decision_id.in_(old))) > 0,
        words.erase((words.OF_APPEALS, words.OF_STEPS), items),
        words.erase((words.OF_REPORTS, words.OF_OPINIONS), harmless),
        words.erase_where(Hold.passages, "", queries.old_passages(items, now)),
        _run(delete(DecisionWords).where(DecisionWords.decision_id.in_(made))) > 0,
        words.erase(words.ABOUT_SOMEBODY, of_nobody),
    ]
    return any(gone)


def forget_record(*, now: datetime) -> bool:
    """The record of three years ago, and decisions that are over with their items: behind an anchor
    that says so. Nothing, if the record isn’t whole. Whether there was anything."""
    last, before = queries.forgettable(now), seal_queries.anchor()
    if last is None or not is_time(before.sealed_at if before else None, now):
        return False
    due = queries.due(now)
    if not (due.events or due.decisions or due.items):
        return False
    if seal_queries.check().broken is not None:
        log.error("record is not whole, nothing is forgotten")
        return False
    going = queries.over(last, now)
    seal_actions.anchor(last, going, now=now)
    _run(delete(AuditEvent).where(queries.acts(last)))
    _run(delete(Sanction).where(Sanction.decision_id.in_(going)))
    _run(delete(Decision).where(Decision.id.in_(going)))
    _run(delete(ReviewItem).where(*queries.left_alone(queries.NOTHING, now)))
    return True


def _run(statement: UpdateBase) -> int:
    statement = statement.execution_options(synchronize_session=False)
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount
