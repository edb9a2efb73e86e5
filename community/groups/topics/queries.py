"""The topics that were tags. Every select of them.

Each process keeps them in memory. With the claims of whoever asks it learns which version there is
now, in a statement that is sent anyway, and reads the rows anew when that isn’t the one it knows.
So for members they agree from the first request that begins after somebody changed something.
Guests ask the database nothing: what they see is as old as the last request of a member, or the
last beat of the clock.
"""

from sqlalchemy import func, select

from community.core.db import db
from community.dystonia.topics import Catalogue, Topic, catalogue, learn
from community.groups.topics.models import PromotedTopic

# No row ever goes, and each change adds one: two different states never have the same sum.
VERSION = select(func.coalesce(func.sum(PromotedTopic.version), 0)).scalar_subquery()


def keep_up(version: int) -> None:
    """Know the topics of this version."""
    if version != catalogue().version:
        learn(_read())


def look() -> None:
    """The same where nobody’s claims are asked for."""
    keep_up(db.session.scalar(select(VERSION)) or 0)


def _read() -> Catalogue:
    rows = db.session.scalars(
        select(PromotedTopic).order_by(PromotedTopic.since, PromotedTopic.slug)
    ).all()
    topics = (
        Topic(
            row.slug,
            row.name,
            row.kind,
            row.words,
            tuple(row.synonyms),
            near=tuple(row.near),
        )
        for row in rows
    )
    return Catalogue(sum(row.version for row in rows), tuple(topics))


def version_of(slug: str) -> int | None:
    """Which words of this topic are the latest."""
    return db.session.scalar(select(PromotedTopic.version).where(PromotedTopic.slug == slug))
