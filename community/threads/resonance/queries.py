"""Which words there are for one reader: their own, and of their own posts how many."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from community.core.actor import Actor
from community.core.asking import Rows, made_once, some
from community.safety.blocks.queries import meets
from community.threads.models import Post
from community.threads.resonance.models import Resonance
from community.threads.resonance.rules import Word

Words = Mapping[UUID, Mapping[Word, int]]
"""By post: of somebody else’s the words that the reader gave, each once; of the reader’s own how
often each was given, by whoever isn’t kept apart from them."""


def words_for(actor: Actor, posts: Collection[UUID]) -> Words:
    """Both, in one statement, or in none for no posts."""
    if not posts:
        return {}
    rows = _words(actor, posts=list(posts))
    found: dict[UUID, dict[Word, int]] = defaultdict(dict)
    for row in rows:
        found[row.post_id][row.word] = row.times
    return {
        post_id: {word: words[word] for word in Word if word in words}
        for post_id, words in found.items()
    }


def has_words(actor: Actor) -> ColumnElement[bool]:
    """Whether a post has any for this reader: asked with the post itself."""
    return exists().where(Resonance.post_id == Post.id, _is_theirs(actor))


def _is_theirs(actor: Actor) -> ColumnElement[bool]:
    given = Resonance.account_id == actor.id
    received = and_(Post.author_id == actor.id, meets(actor, Resonance.account_id))
    return or_(given, received)


@made_once
def _words(actor: Actor) -> Rows:
    return (
        select(Resonance.post_id, Resonance.word, func.count().label("times"))
        .join(Post, Post.id == Resonance.post_id)
        .where(Resonance.post_id.in_(some("posts")), _is_theirs(actor))
        .group_by(Resonance.post_id, Resonance.word)
    )
