"""It is time: what the live circle does by the clock. It moves nothing that anybody is in."""

from datetime import datetime, timedelta

from community.core.db import scrub, transaction
from community.core.jobs import Job
from community.live import actions, queries
from community.live.publish import tell
from community.live.rules.events import Empty
from community.live.rules.may import may

MINUTE = timedelta(minutes=1)


def end_empty_circles(now: datetime) -> None:
    """End the circles in which nobody has been for long, where that is known."""
    for room in queries.rooms_that_are_on():
        if may(room, Empty(), now):
            with transaction():
                happened = actions.notice(room.call_id, Empty(), now=now)
            if happened is not None:
                tell(happened, now)


def erase_what_ended(now: datetime) -> None:
    """Again, in case the words of a circle that ended could not leave the files at once."""
    scrub()


JOBS = (
    Job("end empty circles", MINUTE, end_empty_circles),
    Job("erase what ended", MINUTE, erase_what_ended),
)
