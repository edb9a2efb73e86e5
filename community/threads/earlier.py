"""Keeping what a post said before it is changed, for its author and for moderators."""

from collections.abc import Sequence
from datetime import datetime

from community.core.db import db
from community.threads.models import Post, PostVersion, Thread
from community.threads.pictures import keeping


def keep(
    post: Post, thread: Thread, pictures: Sequence[str] | None = None, *, now: datetime
) -> None:
    """The post as it is goes among its earlier versions: a first one with its title. `pictures`
    are what stood with it in words, where those have changed already."""
    described = keeping.words_in(post.id) if pictures is None else pictures
    db.session.add(
        PostVersion(
            post_id=post.id,
            version=post.version,
            title=thread.title if post.number == 1 else "",
            html=post.html,
            pictures=list(described),
            since=post.edited_at or post.written_at,
        )
    )
    post.version += 1
    post.edited_at = now
