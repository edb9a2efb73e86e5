"""Writing a note about a person, and taking it away. The record says that it was done, and not
what was noted."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.about import queries
from community.moderation.about.models import Remark
from community.moderation.about.rules import (
    LENGTHS,
    TOOK_AWAY,
    WROTE,
    may_note,
    may_take_away,
    written_for,
)
from community.moderation.actions import locked_item, write_down
from community.moderation.cases import case_of
from community.moderation.models import ReviewItem
from community.moderation.rules.case import Case


def note(actor: Actor, item_id: UUID, words: str, days: int, *, now: datetime) -> None:
    """Whoever decides next reads it, until its day. A second press makes no second note."""
    item, _ = locked_item(item_id)
    case = case_of(item, now)
    may_note(actor, case, now).require()
    if days not in LENGTHS:
        raise Refused(NOT_FOUND)
    if queries.is_noted(actor, case, words, days, now):
        return
    db.session.add(
        Remark(
            subject_id=case.author_id,
            group_id=written_for(actor, case, now),
            author_id=actor.id,
            words=words,
            written_at=now,
            until=now + timedelta(days=days),
        )
    )
    _write_down(actor, item, case, WROTE, now)


def take_away(actor: Actor, item_id: UUID, remark_id: UUID, *, now: datetime) -> None:
    """Nobody reads it any more. A second press leaves it so."""
    item, _ = locked_item(item_id)
    case = case_of(item, now)
    may_note(actor, case, now).require()
    if db.session.get(Remark, remark_id) is None:
        return
    remark = queries.remark_on(actor, case, remark_id, now)
    may_take_away(actor, remark.author_id).require()
    db.session.delete(remark)
    _write_down(actor, item, case, TOOK_AWAY, now)


def erase_old(*, now: datetime) -> None:
    """Erase those whose day has come."""
    db.session.execute(delete(Remark).where(Remark.until <= now))


def _write_down(actor: Actor, item: ReviewItem, case: Case, action: str, now: datetime) -> None:
    state = "closed" if item.closed_at else "open"
    write_down(actor, item, case.acted_for(actor, now), action, state, state, item.reason, now)
