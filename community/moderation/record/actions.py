"""Writing into the record."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db
from community.core.deeds import Deed, hears_of_deeds
from community.moderation.models import AuditEvent
from community.moderation.record.rules import acted_for, role_of
from community.moderation.rules.reasons import Scope


def write(
    actor: Actor,
    action: str,
    about: UUID,
    *,
    group_id: UUID | None,
    scope: Scope,
    before: str,
    after: str,
    reason: str,
    now: datetime,
) -> None:
    """Who did what to what, in which role: in the transaction in which it is done."""
    event = AuditEvent(
        at=now,
        actor_id=actor.id,
        role_at_time=role_of(actor, group_id, scope),
        acted_for=scope,
        action=action,
        item_id=about,
        group_id=group_id,
        before=before,
        after=after,
        reason=reason,
    )
    db.session.add(event)
    db.session.flush()


@hears_of_deeds
def write_down(deed: Deed) -> None:
    """What was done elsewhere than in moderation."""
    write(
        deed.actor,
        deed.action,
        deed.about,
        group_id=deed.group_id,
        scope=acted_for(deed.actor, deed.group_id),
        before=deed.before,
        after=deed.after,
        reason="",
        now=deed.at,
    )
