"""Looking up a name, and writing that down."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db
from community.moderation import cases
from community.moderation.actions import locked_item, write_down
from community.moderation.models import ReviewItem
from community.moderation.unmasking import queries
from community.moderation.unmasking.models import Unmasking
from community.moderation.unmasking.queries import Named
from community.moderation.unmasking.rules import (
    Because,
    NameLookedUp,
    ReporterLookedUp,
    Sought,
    Whose,
    is_named_to,
    may_look_up,
)
from community.notifications.actions import tell


def look_up(
    actor: Actor, item_id: UUID, whose: Whose, because: Because, why: str, *, now: datetime
) -> Sequence[Named]:
    """Who wrote it, or who reported it in the order that they did. Without a name for whoever keeps
    apart from them, or they from: somebody else looks. That they asked is written down as well, or
    trying would tell them more than asking."""
    item, _ = locked_item(item_id)
    case = cases.case_of(item, now)
    may_look_up(actor, case, whose, now).require()
    asked = queries.sought(item_id, case.author_id, whose)
    told = [each for each in asked if is_named_to(actor, each, because)]
    for each in told:
        _keep(actor, item, each, because, why, now)
    action = whose.looked_up if told else whose.kept_from
    scope = case.acted_for(actor, now)
    write_down(actor, item, scope, action, "open", "open", because.value, now)
    return queries.named(asked, told)


def _keep(
    actor: Actor, item: ReviewItem, sought: Sought, because: Because, why: str, now: datetime
) -> None:
    """For whoever it is about: that it was done and why, and a letter if they are told by now."""
    assert sought.account_id is not None
    report = sought.report
    db.session.add(
        Unmasking(
            item_id=item.id,
            report_id=report.id if report else None,
            account_id=sought.account_id,
            by_id=actor.id,
            because=because,
            why=why,
            at=now,
        )
    )
    if because.is_told:
        once = f"unmasked:{report.id if report else item.id}:{actor.id}"
        tell(sought.account_id, _letter(item, sought, because, why), now=now, once=once)


def _letter(item: ReviewItem, sought: Sought, because: Because, why: str) -> Any:
    if sought.report:
        return ReporterLookedUp(sought.report.at, because.words, why)
    assert item.post_id is not None
    return NameLookedUp(item.post_id, because.words, why)
