"""Giving a word, and taking it back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.threads import queries as threads_queries
from community.threads.models import Post
from community.threads.resonance.models import Resonance
from community.threads.resonance.rules import Word, may_give_word
from community.threads.rules.rows import PostRow


def give(actor: Actor, post_id: UUID, word: Word, *, now: datetime) -> PostRow:
    """Say this to whoever wrote the post; a second press says it once. The post is locked, so that
    none comes to words that are taken back in the same moment. Nobody is told."""
    locked(Post, post_id)
    post = threads_queries.post(actor, post_id)
    may_give_word(actor, post, now).require()
    add_once(Resonance, post_id=post_id, account_id=actor.id, word=word)
    return post


def take_back(actor: Actor, post_id: UUID, word: Word) -> PostRow:
    """Not any more. Whoever may read it may, also when they may not write at the moment."""
    post = threads_queries.post(actor, post_id)
    db.session.execute(
        delete(Resonance).where(
            Resonance.post_id == post_id,
            Resonance.account_id == actor.id,
            Resonance.word == word,
        )
    )
    return post
