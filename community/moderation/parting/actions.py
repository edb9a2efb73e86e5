"""Cutting the link between somebody and what was reported and decided.

Decisions, the record and its seals stay as they are: they hold ids that mean nobody any more. The
locked copy of reported words stays until its time, for whoever looks again.
"""

from uuid import UUID

from sqlalchemy import update

from community.core.db import db, locked_all
from community.moderation.models import Report, ReviewItem


def part(account_id: UUID) -> None:
    """Before the account goes. Whoever decides about them at this moment is first, or finds nobody
    to decide about. What they reported stays reported: without their words."""
    locked_all(ReviewItem, ReviewItem.author_id == account_id)
    db.session.execute(
        update(ReviewItem).where(ReviewItem.author_id == account_id).values(author_id=None)
    )
    db.session.execute(update(Report).where(Report.reporter_id == account_id).values(words=""))
