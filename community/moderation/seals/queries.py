"""What is sealed, what isn’t yet, and whether it is as it was. Every select of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from community.core.db import db
from community.moderation.models import AuditEvent, Decision
from community.moderation.seals.models import RecordSeal
from community.moderation.seals.rules import BEGINNING, digest

_EVENTS, _DECISIONS = AuditEvent.__table__, Decision.__table__
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Ends:
    """Up to where something is sealed."""

    event: UUID | None = None
    decision: UUID | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of looking at every seal again. `broken` is the first that isn’t right any more."""

    seals: int
    newest: str
    broken: RecordSeal | None


def newest() -> RecordSeal | None:
    """The last seal."""
    return db.session.scalar(select(RecordSeal).order_by(RecordSeal.number.desc()).limit(1))


def settled(until: datetime) -> Ends:
    """The latest of what was written by then."""
    event = select(AuditEvent.id).where(AuditEvent.at <= until).order_by(AuditEvent.id.desc())
    made = select(Decision.id).where(Decision.decided_at <= until).order_by(Decision.id.desc())
    return Ends(db.session.scalar(event.limit(1)), db.session.scalar(made.limit(1)))


def sealing(before: str, since: Ends, until: Ends) -> str:
    """The seal over what lies between."""
    return digest(before, _rows(since, until))


def check() -> Checked:
    """Every seal, from the first."""
    before, since, count = BEGINNING, Ends(), 0
    for seal in db.session.scalars(select(RecordSeal).order_by(RecordSeal.number)):
        until = Ends(seal.last_event, seal.last_decision)
        count += 1
        if seal.number != count or sealing(before, since, until) != seal.digest:
            return Checked(count - 1, before, seal)
        before, since = seal.digest, until
    return Checked(count, before, None)


def _rows(since: Ends, until: Ends) -> Iterator[Sequence[Any]]:
    yield from _of(_EVENTS, since.event, until.event)
    yield from _of(_DECISIONS, since.decision, until.decision)


def _of(table: Any, since: UUID | None, until: UUID | None) -> Iterator[Sequence[Any]]:
    if until is None:
        return
    query = select(table).where(table.c.id <= until).order_by(table.c.id).limit(_BATCH)
    while True:
        rows = db.session.execute(query if since is None else query.where(table.c.id > since)).all()
        for row in rows:
            yield [table.name, *row]
        if len(rows) < _BATCH:
            return
        since = rows[-1].id
