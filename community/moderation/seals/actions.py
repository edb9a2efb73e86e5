"""Sealing what was written."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select

from community.core.db import db
from community.moderation.seals import queries
from community.moderation.seals.models import RecordSeal
from community.moderation.seals.queries import Ends
from community.moderation.seals.rules import BEGINNING, SETTLES, digest


def seal(*, now: datetime) -> None:
    """Seal what has settled since the last time, if there is anything. Of two at once, the number
    lets one through."""
    last = queries.newest()
    since = Ends(last.last_event, last.last_decision) if last else Ends()
    until = queries.settled(now - SETTLES, since)
    if until == since:
        return
    before, number = (last.digest, last.number + 1) if last else (BEGINNING, 1)
    row = RecordSeal(
        number=number,
        last_event=until.event,
        last_decision=until.decision,
        digest=queries.sealing(before, since, until),
        sealed_at=now,
    )
    db.session.add(row)
    db.session.flush()


def anchor(forgotten: RecordSeal, going: Select[UUID], *, now: datetime) -> None:
    """Say, before it happens, that all acts up to this seal go, and these decisions."""
    newest = queries.newest() or forgotten
    kept = queries.keeping(forgotten, going)
    row = RecordSeal(
        number=newest.number + 1,
        last_event=newest.last_event,
        last_decision=newest.last_decision,
        digest=digest(newest.digest, queries.anchoring(forgotten, kept)),
        sealed_at=now,
        forgot=forgotten.number,
        kept=kept,
    )
    db.session.add(row)
    db.session.flush()
