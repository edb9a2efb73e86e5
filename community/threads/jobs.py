"""It is time: what nobody has come back for."""

from datetime import datetime, timedelta

from community.core.db import scrub, transaction
from community.core.jobs import Job
from community.threads import actions
from community.threads.models import Draft


def erase_old_drafts(now: datetime) -> None:
    """Erase drafts that nobody has touched for ninety days, from the files too."""
    with transaction():
        erased = actions.forget_old_drafts(now=now)
    if erased:
        scrub(Draft)


JOBS = (Job("erase old drafts", timedelta(hours=1), erase_old_drafts),)
