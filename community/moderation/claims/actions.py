"""Looking at an item, leaving it for others, and passing it up."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db
from community.moderation.actions import let_go, locked_item, write_down
from community.moderation.alerts import actions as alerts
from community.moderation.cases import case_of
from community.moderation.claims.models import ItemClaim, ItemPassed
from community.moderation.rules.claims import (
    LEASE,
    may_claim,
    may_leave,
    may_pass_on,
    may_pass_up,
)
from community.moderation.rules.reasons import Scope

PASSED_UP, PASSED_ON = "passed-up", "passed-on"
"""What the audit record says of an item that a group’s moderator gave to those of the site, and
of one that somebody said isn’t for them."""


def claim(actor: Actor, item_id: UUID, *, now: datetime) -> None:
    """This person is looking at it for half an hour from now, whoever was before."""
    item, _ = locked_item(item_id)
    may_claim(actor, case_of(item, now), now).require()
    let_go(item_id)
    db.session.add(ItemClaim(item_id=item_id, account_id=actor.id, until=now + LEASE))
    db.session.flush()


def leave(actor: Actor, item_id: UUID, *, now: datetime) -> None:
    """They leave it for somebody else."""
    item, _ = locked_item(item_id)
    may_leave(actor, case_of(item, now), now).require()
    let_go(item_id)


def pass_on(actor: Actor, item_id: UUID, *, now: datetime) -> None:
    """It isn’t for this person: it counts for others alone, and with nobody left in the group it
    goes up by itself."""
    item, _ = locked_item(item_id)
    case = case_of(item, now)
    may_pass_on(actor, case, now).require()
    if not case.is_in_other_hands(actor, now):
        let_go(item_id)
    db.session.add(ItemPassed(item_id=item_id, account_id=actor.id, passed_at=now))
    db.session.flush()
    alerts.tell_of(item, now=now)
    scope = case.acted_for(actor, now)
    write_down(actor, item, scope, PASSED_ON, "open", "open", item.reason, now)


def pass_up(actor: Actor, item_id: UUID, version: int | None, *, now: datetime) -> None:
    """The moderators of the site decide about it from now on, and no longer those of the group."""
    item, _ = locked_item(item_id)
    may_pass_up(actor, case_of(item, now), version, now).require()
    let_go(item_id)
    before, item.scope = item.scope, Scope.PLATFORM
    item.version += 1
    write_down(
        actor, item, Scope.GROUP, PASSED_UP, before.value, item.scope.value, item.reason, now
    )
