"""Commit, then let everything know that is open, and let the files forget."""

from datetime import datetime
from uuid import UUID

from community.core.db import scrub, transaction
from community.core.letters import OutboxLetter
from community.moderation.sanctions.publish import take_effect
from community.privacy.leaving import actions, queries
from community.threads.search import jobs as search_jobs


def be_gone(account_id: UUID) -> None:
    """Their open pages, lines and circles end; nobody hears them any more."""
    take_effect(account_id)


def erase(account_id: UUID, now: datetime) -> None:
    """Erase somebody whose time it is, from the files too."""
    with transaction():
        is_done = actions.erase(account_id, now=now)
    if is_done:
        search_jobs.erase_words(now)
        scrub(*queries.emptied())


def forget_last_letters() -> None:
    """Erase the letters that told them so, once those have gone."""
    with transaction():
        is_done = actions.forget_last_letters()
    if is_done:
        scrub(OutboxLetter)
