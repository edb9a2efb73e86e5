"""Who keeps a series: asking, answering and handing over, as it is done for one call (holding).

The series is locked first, then its calls in the order of their keys.
"""

from datetime import datetime
from uuid import UUID

from community.calls.actions import changing, holding
from community.calls.models import Call, Series, SeriesAsk
from community.calls.rules.call import CallState
from community.calls.rules.keeping import (
    may_accept,
    may_be_given,
    may_decline,
    may_hand_over,
    may_take_back,
    may_take_over,
)
from community.calls.rules.letters import AskedToKeep, KeepingAnswered
from community.calls.series import queries as series_queries
from community.core.actor import Actor, Role
from community.core.db import db, locked
from community.groups import queries as groups_queries
from community.notifications.actions import tell


def hand_over(actor: Actor, series_id: UUID, to: UUID, *, now: datetime) -> bool:
    """Give the series to another facilitator; whether it is theirs now. They are asked first, but
    for an owner of the group who takes it over themselves."""
    series = locked(Series, series_id)
    is_draft = CallState.DRAFT in series_queries.made(series_id).values()
    is_asked = db.session.get(SeriesAsk, series_id) is not None
    may_hand_over(actor, series, is_draft=is_draft, is_asked=is_asked).require()
    whom = groups_queries.member(series.group_id, to)
    may_be_given(series, to, Role.FACILITATOR in whom.roles).require()
    is_mine = to == actor.id
    if is_mine:
        may_take_over(actor, series).require()
        _answer(series, {series.facilitator_id}, actor, said_yes=True, now=now)
        _give(series, actor, now)
    else:
        db.session.add(
            SeriesAsk(series_id=series_id, account_id=to, asked_by_id=actor.id, asked_at=now)
        )
        tell(to, AskedToKeep(series.id, series.title, actor.name), now=now)
        db.session.flush()
    return is_mine


def take_back(actor: Actor, series_id: UUID) -> None:
    """Ask no longer. Whoever was asked finds nothing to answer."""
    series = locked(Series, series_id)
    asking = db.session.get(SeriesAsk, series_id)
    may_take_back(actor, series, asking is not None).require()
    db.session.delete(asking)
    db.session.flush()


def accept(actor: Actor, series_id: UUID, *, now: datetime) -> None:
    """Yes. The calls to come that were held by whoever kept the series are theirs too."""
    series = locked(Series, series_id)
    asking = db.session.get(SeriesAsk, series_id)
    may_accept(actor, series, asking.account_id if asking else None).require()
    assert asking is not None
    db.session.delete(asking)
    _answer(series, {asking.asked_by_id, series.facilitator_id}, actor, said_yes=True, now=now)
    _give(series, actor, now)


def decline(actor: Actor, series_id: UUID, *, now: datetime) -> None:
    """Not this time."""
    series = locked(Series, series_id)
    asking = db.session.get(SeriesAsk, series_id)
    may_decline(actor, series, asking.account_id if asking else None).require()
    assert asking is not None
    db.session.delete(asking)
    _answer(series, {asking.asked_by_id}, actor, said_yes=False, now=now)
    db.session.flush()


def _answer(
    series: Series, whom: set[UUID | None], actor: Actor, *, said_yes: bool, now: datetime
) -> None:
    """Tell whoever asked what was answered, and whoever kept it who does now."""
    letter = KeepingAnswered(series.id, series.title, actor.name, said_yes)
    for who in sorted(whom - {None, actor.id}, key=str):
        if who is not None:
            tell(who, letter, now=now)


def _give(series: Series, actor: Actor, now: datetime) -> None:
    """Somebody else keeps it. Calls that a third person holds by now stay with them."""
    before, series.facilitator_id = series.facilitator_id, actor.id
    calls = [locked(Call, each) for each in series_queries.open_calls(series.id, now=now)]
    given = [call for call in calls if call.facilitator_id == before]
    changes = [holding.take_over(call, actor, now) for call in given]
    changing.tell_given(changes, actor.name, now)
    db.session.flush()
