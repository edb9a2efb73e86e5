"""It is time: what was told long ago is forgotten, and that somebody had quiet days."""

from datetime import datetime, timedelta

from community.core.db import transaction
from community.core.jobs import Job
from community.notifications import actions
from community.notifications.quiet_days import actions as quiet_days


def forget_old_news(now: datetime) -> None:
    """Once an hour is often enough for what is kept for months."""
    with transaction():
        actions.forget(now=now)
        quiet_days.forget(now=now)


JOBS = (Job("forget old news", timedelta(hours=1), forget_old_news),)
