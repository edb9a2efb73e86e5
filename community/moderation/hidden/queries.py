"""What was hidden, and for whom three days are over. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from community.core.db import db
from community.moderation.models import Decision, ReviewItem
from community.moderation.rules.case import HIDING, Outcome
from community.threads.models import Post
from community.threads.rules.posts import PostState

TOLD_WITHIN = timedelta(days=7)  # after that, nobody is told any more


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something that was hidden three days ago, without a decision since."""

    decision_id: UUID
    post_id: UUID
    author_id: UUID | None
    written_at: datetime
    comes_back: bool


def hidden_long_enough(now: datetime) -> Sequence[Hidden]:
    """What came back by itself, or stays hidden and has gone up."""
    rows = db.session.execute(
        select(Decision.id, Post.id, Post.author_id, Post.written_at, Post.hidden_until)
        .join(ReviewItem, ReviewItem.id == Decision.item_id)
        .join(Post, Post.id == ReviewItem.post_id)
        .where(
            Decision.outcome == Outcome.HIDE,
            ReviewItem.closed_at.is_(None),
            ReviewItem.hidden_at.between(now - HIDING - TOLD_WITHIN, now - HIDING),
            Post.state == PostState.HIDDEN,
        )
        .order_by(Decision.id)
    )
    return [Hidden(*row[:4], comes_back=row.hidden_until is not None) for row in rows]
