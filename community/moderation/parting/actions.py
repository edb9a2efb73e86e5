"""Cutting the link between somebody and what was reported and decided.

Decisions, the record and its seals stay as they are: they hold ids that mean nobody any more. What
moderators wrote about this person goes. The locked copy of reported words stays until its time, for
whoever looks again.
"""

from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.sql.dml import UpdateBase

from community.core.db import db, locked_all
from community.core.locked import EMPTY
from community.moderation.models import Decision, DecisionWords, Report, ReviewItem
from community.moderation.opinions.models import SecondOpinion
from community.threads.models import Post

ERASED = "–"
"""What stands where words were of which it counts that somebody wrote them."""


def part(account_id: UUID) -> None:
    """Before the account goes. Whoever decides about them at this moment is first, or finds nobody
    to decide about. What they reported stays reported, and what others reported of them, when it
    is closed: without words."""
    locked_all(ReviewItem, ReviewItem.author_id == account_id)
    _erase_opinions(account_id)
    _erase_reports(account_id)
    made = select(Decision.id).where(Decision.author_id == account_id)
    _run(delete(DecisionWords).where(DecisionWords.decision_id.in_(made)))
    _run(update(ReviewItem).where(ReviewItem.author_id == account_id).values(author_id=None))


def _about(account_id: UUID) -> Select[UUID]:
    return (
        select(ReviewItem.id)
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .where((ReviewItem.author_id == account_id) | (Post.author_id == account_id))
    )


def _erase_reports(account_id: UUID) -> None:
    """What they wrote of others, and others of them; what is open is still to be read."""
    closed = _about(account_id).where(ReviewItem.closed_at.is_not(None))
    whose = or_(Report.reporter_id == account_id, Report.item_id.in_(closed))
    _run(update(Report).where(whose).values(words="", law=""))


def _erase_opinions(account_id: UUID) -> None:
    about = _about(account_id)
    theirs = update(SecondOpinion).where(SecondOpinion.item_id.in_(about))
    asked_in_words = func.length(SecondOpinion.question) > EMPTY
    _run(theirs.where(asked_in_words).values(question=ERASED))
    _run(theirs.where(SecondOpinion.opinion.is_not(None)).values(opinion=ERASED))


def _run(statement: UpdateBase) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
