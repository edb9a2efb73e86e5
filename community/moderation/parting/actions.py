"""Cutting the link between somebody and what was reported and decided.

Decisions, the record and its seals stay as they are: they hold ids that mean nobody any more. What
moderators wrote about this person goes. The locked copy of reported words stays until its time, for
whoever looks again.
"""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.sql.dml import UpdateBase

from community.core.db import db, locked_all
from community.moderation.models import Decision, DecisionWords, Report, ReviewItem
from community.moderation.retention import queries, words


def part(account_id: UUID) -> None:
    """Before the account goes. Whoever decides about them at this moment is first, or finds nobody
    to decide about. What they reported stays reported, and what others wrote about them stays
    without words: now where nothing is open, and else when it is over (retention)."""
    locked_all(ReviewItem, ReviewItem.author_id == account_id)
    about = queries.about(account_id)
    words.erase((words.OF_OPINIONS,), about)
    words.erase(words.ABOUT_SOMEBODY, about.where(queries.is_settled()))
    _run(update(Report).where(Report.reporter_id == account_id).values(words="", law=""))
    made = select(Decision.id).where(Decision.author_id == account_id)
    _run(delete(DecisionWords).where(DecisionWords.decision_id.in_(made)))
    _run(update(ReviewItem).where(ReviewItem.author_id == account_id).values(author_id=None))


def _run(statement: UpdateBase) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
