"""What is decided in the moment it is written down: nothing waits in the queue for it."""

from datetime import datetime
from uuid import UUID

from community.core.db import db
from community.moderation.models import Decision, ReviewItem
from community.moderation.rules.case import APPEAL, Outcome


def decided_at_once(
    item: ReviewItem,
    outcome: Outcome,
    rule_id: str,
    why: str,
    *,
    by: UUID,
    author_id: UUID | None,
    now: datetime,
) -> Decision:
    """This new item, closed as soon as it is there, and the decision, which can be appealed as any
    other."""
    item.opened_at = item.closed_at = now
    db.session.add(item)
    db.session.flush()
    decision = Decision(
        item_id=item.id,
        target_id=item.target_id,
        author_id=author_id,
        decided_by=by,
        outcome=outcome,
        rule_id=rule_id,
        facts=item.reason,
        why=why,
        note="",
        scope=item.scope,
        source=item.source,
        decided_at=now,
        hidden_until=None,
        appealable_until=now + APPEAL,
    )
    db.session.add(decision)
    db.session.flush()
    return decision
