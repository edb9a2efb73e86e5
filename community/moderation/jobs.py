"""It is time: what moderation erases by the clock, and whom it tells of help."""

from datetime import datetime, timedelta

from community.core.db import scrub, transaction
from community.core.jobs import Job
from community.live import queries as live_queries
from community.moderation import actions
from community.moderation.help import actions as help_actions
from community.moderation.models import ReportedWords, ReviewItem
from community.moderation.seals import actions as seal_actions


def erase_reported_words(now: datetime) -> None:
    """Erase reported words when their time has come; and whatever of them is gone from the table
    leaves the files."""
    with transaction():
        actions.erase_words(now=now)
    scrub(ReportedWords, ReviewItem)


def tell_of_help(now: datetime) -> None:
    """Tell moderators of help that nobody in a circle has opened."""
    if live_queries.unanswered_help(now):
        with transaction():
            help_actions.tell_moderators(now=now)


def seal_the_record(now: datetime) -> None:
    """Seal what was decided and done, so that a change to it would show."""
    with transaction():
        seal_actions.seal(now=now)


JOBS = (
    Job("erase reported words", timedelta(hours=1), erase_reported_words),
    Job("seal the record", timedelta(hours=1), seal_the_record),
    Job("tell of help", timedelta(seconds=10), tell_of_help),
)
