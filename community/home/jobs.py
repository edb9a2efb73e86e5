"""It is time: the week begins where somebody lives."""

from datetime import datetime, timedelta

from community.core.db import transaction
from community.core.jobs import Job
from community.home import actions
from community.home.rules import is_time
from community.notifications import queries as notifications_queries
from community.notifications.rules import News


def tell_the_week(now: datetime) -> None:
    """Whoever wishes it, each in a transaction of their own."""
    wished = notifications_queries.who_chose(News.WEEKLY)
    for account_id, clocks in notifications_queries.clocks_of(wished).items():
        if is_time(now, clocks.zone, clocks.quiet):
            with transaction():
                actions.tell_week(account_id, now=now)


JOBS = (Job("tell the week", timedelta(minutes=15), tell_the_week),)
