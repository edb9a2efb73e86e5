"""Keeping how far somebody has read."""

from uuid import UUID

from community.core.actor import Actor
from community.core.db import put_further
from community.threads import queries as threads_queries
from community.threads.models import ReadMark


def keep_place(actor: Actor, thread_id: UUID, number: int) -> None:
    """Remember that this person has had the thread before them as far as this post. Never back."""
    thread = threads_queries.thread(actor, thread_id)
    mark(actor, thread_id, min(number, thread.last))


def mark(actor: Actor, thread_id: UUID, number: int) -> None:
    """The same of a post that is there and that they may read. Whoever asks knows that."""
    put_further(ReadMark, "number", account_id=actor.id, thread_id=thread_id, number=number)
