"""What is sealed, what isn’t yet, and whether it is as it was. Every select of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from community.core.db import db
from community.moderation.models import AuditEvent, Decision, DecisionWords
from community.moderation.seals.models import RecordSeal
from community.moderation.seals.rules import BEGINNING, KEPT, digest, words_digest

_EVENTS, _DECISIONS = AuditEvent.__table__, Decision.__table__
_WORDS = DecisionWords.__table__
_SEALED: dict[Any, Select[Any]] = {
    _EVENTS: select(_EVENTS),
    _DECISIONS: select(_DECISIONS, _WORDS.c.why, _WORDS.c.note, _WORDS.c.salt).outerjoin(_WORDS),
}
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Ends:
    """Up to where something is sealed."""

    event: UUID | None = None
    decision: UUID | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of looking at every seal again. `broken` is the first that isn’t right any more;
    what `forgotten` and those before it sealed is no longer kept."""

    seals: int
    newest: str
    broken: RecordSeal | None
    forgotten: RecordSeal | None = None


def newest() -> RecordSeal | None:
    """The last seal."""
    return db.session.scalar(select(RecordSeal).order_by(RecordSeal.number.desc()).limit(1))


def anchor() -> RecordSeal | None:
    """The last seal that says what is forgotten."""
    anchors = select(RecordSeal).where(RecordSeal.forgot.is_not(None))
    return db.session.scalar(anchors.order_by(RecordSeal.number.desc()).limit(1))


def sealed_by(until: datetime) -> RecordSeal | None:
    """The last seal that was made by then."""
    sealed = select(RecordSeal).where(RecordSeal.sealed_at <= until)
    return db.session.scalar(sealed.order_by(RecordSeal.number.desc()).limit(1))


def settled(until: datetime, since: Ends) -> Ends:
    """The latest of what was written by then; what is sealed already, if that was forgotten."""
    event = select(AuditEvent.id).where(AuditEvent.at <= until).order_by(AuditEvent.id.desc())
    made = select(Decision.id).where(Decision.decided_at <= until).order_by(Decision.id.desc())
    last_event, last_made = db.session.scalar(event.limit(1)), db.session.scalar(made.limit(1))
    return Ends(_later(last_event, since.event), _later(last_made, since.decision))


def sealing(before: str, since: Ends, until: Ends) -> str:
    """The seal over what lies between."""
    return digest(before, _rows(since, until))


def check() -> Checked:
    """Every seal, from the last whose rows are forgotten, or from the first."""
    newest_anchor = anchor()
    forgotten = _forgotten_by(newest_anchor) if newest_anchor else None
    if newest_anchor and not (forgotten and _is_right(newest_anchor, forgotten)):
        return Checked(0, BEGINNING, newest_anchor)
    before, since, first = BEGINNING, Ends(), 0
    if forgotten:
        before, since, first = forgotten.digest, _ends(forgotten), forgotten.number
    count = first
    seals = select(RecordSeal).where(RecordSeal.number > first).order_by(RecordSeal.number)
    for seal in db.session.scalars(seals):
        count += 1
        if seal.number != count or _again(seal, before, since) != seal.digest:
            return Checked(count - first - 1, before, seal, forgotten)
        before, since = seal.digest, _ends(seal)
    return Checked(count - first, before, None, forgotten)


def keeping(forgotten: RecordSeal, going: Select[UUID]) -> str:
    """The digest of what is left up to this seal, when every act and these decisions have gone."""
    rows = _of(_DECISIONS, None, forgotten.last_decision, _DECISIONS.c.id.not_in(going))
    return digest(BEGINNING, rows)


def anchoring(forgotten: RecordSeal, kept: str) -> Sequence[Sequence[Any]]:
    """What an anchor is a seal over."""
    ends = (forgotten.last_event, forgotten.last_decision)
    return [["forgotten", forgotten.number, forgotten.digest, forgotten.sealed_at, *ends, kept]]


def _forgotten_by(row: RecordSeal) -> RecordSeal | None:
    return db.session.scalar(select(RecordSeal).where(RecordSeal.number == row.forgot))


def _is_right(row: RecordSeal, forgotten: RecordSeal) -> bool:
    """It forgets only what is old enough, and all else is still there."""
    is_old = forgotten.sealed_at <= row.sealed_at - KEPT
    return is_old and digest(BEGINNING, _rows(Ends(), _ends(forgotten))) == row.kept


def _again(seal: RecordSeal, before: str, since: Ends) -> str | None:
    """What its digest should be."""
    if seal.kept is None:
        return sealing(before, since, _ends(seal))
    forgotten = _forgotten_by(seal)
    if forgotten is None or _ends(seal) != since:
        return None
    return digest(before, anchoring(forgotten, seal.kept))


def _later(one: UUID | None, other: UUID | None) -> UUID | None:
    return max((each for each in (one, other) if each), default=None)


def _ends(seal: RecordSeal) -> Ends:
    return Ends(seal.last_event, seal.last_decision)


def _rows(since: Ends, until: Ends) -> Iterator[Sequence[Any]]:
    yield from _of(_EVENTS, since.event, until.event)
    yield from _of(_DECISIONS, since.decision, until.decision)


def _of(
    table: Any, since: UUID | None, until: UUID | None, *which: ColumnElement[bool]
) -> Iterator[Sequence[Any]]:
    if until is None:
        return
    query = _SEALED[table].where(table.c.id <= until, *which).order_by(table.c.id).limit(_BATCH)
    while True:
        rows = db.session.execute(query if since is None else query.where(table.c.id > since)).all()
        for row in rows:
            yield [table.name, *(_with_digest(row) if table is _DECISIONS else row)]
        if len(rows) < _BATCH:
            return
        since = rows[-1].id


def _with_digest(row: Row[*tuple[Any, ...]]) -> Sequence[Any]:
    """Of words that are there and can be read, the digest is right, or missing."""
    *columns, kept, why, note, salt = row
    is_read = None not in (why, note, salt)
    return [*columns, None if is_read and kept != words_digest(why, note, salt) else kept]
