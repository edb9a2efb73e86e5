"""It is time: what somebody said of a day that is over is erased."""

from datetime import datetime, timedelta

from community.accounts.check_in import actions
from community.core.db import transaction
from community.core.jobs import Job


def forget_yesterday(now: datetime) -> None:
    """Days end at every hour somewhere. No page shows it until then, either."""
    with transaction():
        actions.forget(now=now)


JOBS = (Job("forget yesterday", timedelta(hours=1), forget_yesterday),)
