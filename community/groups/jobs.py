"""It is time: what groups forget by the clock."""

from datetime import datetime, timedelta

from community.core.db import transaction
from community.core.jobs import Job
from community.groups import actions
from community.groups.topics import queries as topics_queries


def forget_old_invitations(now: datetime) -> None:
    """Invitations that nobody can use any more."""
    with transaction():
        actions.forget_old_invitations(now=now)


def know_the_topics(now: datetime) -> None:
    """Which there are, for the guests of this process."""
    topics_queries.look()


JOBS = (Job("forget old invitations", timedelta(hours=1), forget_old_invitations),)

OF_EACH_PROCESS = (Job("know the topics", timedelta(seconds=10), know_the_topics),)
