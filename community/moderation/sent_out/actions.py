"""Deciding it as anything else is decided, when a facilitator ends somebody’s place in a circle.

All in the transaction of the press: the item, the decision with its reason, the record, the letter.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from community.calls.models import Call
from community.core.db import db
from community.live import actions as live_actions
from community.live.rules.events import Restored
from community.live.rules.room import Presence
from community.live.rules.step import Step
from community.live.sent_out import Door, hears_of_doors
from community.moderation.at_once import decided_at_once
from community.moderation.models import Decision, ReviewItem
from community.moderation.record import actions as record
from community.moderation.rules.case import Outcome, Source, Target
from community.moderation.rules.reasons import SENT_OUT, Scope
from community.moderation.sent_out import queries
from community.moderation.sent_out.models import SentOut
from community.moderation.sent_out.rules import (
    GUIDELINE,
    LET_BACK,
    STAYS_OUT,
    WHY_IS_APART,
    OutOfCircle,
)
from community.notifications.actions import tell


@hears_of_doors
def write_down(door: Door) -> None:
    """Whoever is let back, or is told to stay out after all, has lost nothing more by that: the
    record has it, and no decision."""
    if door.is_taken:
        _write_down(door, _decided(door), Outcome.OUT.value)
        return
    item_id = queries.newest(door.call_id, door.person)
    action = LET_BACK if door.after is Presence.GONE else STAYS_OUT
    _write_down(door, item_id or door.call_id, action)


def give_back(item_id: UUID, *, now: datetime) -> Step | None:
    """They were right. If that circle is still on, their place in it is theirs again."""
    one = queries.of_item(item_id)
    return live_actions.notice(one.call_id, Restored(one.account_id), now=now)


def erase_words(*, now: datetime) -> None:
    """Why somebody was sent out, when its time has come."""
    old = queries.with_old_words(now)
    db.session.execute(update(SentOut).where(SentOut.item_id.in_(old)).values(why=None))


def _decided(door: Door) -> UUID:
    """An item that is closed as soon as it is there, with all that belongs to it."""
    item = ReviewItem(
        about=Target.PERSON,
        author_id=door.person,
        group_id=door.group_id,
        source=Source.CIRCLE,
        reason=SENT_OUT.id,
        severity=SENT_OUT.severity,
        scope=SENT_OUT.scope,
    )
    what = (Outcome.OUT, GUIDELINE, WHY_IS_APART, item.source, item.reason)
    decision = decided_at_once(item, *what, by=door.actor.id, author_id=door.person, now=door.at)
    _keep(door, item.id, decision)
    return item.id


def _keep(door: Door, item_id: UUID, decision: Decision) -> None:
    db.session.add(
        SentOut(
            item_id=item_id,
            decision_id=decision.id,
            account_id=door.person,
            call_id=door.call_id,
            why=door.why,
            sent_out_at=door.at,
        )
    )
    held_at = db.session.get_one(Call, door.call_id).starts_at
    letter = OutOfCircle(door.call_id, held_at, decision.appealable_until)
    tell(door.person, letter, now=door.at, once=f"decision:{decision.id}")


def _write_down(door: Door, item_id: UUID, action: str) -> None:
    record.write(
        door.actor,
        action,
        item_id,
        group_id=door.group_id,
        scope=Scope.GROUP,
        before=door.before.value,
        after=door.after.value,
        reason=GUIDELINE,
        now=door.at,
    )
