"""What a moderator reads of something that is held. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from community.core.db import db
from community.moderation.holds.rules import Piece, change, plain
from community.moderation.queries import ItemRow
from community.threads.holds import queries as holds_queries
from community.threads.holds.queries import HoldRow
from community.threads.models import Post


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Why it waits, what it says, and what has changed since somebody read it last."""

    hold: HoldRow
    html: str
    change: Sequence[Piece]


def held(item: ItemRow) -> HeldPage | None:
    """What this item holds, if it does."""
    if item.post is None or not item.case.is_held:
        return None
    post_id = item.post.post_id
    hold = holds_queries.latest(post_id)
    html = db.session.scalars(select(Post.html).where(Post.id == post_id)).one()
    before = holds_queries.said_in(post_id, hold.since_version)
    pieces = list(change(plain(before), plain(html))) if before is not None else []
    return HeldPage(hold, html, pieces)
