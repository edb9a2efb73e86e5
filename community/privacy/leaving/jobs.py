"""It is time: whoever is leaving for good is erased."""

from datetime import datetime, timedelta

import structlog

from community.accounts.sanctions import actions as sanctions_actions
from community.core.db import transaction
from community.core.jobs import Job
from community.privacy.leaving import publish, queries

log = structlog.get_logger()


def erase_who_left(now: datetime) -> None:
    """Whose days of waiting are over, one by one: one that fails stops nobody else."""
    for account_id in queries.due(now):
        try:
            publish.erase(account_id, now)
        except Exception:
            log.exception("not erased yet")


def forget_last_letters(now: datetime) -> None:
    """Of those who are erased, the last that knew their address."""
    publish.forget_last_letters()


def forget_kept_away(now: datetime) -> None:
    """What would have been over by now for somebody who is erased."""
    with transaction():
        sanctions_actions.forget(now=now)


JOBS = (
    Job("erase who left", timedelta(minutes=5), erase_who_left),
    Job("forget last letters", timedelta(minutes=1), forget_last_letters),
    Job("forget who was kept away", timedelta(hours=1), forget_kept_away),
)
