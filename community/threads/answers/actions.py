"""Keeping to whom a reply answers."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import Refused
from community.threads import queries as threads_queries
from community.threads.answers.models import Answer
from community.threads.answers.rules import Chosen, may_be_answered, sentences
from community.threads.rules.rows import PostRow


def to_answer(actor: Actor, thread_id: UUID, chosen: Chosen, now: datetime) -> PostRow | None:
    """The post of this thread that they reply to. None if it isn’t there for them any more."""
    if chosen.to_id is None:
        return None
    try:
        post = threads_queries.post(actor, chosen.to_id)
    except Refused:
        return None
    is_there = post.thread_id == thread_id and may_be_answered(actor, post, now)
    return post if is_there else None


def answer(actor: Actor, thread_id: UUID, reply_id: UUID, chosen: Chosen, *, now: datetime) -> None:
    """This reply is to that post. What isn’t there any more is left out; the words go all the
    same."""
    if post := to_answer(actor, thread_id, chosen, now):
        mark = chosen.mark if chosen.mark in sentences(post.id, post.html) else None
        db.session.add(Answer(post_id=reply_id, to_id=post.id, mark=mark))
        db.session.flush()
