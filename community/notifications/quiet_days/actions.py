"""Quiet days begin and end, and nobody else can tell."""

from datetime import datetime, timedelta

from sqlalchemy import update

from community.accounts.models import Account
from community.core import letters
from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.notifications import queries
from community.notifications.models import Notice
from community.notifications.push import actions as push
from community.notifications.rules import (
    MUST_REACH,
    REMEMBERED,
    News,
    is_quiet,
    may_be_quiet_for,
)


def begin(actor: Actor, days: int, *, now: datetime) -> None:
    """From now on for so many days. What waits for the morning is put down instead."""
    may_be_quiet_for(days).require()
    account = locked(Account, actor.id)
    account.quiet_until = now + timedelta(days=days)
    _put_down_what_waits(actor, account.email, now)
    push.hush(actor.id)


def end(actor: Actor, *, now: datetime) -> None:
    """They are over now. Those that are over already stay so."""
    account = locked(Account, actor.id)
    if is_quiet(account.quiet_until, now):
        account.quiet_until = now


def forget(*, now: datetime) -> None:
    """That somebody had quiet days, a while after them."""
    db.session.execute(
        update(Account)
        .where(Account.quiet_until <= now - REMEMBERED)
        .values(quiet_until=None)
        .execution_options(synchronize_session=False)
    )


def _put_down_what_waits(actor: Actor, address: str, now: datetime) -> None:
    """Letters that would have gone when the night ends. What isn’t under What’s new already is
    from now on."""
    ways = queries.choices(actor)
    waiting = [
        each
        for each in letters.waiting(address)
        if each.stops is not None and each.kind not in MUST_REACH
    ]
    for each in waiting:
        if not ways[News((each.stops or {})["news"])].by_bell:
            add_once(
                Notice,
                account_id=actor.id,
                kind=each.kind,
                facts=each.facts,
                told_at=now,
                once=each.once,
                put_down=True,
            )
    letters.call_back_these(waiting)
