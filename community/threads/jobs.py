"""It is time: what nobody has come back for."""

from datetime import datetime, timedelta

from community.core.db import scrub, transaction
from community.core.jobs import Job
from community.threads import actions
from community.threads.holds.models import Hold
from community.threads.models import (
    Draft,
    Post,
    PostVersion,
    ReadMark,
    Thread,
    ThreadReader,
    ThreadTag,
)
from community.threads.notes.models import NoteSuggestion
from community.threads.pace.models import ThreadPace


def erase_old_drafts(now: datetime) -> None:
    """Erase drafts that nobody has touched for ninety days, from the files too."""
    with transaction():
        erased = actions.forget_old_drafts(now=now)
    if erased:
        scrub(Draft)


def erase_circle_threads(now: datetime) -> None:
    """Erase the threads of circles whose days are over, from the files too."""
    with transaction():
        erased = actions.forget_circle_threads(now=now)
    if erased:
        scrub(
            Thread,
            ThreadReader,
            Post,
            PostVersion,
            Hold,
            NoteSuggestion,
            ThreadPace,
            ThreadTag,
            Draft,
            ReadMark,
        )


JOBS = (
    Job("erase old drafts", timedelta(hours=1), erase_old_drafts),
    Job("erase circle threads", timedelta(hours=1), erase_circle_threads),
)
