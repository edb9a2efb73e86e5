"""What a moderator reads of something that is held. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from community.core.db import db
from community.moderation.holds.rules import Piece, change, plain
from community.moderation.queries import ItemRow
from community.safety.words import queries as words_queries
from community.safety.words.rules import Kind
from community.threads.holds import queries as holds_queries
from community.threads.holds.queries import HoldRow
from community.threads.models import Post


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Why it waits, what it says, and what has changed since somebody read it last."""

    hold: HoldRow
    html: str
    change: Sequence[Piece]
    is_hard_to_read: bool  # by what was reported, or by words that are watched for


def held(item: ItemRow) -> HeldPage | None:
    """What this item holds, if it does."""
    if item.post is None or not item.case.is_held:
        return None
    post_id = item.post.post_id
    hold = holds_queries.latest(post_id)
    query = select(Post.html, Post.text).where(Post.id == post_id)
    html, text = db.session.execute(query).one()
    is_hard = item.case.is_hard_to_read or words_queries.lists()[Kind.CRISIS].is_in(text)
    before = holds_queries.said_in(post_id, hold.since_version)
    if before is None:
        return HeldPage(hold, html, [], is_hard)
    said, now_says = plain(before.html), plain(html)
    if before.title:
        said, now_says = f"{before.title}\n{said}", f"{item.post.title}\n{now_says}"
    return HeldPage(hold, html, list(change(said, now_says)), is_hard)
