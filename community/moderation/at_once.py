"""What is decided in the moment it is written down: nothing waits in the queue for it."""

from datetime import datetime
from uuid import UUID

from community.core.db import db
from community.moderation.models import Decision, ReviewItem
from community.moderation.rules.case import APPEAL, Outcome, Source


def decided_at_once(
    item: ReviewItem,
    outcome: Outcome,
    rule_id: str,
    why: str,
    source: Source,
    facts: str,
    *,
    by: UUID,
    author_id: UUID | None,
    now: datetime,
) -> Decision:
    """This new item, closed as soon as it is there, and the decision, which can be appealed as any
    other. `source` and `facts`: what it rests on."""
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
        facts=facts,
        why=why,
        note="",
        scope=item.scope,
        source=source,
        decided_at=now,
        hidden_until=None,
        appealable_until=now + APPEAL,
    )
    db.session.add(decision)
    db.session.flush()
    return decision
