"""It is time: words that were changed or taken back leave the files of the index."""

from datetime import datetime, timedelta

from community.core.db import scrub, transaction
from community.core.jobs import Job
from community.threads.search import actions, queries
from community.threads.search.models import PostWords


def erase_words(now: datetime) -> None:
    """Take out of the index what isn’t said any more, from the files too."""
    left = queries.with_words_left()
    if not left:
        return
    begins = more = True
    while more:
        with transaction():
            more = actions.merge_some(begins=begins)
        begins = False
    if scrub(PostWords):
        with transaction():
            actions.nothing_left(left)


JOBS = (Job("erase words from the index", timedelta(hours=1), erase_words),)
