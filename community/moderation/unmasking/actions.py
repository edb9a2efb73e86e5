"""Looking up a name, and writing that down."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db
from community.moderation import cases
from community.moderation.actions import locked_item, write_down
from community.moderation.unmasking import queries
from community.moderation.unmasking.models import Unmasking
from community.moderation.unmasking.rules import (
    KEPT_FROM,
    UNMASKED,
    Because,
    NameLookedUp,
    may_look_up,
)
from community.notifications.actions import tell


def look_up(
    actor: Actor, item_id: UUID, because: Because, why: str, *, now: datetime
) -> str | None:
    """Who wrote it. None for whoever keeps apart from them, or they from: somebody else looks. That
    they asked is written down as well, or trying would tell them more than asking."""
    item, post = locked_item(item_id)
    case = cases.case_of(item, now)
    may_look_up(actor, case, now).require()
    assert case.author_id is not None
    assert post is not None
    scope = case.acted_for(actor, now)
    if not actor.meets(case.author_id):
        write_down(actor, item, scope, KEPT_FROM, "open", "open", because.value, now)
        return None
    db.session.add(
        Unmasking(
            item_id=item_id,
            account_id=case.author_id,
            by_id=actor.id,
            because=because,
            why=why,
            at=now,
        )
    )
    write_down(actor, item, scope, UNMASKED, "open", "open", because.value, now)
    if because.is_told:
        once = f"unmasked:{item_id}:{actor.id}"
        tell(case.author_id, NameLookedUp(post.id, because.words, why), now=now, once=once)
    return queries.name_of(case.author_id)
