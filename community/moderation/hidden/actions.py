"""Telling whoever wrote it. Whether it is shown is read off the clock: this only says so."""

from datetime import datetime

from community.moderation.hidden import queries
from community.moderation.rules.letters import HidingOver
from community.notifications.actions import tell


def tell_writers(*, now: datetime) -> None:
    """Once for each time that something was hidden."""
    for each in queries.hidden_long_enough(now):
        if each.author_id:
            letter = HidingOver(each.post_id, each.written_at, each.comes_back)
            tell(each.author_id, letter, now=now, once=f"hidden:{each.decision_id}")
