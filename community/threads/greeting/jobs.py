"""It is time: a greeter’s morning, and somebody’s first words wait for an answer."""

from datetime import datetime, timedelta

from community.core.db import transaction
from community.core.jobs import Job
from community.notifications import queries as notifications_queries
from community.threads.following.rules import is_time
from community.threads.greeting import actions, queries


def tell_of_first_words(now: datetime) -> None:
    """Whoever asked for it, each in a transaction of their own."""
    asked = queries.who_hears()
    clocks = notifications_queries.clocks_of({account_id for _, account_id in asked})
    for group_id, account_id in asked:
        if is_time(now, clocks[account_id].zone, clocks[account_id].quiet):
            with transaction():
                actions.tell_of_first_words(group_id, account_id, now=now)


JOBS = (Job("tell of first words", timedelta(minutes=15), tell_of_first_words),)
