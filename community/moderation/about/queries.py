"""Which notes there are about a person. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused, Verdict
from community.moderation.about.models import Remark
from community.moderation.about.rules import may_note, may_take_away, read_for, written_for
from community.moderation.rules.case import Case


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A note, with who wrote it."""

    id: UUID
    words: str | None  # None: another key has locked them
    author: str | None  # None when they have left
    is_of_group: bool
    written_at: datetime
    until: datetime
    may_take_away: Verdict


def remarks_on(actor: Actor, case: Case, now: datetime) -> Sequence[RemarkRow] | None:
    """Those still in time, the newest first. None where nothing is noted."""
    if not may_note(actor, case, now):
        return None
    query = select(Remark, Account.name).outerjoin(Account, Account.id == Remark.author_id)
    readable = query.where(_readable(actor, case, now))
    found = db.session.execute(readable.order_by(Remark.written_at.desc(), Remark.id.desc()))
    return [
        RemarkRow(
            id=each.id,
            words=each.words,
            author=author,
            is_of_group=each.group_id is not None,
            written_at=each.written_at,
            until=each.until,
            may_take_away=may_take_away(actor, each.author_id),
        )
        for each, author in found
    ]


def remark_on(actor: Actor, case: Case, remark_id: UUID, now: datetime) -> Remark:
    """One that this person reads there. `Refused(NOT_FOUND)` for any other."""
    may_note(actor, case, now).require()
    query = select(Remark).where(Remark.id == remark_id, _readable(actor, case, now))
    found = db.session.scalar(query)
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def is_noted(actor: Actor, case: Case, words: str, days: int, now: datetime) -> bool:
    """Whether they have said just this there, for as long: a second press."""
    theirs = (Remark.subject_id == case.author_id, Remark.author_id == actor.id)
    here = (Remark.group_id == written_for(actor, case, now), Remark.until > now)
    found = db.session.scalars(select(Remark).where(*theirs, *here))
    length = timedelta(days=days)
    return any((each.words, each.until - each.written_at) == (words, length) for each in found)


def _readable(actor: Actor, case: Case, now: datetime) -> ColumnElement[bool]:
    theirs = [Remark.group_id == each for each in read_for(actor, case, now)]
    return and_(Remark.subject_id == case.author_id, Remark.until > now, or_(*theirs))
