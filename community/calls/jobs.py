"""It is time: what nobody needs to know of a call any more."""

from datetime import datetime, timedelta

from community.calls import attendance
from community.core.db import transaction
from community.core.jobs import Job


def erase_attendance(now: datetime) -> None:
    """Who was at a call, ninety days after it."""
    with transaction():
        attendance.erase_old(now=now)


JOBS = (Job("erase attendance", timedelta(hours=1), erase_attendance),)
