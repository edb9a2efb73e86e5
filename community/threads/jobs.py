"""It is time: what nobody has come back for."""

from datetime import datetime, timedelta

from community.core.db import scrub, transaction
from community.core.jobs import Job
from community.threads import actions
from community.threads.answers.models import Answer
from community.threads.bookmarks.models import Bookmark
from community.threads.following.models import Following, HeardMark
from community.threads.hints.models import Hint
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
from community.threads.pictures import actions as pictures
from community.threads.pictures.models import Picture, PictureFile
from community.threads.resonance.models import Resonance
from community.threads.taken_back import actions as taken_back
from community.threads.taken_back.models import TakenBack
from community.threads.thrown_away import actions as thrown_away
from community.threads.thrown_away.models import ThrownAway


def erase_old_drafts(now: datetime) -> None:
    """Erase drafts that nobody has touched for ninety days, from the files too."""
    with transaction():
        erased = actions.forget_old_drafts(now=now)
    if erased:
        scrub(Draft)


def erase_taken_back(now: datetime) -> None:
    """Erase what was taken back, when nobody can put it back any more, from the files too."""
    with transaction():
        erased = taken_back.forget(now=now)
    if erased:
        scrub(TakenBack, PostVersion, Resonance)


def erase_pictures(now: datetime) -> None:
    """Erase pictures that were taken out, or never sent, from the files too."""
    with transaction():
        erased = pictures.forget(now=now)
    if erased:
        scrub(Picture, PictureFile)


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
            TakenBack,
            NoteSuggestion,
            Hint,
            Resonance,
            Answer,
            ThreadPace,
            ThreadTag,
            Draft,
            ThrownAway,
            ReadMark,
            Following,
            HeardMark,
            Bookmark,
        )


def erase_thrown_away(now: datetime) -> None:
    """Erase drafts that were thrown away, when nobody can put them back any more, from the files
    too."""
    with transaction():
        erased = thrown_away.forget(now=now)
    if erased:
        scrub(ThrownAway, Draft)


JOBS = (
    Job("erase old drafts", timedelta(hours=1), erase_old_drafts),
    Job("erase what was taken back", timedelta(hours=1), erase_taken_back),
    Job("erase what was thrown away", timedelta(hours=1), erase_thrown_away),
    Job("erase pictures", timedelta(hours=1), erase_pictures),
    Job("erase circle threads", timedelta(hours=1), erase_circle_threads),
)
