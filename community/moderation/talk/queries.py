"""Who would like to talk, for whoever was asked and for themselves. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.moderation.talk.models import TalkAsked, TalkHearer
from community.moderation.talk.rules import KEPT


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody would like to talk."""

    account_id: UUID
    name: str
    words: str  # may be empty
    asked_at: datetime


def asked_of(actor: Actor, now: datetime) -> Sequence[Talk]:
    """Who would like to talk with this person, the longest waiting first. Whoever no longer looks
    after the site reads none of it, nor who keeps apart by now."""
    if not actor.moderates_platform:
        return []
    rows = db.session.execute(
        select(TalkAsked.account_id, Account.name, TalkAsked.words, TalkAsked.asked_at)
        .join(Account, Account.id == TalkAsked.account_id)
        .join(TalkHearer, TalkHearer.account_id == TalkAsked.account_id)
        .where(TalkHearer.hearer_id == actor.id, TalkAsked.asked_at > now - KEPT)
        .order_by(TalkAsked.asked_at, TalkAsked.account_id)
    )
    return [Talk(*row) for row in rows if actor.meets(row.account_id)]


def asked_by(actor: Actor, now: datetime) -> Talk | None:
    """What this person asked themselves, as long as it is kept."""
    row = db.session.get(TalkAsked, actor.id)
    if row is None or row.asked_at <= now - KEPT:
        return None
    return Talk(actor.id, actor.name, row.words, row.asked_at)
