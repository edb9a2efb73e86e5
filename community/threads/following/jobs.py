"""It is time: somebody’s morning, and there are new replies where they asked to hear."""

from datetime import datetime, timedelta

from community.core.db import transaction
from community.core.jobs import Job
from community.notifications import queries as notifications_queries
from community.threads.following import actions, queries
from community.threads.following.rules import is_time


def tell_what_is_followed(now: datetime) -> None:
    """Whoever asked for it, each in a transaction of their own."""
    for account_id, clocks in notifications_queries.clocks_of(queries.who_asked()).items():
        if is_time(now, clocks.zone, clocks.quiet):
            with transaction():
                actions.tell_followed(account_id, now=now)


JOBS = (Job("tell what is followed", timedelta(minutes=15), tell_what_is_followed),)
