"""Somebody says how they are today. It takes the place of what they said before."""

from datetime import datetime

from sqlalchemy import update

from community.accounts.check_in.rules import HowToday, end_of_day, may_check_in
from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db, locked


def check_in(actor: Actor, how: str, *, now: datetime) -> None:
    """For what is left of this day."""
    may_check_in(how).require()
    account = locked(Account, actor.id)
    account.how_today = HowToday(how)
    account.how_today_until = end_of_day(now, actor.zone)


def forget(*, now: datetime) -> None:
    """What was said of days that are over."""
    db.session.execute(
        update(Account)
        .where(Account.how_today_until <= now)
        .values(how_today=None, how_today_until=None)
        .execution_options(synchronize_session=False)
    )
