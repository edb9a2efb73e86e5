"""It is time: what the live circle does by the clock."""

from community.core.jobs import Job

JOBS: tuple[Job, ...] = ()
