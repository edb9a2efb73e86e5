"""Sealing what was written."""

from datetime import datetime

from community.core.db import db
from community.moderation.seals import queries
from community.moderation.seals.models import RecordSeal
from community.moderation.seals.queries import Ends
from community.moderation.seals.rules import BEGINNING, SETTLES


def seal(*, now: datetime) -> None:
    """Seal what has settled since the last time, if there is anything. Of two at once, the number
    lets one through."""
    last = queries.newest()
    since = Ends(last.last_event, last.last_decision) if last else Ends()
    until = queries.settled(now - SETTLES)
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
