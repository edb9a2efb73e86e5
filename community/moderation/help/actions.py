"""Telling moderators of help that nobody opened, and seeing to it."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import NOT_FOUND, Refused
from community.live import actions as live_actions
from community.live.models import HelpPress
from community.moderation.help import queries
from community.moderation.help.rules import SAW_TO_HELP, SEEN_TO, STEPS, HelpAsked, HelpSeen
from community.moderation.models import AuditEvent
from community.moderation.rules.reasons import Scope
from community.notifications.actions import tell


def tell_moderators(*, now: datetime) -> None:
    """Whoever can see to it is told, once for each press."""
    for asked in queries.everybody_who_asked(now):
        for moderator in queries.who_sees_to(asked, now):
            tell(
                moderator,
                HelpAsked(asked.pressed_at, asked.group_name),
                now=now,
                once=f"help:{asked.id}:{moderator}",
            )


def see_to(actor: Actor, help_id: UUID, step: str, *, now: datetime) -> None:
    """Write down what was done. Whoever pressed is told that somebody has seen it."""
    if step not in STEPS:
        raise Refused(NOT_FOUND)
    if queries.is_seen_to(actor, help_id):
        raise Refused(SEEN_TO)
    locked(HelpPress, help_id)
    asked = next((each for each in queries.who_asked(actor, now) if each.id == help_id), None)
    if asked is None:
        raise Refused(NOT_FOUND)
    live_actions.help_is_known(help_id)
    in_group = actor.moderates(asked.group_id)
    db.session.add(
        AuditEvent(
            at=now,
            actor_id=actor.id,
            acted_for=Scope.GROUP if in_group else Scope.PLATFORM,
            action=SAW_TO_HELP,
            item_id=help_id,
            group_id=asked.group_id,
            before="open",
            after="closed",
            reason=step,
        )
    )
    tell(asked.account_id, HelpSeen(asked.pressed_at), now=now, once=f"help-seen:{help_id}")
