"""It is time: what moderation erases by the clock, and whom it tells of help, or of words of
theirs that were hidden."""

from datetime import datetime, timedelta

from community.core.db import scrub, transaction
from community.core.jobs import Job
from community.live import queries as live_queries
from community.moderation import actions
from community.moderation.about import actions as about_actions
from community.moderation.about.models import Remark
from community.moderation.agreements import actions as agreement_actions
from community.moderation.help import actions as help_actions
from community.moderation.hidden import actions as hidden_actions
from community.moderation.models import ReportedWords, ReviewItem
from community.moderation.retention import actions as retention_actions
from community.moderation.rules.case import APPEAL
from community.moderation.seals import actions as seal_actions
from community.moderation.sent_out import actions as sent_out_actions
from community.moderation.sent_out.models import SentOut
from community.moderation.talk import actions as talk_actions
from community.moderation.talk.models import TalkAsked
from community.threads.pace import actions as pace_actions
from community.threads.pace.models import ThreadPace


def erase_reported_words(now: datetime) -> None:
    """Erase reported words, what was written about items, decisions and threads that rested, what
    two people said when they were asked, and why somebody was sent out of a circle, when their time
    has come; and whatever of them is gone from the table leaves the files."""
    with transaction():
        actions.erase_words(now=now)
        sent_out_actions.erase_words(now=now)
        is_less = retention_actions.erase_words(now=now)
        agreement_actions.forget_old(now - APPEAL)
        pace_actions.forget_over(now - APPEAL)
    written = retention_actions.OF_WORDS if is_less else ()
    scrub(ReportedWords, ReviewItem, SentOut, ThreadPace, *written)


def erase_old_notes(now: datetime) -> None:
    """Erase what was noted about people, and what moderators would have talked over, when its time
    has come; and whatever of it is gone from the tables leaves the files."""
    with transaction():
        about_actions.erase_old(now=now)
        talk_actions.erase_old(now=now)
    scrub(Remark, TalkAsked)


def tell_of_help(now: datetime) -> None:
    """Help that nobody in a circle has opened goes to moderators, and they are told."""
    if live_queries.unanswered_help(now):
        with transaction():
            help_actions.take_over(now=now)


def tell_of_hidden(now: datetime) -> None:
    """Tell whoever wrote something that was hidden what has become of it after three days."""
    with transaction():
        hidden_actions.tell_writers(now=now)


def seal_the_record(now: datetime) -> None:
    """Seal what was decided and done, so that a change to it would show."""
    with transaction():
        seal_actions.seal(now=now)


def forget_what_is_over(now: datetime) -> None:
    """Forget what was done for somebody in danger a year after, and decisions and the record when
    they are over and three years old; and what is gone from the tables leaves the files."""
    with transaction():
        is_less = retention_actions.forget_care(now=now)
    if is_less:
        scrub(*retention_actions.OF_CARE)
    with transaction():
        is_less = retention_actions.forget_record(now=now)
    if is_less:
        scrub(*retention_actions.OF_RECORD)


JOBS = (
    Job("erase reported words", timedelta(hours=1), erase_reported_words),
    Job("erase old notes about people", timedelta(hours=1), erase_old_notes),
    Job("forget what is over", timedelta(hours=1), forget_what_is_over),
    Job("seal the record", timedelta(hours=1), seal_the_record),
    Job("tell of what was hidden", timedelta(hours=1), tell_of_hidden),
    Job("tell of help", timedelta(seconds=10), tell_of_help),
)
