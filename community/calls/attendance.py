"""Who was at a call, once it is over; and first place next time: for those whom we let
down, and for those who let others have their seat."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from community.calls import queries
from community.calls.models import Attendance, Call, FirstPlace
from community.calls.rules.seats import Was, who_was
from community.core.db import db, locked

KEPT = timedelta(days=90)
"""How long it is known who was there."""


def excuse(call: Call, account_id: UUID, *, now: datetime) -> None:
    """They gave up their seat beforehand. If they come after all, they came."""
    kept = db.session.get(Attendance, (call.id, account_id)) or Attendance(
        call_id=call.id, account_id=account_id
    )
    kept.was, kept.erase_at = Was.EXCUSED, max(now, call.starts_at) + KEPT
    db.session.add(kept)
    db.session.flush()


def no_longer_excused(call_id: UUID, account_id: UUID) -> None:
    """They come after all."""
    db.session.execute(
        delete(Attendance).where(Attendance.call_id == call_id, Attendance.account_id == account_id)
    )


def keep(call_id: UUID, came: frozenset[UUID], out: frozenset[UUID], *, now: datetime) -> None:
    """The room of this call is over: these `came`, and these were sent `out` of it."""
    call = locked(Call, call_id)
    rows = db.session.scalars(select(Attendance).where(Attendance.call_id == call_id))
    kept = {row.account_id: row for row in rows}
    was = who_was(queries.roster_of(call), frozenset(kept), came, out)
    for account_id in sorted(kept.keys() - was.keys()):
        db.session.delete(kept[account_id])
    for account_id in sorted(was):
        row = kept.get(account_id) or Attendance(call_id=call_id, account_id=account_id)
        row.was, row.erase_at = was[account_id], now + KEPT
        db.session.add(row)
    db.session.flush()


def erase_old(*, now: datetime) -> None:
    """Nobody needs to know any more."""
    db.session.execute(delete(Attendance).where(Attendance.erase_at <= now))


def promise_first_place(group_id: UUID, account_id: UUID) -> None:
    """They came and nobody led, or gave their seat back before the start: they are first wherever
    they wait in this group, until they have a seat in it. It is promised once at a time."""
    if not is_promised(group_id, account_id):
        db.session.add(FirstPlace(account_id=account_id, group_id=group_id))
        db.session.flush()


def is_promised(group_id: UUID, account_id: UUID) -> bool:
    return db.session.get(FirstPlace, (account_id, group_id)) is not None


def keep_promise(group_id: UUID, account_id: UUID) -> None:
    """They have a seat in this group: that is next time."""
    db.session.execute(
        delete(FirstPlace).where(
            FirstPlace.account_id == account_id, FirstPlace.group_id == group_id
        )
    )
