"""A post that a moderator came upon, as an item."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from community.core.actor import Actor
from community.core.db import db
from community.moderation import queries
from community.moderation.cases import case_of
from community.moderation.models import ReviewItem
from community.moderation.reports import queries as report_queries
from community.moderation.rules.case import Case, Source, Target
from community.moderation.rules.reasons import (
    NOTICED,
    ReportReason,
    Scope,
    is_for_leads,
    opening_scope,
    wider,
)
from community.threads.mentions import queries as mentions_queries
from community.threads.models import Post
from community.threads.pictures.keeping import in_words
from community.threads.rules.rows import PostRow


@dataclass(frozen=True, slots=True)
class ComeUpon:
    """The open item about a post, or what one would be."""

    open_id: UUID | None
    case: Case


def come_upon(actor: Actor, post: PostRow, now: datetime) -> ComeUpon:
    """What the rules need to know before anything is written down. Whoever reported these very
    words has a part in them, also once somebody else has left them."""
    open_id = report_queries.open_item(post.id)
    if open_id is not None:
        return ComeUpon(open_id, queries.items_by_id([open_id], now)[open_id].case)
    case = case_of(begun(actor, post, NOTICED, now), now)
    has_reported = report_queries.has_reported_post(actor.id, post.id, post.version)
    return ComeUpon(
        None,
        replace(
            case,
            named=frozenset(mentions_queries.spoken_in(post.id)),
            reporters=frozenset({actor.id} if has_reported else ()),
        ),
    )


def begun(actor: Actor, post: PostRow, reason: ReportReason, now: datetime) -> ReviewItem:
    """A new item about it, which isn’t kept yet: in the queue of whoever came upon it, whatever it
    is about."""
    row = db.session.get_one(Post, post.id)
    author = queries.keeps(row.author_id, post.group_id)
    scope = opening_scope(NOTICED, author)
    return ReviewItem(
        id=uuid7(),
        about=Target.POST,
        post_id=post.id,
        reported_version=row.version,
        reported_html=row.html + in_words(post.id),
        group_id=post.group_id,
        source=Source.OWN,
        reason=reason.id,
        severity=reason.severity,
        scope=scope if actor.moderates(post.group_id) else wider(scope, Scope.BOTH),
        for_leads=is_for_leads(NOTICED, author),
        version=1,
        opened_at=now,
    )
