"""Giving somebody a name for one thread."""

import secrets
from itertools import count
from uuid import UUID

from community.core.db import add_once
from community.threads.anonymous import queries
from community.threads.anonymous.models import Pseudonym
from community.threads.anonymous.rules import made_up


def name_for(thread_id: UUID, account_id: UUID) -> str:
    """The made-up name of this person in this thread: always the same, and nobody else's anywhere.

    Whoever asks holds the thread's lock, so two presses of one person make one name.
    """
    return queries.name_in(thread_id, account_id) or _new(thread_id, account_id)


def name_of_nobody(thread_id: UUID) -> str:
    """A made-up name for what somebody wrote there who has left."""
    return _new(thread_id, None)


def _new(thread_id: UUID, account_id: UUID | None) -> str:
    return next(name for tries in count() if (name := _given(tries, thread_id, account_id)))


def _given(tries: int, thread_id: UUID, account_id: UUID | None) -> str | None:
    """A name by chance, unless it is somebody's already."""
    name = made_up(secrets.choice, tries)
    added = add_once(Pseudonym, name=name, thread_id=thread_id, account_id=account_id)
    return name if added else None
