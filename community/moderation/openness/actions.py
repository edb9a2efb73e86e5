"""Writing down that somebody looked, where nothing is locked."""

from datetime import datetime

from community.core.actor import Actor
from community.moderation.actions import is_written_down, read
from community.moderation.models import LOOKED
from community.moderation.openness import queries
from community.moderation.openness.rules import SAME_LOOK
from community.moderation.queries import ItemRow
from community.moderation.record import actions as record


def opened(actor: Actor, item: ItemRow, *, now: datetime) -> None:
    """Somebody opened words of this item: as one of its group, or for the site."""
    if not is_written_down(actor, item.case):
        read(actor, item, now=now)
        return
    state = "open" if item.case.is_open else "closed"
    record.write(
        actor,
        LOOKED,
        item.id,
        group_id=item.case.group_id,
        scope=item.case.acted_for(actor, now),
        before=state,
        after=state,
        reason=item.reason.id,
        now=now,
    )


def opened_picture(actor: Actor, item: ItemRow, *, now: datetime) -> None:
    """Somebody opened a picture of it. Soon after its page or another picture, that is one look."""
    if not queries.has_looked(actor, item.id, now - SAME_LOOK):
        opened(actor, item, now=now)
