"""Telling whoever may decide of what can’t wait."""

from datetime import datetime

from community.core.db import db
from community.groups.models import Group
from community.moderation.cases import case_of
from community.moderation.models import ReviewItem
from community.moderation.rules.letters import CantWait
from community.notifications.actions import tell


def tell_of(item: ReviewItem, *, now: datetime) -> None:
    """Everybody in whose queue a crisis or a danger stands is told of it, each once, and nobody
    who had a part in it."""
    if not item.severity.cant_wait:
        return
    letter = CantWait(item.id, db.session.get_one(Group, item.group_id).name)
    for each in sorted(case_of(item, now).deciders_at(now)):
        tell(each, letter, now=now, once=f"cant-wait:{item.id}:{each}")
