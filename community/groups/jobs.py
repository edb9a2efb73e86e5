"""It is time: what groups forget by the clock."""

from datetime import datetime, timedelta

from community.core.db import transaction
from community.core.jobs import Job
from community.groups import actions


def forget_old_invitations(now: datetime) -> None:
    """Invitations that nobody can use any more."""
    with transaction():
        actions.forget_old_invitations(now=now)


JOBS = (Job("forget old invitations", timedelta(hours=1), forget_old_invitations),)
