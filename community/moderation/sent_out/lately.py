"""Who was sent out of a circle lately, for whoever looks after the group and wasn’t there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db
from community.moderation.models import ReviewItem
from community.moderation.queries import items_by_id
from community.moderation.rules.case import may_open_case
from community.moderation.sent_out.models import SentOut
from community.moderation.sent_out.rules import LATELY


@dataclass(frozen=True, slots=True)
class Lately:
    """One of them, in the queue: nothing waits to be decided about it."""

    item_id: UUID
    name: str
    title: str
    at: datetime


def sent_out_lately(actor: Actor, now: datetime) -> Sequence[Lately]:
    """Those that this person may open, the latest first."""
    rows = db.session.execute(
        select(SentOut.item_id, Account.name, Call.title, SentOut.sent_out_at)
        .join(ReviewItem, ReviewItem.id == SentOut.item_id)
        .join(Account, Account.id == SentOut.account_id)
        .join(Call, Call.id == SentOut.call_id)
        .where(SentOut.sent_out_at > now - LATELY)
        .order_by(SentOut.sent_out_at.desc(), SentOut.item_id.desc())
    ).all()
    items = items_by_id([row.item_id for row in rows], now)
    return [Lately(*row) for row in rows if may_open_case(actor, items[row.item_id].case, now)]
