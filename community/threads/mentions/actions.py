"""Telling whoever a post speaks to, when others can read it."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import Refused
from community.groups.claims import actor_of
from community.notifications.actions import tell
from community.notifications.rules import News
from community.threads import queries as threads_queries
from community.threads.following.queries import rings
from community.threads.mentions import queries
from community.threads.mentions.rules import SpokenTo, in_bold
from community.threads.models import Post, Thread
from community.threads.tried.card import drawn


def html_of(actor: Actor, thread_id: UUID, text: str) -> str:
    """The words as HTML, with the names in bold that their writer sees in this thread anyway: so
    it says of nobody that they are here."""
    return in_bold(drawn(text), queries.names_in(actor, thread_id, text))


def tell_spoken_to(thread: Thread, post: Post, *, now: datetime) -> None:
    """Each is told once of a post, if they can read it and would like to hear of it. Whoever began
    the thread hears of every reply anyway."""
    for account_id in queries.spoken_to(thread, post) - {post.author_id, thread.author_id}:
        reads = _can_read(actor_of(account_id, now=now), post.id)
        if reads and rings(account_id, thread, post.author_id, unnamed=post.pseudonym is not None):
            once = f"spoken-to:{post.id}:{account_id}"
            tell(account_id, SpokenTo(post.id), about=News.REPLIES, now=now, once=once)


def _can_read(reader: Actor, post_id: UUID) -> bool:
    try:
        threads_queries.post(reader, post_id)
    except Refused:
        return False
    return True
