"""Taking words out of the files of the index when nobody says them any more."""

from collections.abc import Collection

from sqlalchemy import text, update

from community.core.db import db
from community.threads.search.models import PostWords

MERGED_AT_ONCE = 200  # leaves of the index, so that nobody waits long to write


def merge_some(*, begins: bool) -> bool:
    """One step of taking out of SQLite’s index what isn’t said any more: until then its files hold
    the words, although nobody finds them. True if there is more to do."""
    if db.session.get_bind().dialect.name != "sqlite":
        return False
    before = db.session.scalar(_CHANGES)
    leaves = -MERGED_AT_ONCE if begins else MERGED_AT_ONCE
    db.session.execute(
        text("INSERT INTO post_index(post_index, rank) VALUES ('merge', :leaves)"),
        {"leaves": leaves},
    )
    return (db.session.scalar(_CHANGES) or 0) - (before or 0) > 1


def nothing_left(ids: Collection[int]) -> None:
    """The files hold nothing of these any more that they don’t say."""
    db.session.execute(update(PostWords).where(PostWords.id.in_(ids)).values(has_left=False))


_CHANGES = text("SELECT total_changes()")
