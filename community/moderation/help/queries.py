"""Who pressed for help and was not answered, for this actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db
from community.groups.models import Group
from community.live import queries as live_queries
from community.live.models import HelpPress
from community.moderation import deciders
from community.moderation.help.rules import SAW_TO_HELP, looks_after, may_see_to
from community.moderation.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Asked:
    """One press: the fact, no words."""

    id: UUID
    pressed_at: datetime
    account_id: UUID
    name: str
    title: str
    group_id: UUID
    group_name: str


def everybody_who_asked(now: datetime) -> Sequence[Asked]:
    """All that waits for a moderator, the oldest first."""
    waiting = [each.id for each in live_queries.unanswered_help(now)]
    if not waiting:
        return []
    found = (
        select(
            HelpPress.id,
            HelpPress.pressed_at,
            HelpPress.account_id,
            Account.name,
            Call.title,
            Group.id,
            Group.name,
        )
        .join(Account, Account.id == HelpPress.account_id)
        .join(Call, Call.id == HelpPress.call_id)
        .join(Group, Group.id == Call.group_id)
        .where(HelpPress.id.in_(waiting))
        .order_by(HelpPress.id)
    )
    return [Asked(*row) for row in db.session.execute(found)]


def who_asked(actor: Actor, now: datetime) -> Sequence[Asked]:
    """As far as this person may see to it."""
    return [
        each
        for each in everybody_who_asked(now)
        if may_see_to(actor, each.group_id, each.account_id)
    ]


def who_sees_to(asked: Asked, now: datetime) -> Sequence[UUID]:
    """Those who look after the group; those of the site, if it has nobody else."""
    able = deciders.of_groups([asked.group_id], now)
    others = {asked.account_id}
    return sorted(able.groups[asked.group_id] - others or able.site - others)


def is_seen_to(actor: Actor, help_id: UUID) -> bool:
    """Somebody has seen to it, and this actor may know."""
    of_group = select(AuditEvent.group_id).where(
        AuditEvent.item_id == help_id, AuditEvent.action == SAW_TO_HELP
    )
    group_id = db.session.scalar(of_group)
    return group_id is not None and looks_after(actor, group_id)
