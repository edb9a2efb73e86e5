"""The words of a post follow the post, whoever writes, changes or moves it or takes it back.

This hears the rows themselves, one by one. What changes many in one statement goes past it; nothing
that does so changes words, or what begins a thread.
"""

from typing import Any

from sqlalchemy import Connection, bindparam, event, insert, inspect, select, update
from sqlalchemy.orm import Mapper

from community.core.text import to_plain
from community.threads.models import Post, Thread
from community.threads.search.models import PostWords
from community.threads.search.rules import kept_as, place_of

_THREAD = select(Thread.group_id, Thread.title, Thread.circle_id).where(
    Thread.id == bindparam("thread_id")
)
_FIRST = select(Post.id, Post.text, Post.html, Post.number, Post.thread_id).where(Post.number == 1)
_TELLING = frozenset({"text", "number", "thread_id"})


def words_of(post: Any, thread: Any) -> str:
    """What is kept of a post. A title stands above the first one, and is found with it."""
    if not post.text:
        return ""
    words = to_plain(post.html)
    texts = [thread.title, words] if post.number == 1 else [words]
    return kept_as(*texts, place=place_of(thread.group_id))


@event.listens_for(Post, "after_insert")
def _written(mapper: Mapper[Post], connection: Connection, post: Post) -> None:
    thread = connection.execute(_THREAD, {"thread_id": post.thread_id}).one()
    if thread.circle_id is None:
        words = words_of(post, thread)
        connection.execute(insert(PostWords), {"post_id": post.id, "words": words})


@event.listens_for(Post, "after_update")
def _changed(mapper: Mapper[Post], connection: Connection, post: Post) -> None:
    attributes = inspect(post).attrs
    if any(attributes[name].history.has_changes() for name in _TELLING):
        _keep(connection, post)


@event.listens_for(Thread, "after_update")
def _retitled(mapper: Mapper[Thread], connection: Connection, thread: Thread) -> None:
    if inspect(thread).attrs.title.history.has_changes():
        for first in connection.execute(_FIRST.where(Post.thread_id == thread.id)):
            _keep(connection, first)


def _keep(connection: Connection, post: Any) -> None:
    thread = connection.execute(_THREAD, {"thread_id": post.thread_id}).one()
    words = words_of(post, thread)
    is_other = (PostWords.post_id == post.id, PostWords.words != words)
    connection.execute(update(PostWords).where(*is_other).values(words=words, has_left=True))
