"""What becomes of calls when whoever holds them goes for good.

Whoever holds one together with them goes on; the others won’t happen, so that nobody comes to a
room that nobody opens. Series are locked first, then calls in the order of their keys.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.calls.actions import changing, seating
from community.calls.models import Call, Series
from community.calls.parting import queries
from community.calls.rules.call import CallState
from community.calls.rules.parting import may_part_from
from community.calls.series import queries as series_queries
from community.core.actor import Actor
from community.core.db import db, locked


def part(actor: Actor, *, now: datetime) -> None:
    """Give back every seat and every place in a line, and let go of every call to come."""
    may_part_from(queries.holds_a_circle(actor.id)).require()
    for series_id in queries.keeps(actor.id):
        series = locked(Series, series_id)
        series.last = max(series_queries.made(series_id), default=series.first)
    for group_id in queries.groups_with(actor.id):
        seating.release_seats(actor, group_id, now=now)
    alone = [locked(Call, each.id) for each in queries.holds_alone(actor.id, now)]
    changing.tell_cancelled([changing.cancel(call, now) for call in alone], now)
    db.session.flush()


def throw_drafts_away(account_id: UUID) -> None:
    """Before the account goes: only they knew of these."""
    drafts = (Call.facilitator_id == account_id, Call.state == CallState.DRAFT)
    db.session.execute(delete(Series).where(Series.id.in_(queries.series_of_drafts(account_id))))
    db.session.execute(delete(Call).where(*drafts))
