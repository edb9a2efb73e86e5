"""Deciding about a post that nobody reported, as about any other."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.moderation import actions, queries
from community.moderation.actions import Choice
from community.moderation.models import ItemNamed, ReviewItem
from community.moderation.own import queries as own_queries
from community.moderation.own.rules import (
    CAME_UPON,
    OUTCOMES,
    REASONS,
    may_look_after,
    may_take_up,
)
from community.moderation.rules.reasons import (
    NOTICED,
    ReportReason,
    is_for_leads,
    opening_scope,
    wider,
)
from community.threads import queries as threads_queries
from community.threads.mentions import queries as mentions_queries
from community.threads.models import Post


def decide(actor: Actor, post_id: UUID, about: str, choice: Choice, *, now: datetime) -> None:
    """Hide it, give it back or remove it; `choice.version` is the post’s on their page. What stays
    open stands in the queue where a report of it would."""
    if choice.outcome not in OUTCOMES or about not in REASONS:
        raise Refused(NOT_FOUND)
    item = _taken_up(actor, post_id, REASONS[about], choice.version, now)
    actions.decide(actor, item.id, replace(choice, version=item.version), now=now)
    if item.closed_at is None:
        author = queries.keeps(db.session.get_one(Post, post_id).author_id, item.group_id)
        item.scope = wider(item.scope, opening_scope(REASONS[about], author))
        item.for_leads = item.for_leads or is_for_leads(REASONS[about], author)
        db.session.flush()


def take_up(actor: Actor, post_id: UUID, version: int, *, now: datetime) -> UUID:
    """Put it into the queue, to decide there about whoever wrote it; the item’s id."""
    return _taken_up(actor, post_id, NOTICED, version, now).id


def _taken_up(
    actor: Actor, post_id: UUID, reason: ReportReason, version: int, now: datetime
) -> ReviewItem:
    """The post is locked, so that of two at once one is told that somebody was first."""
    locked(Post, post_id)
    post = threads_queries.post(actor, post_id)
    may_look_after(actor, post, now).require()
    found = own_queries.come_upon(actor, post, now)
    may_take_up(actor, found.case, now).require()
    if found.open_id or post.version != version:
        raise Refused(STALE)
    item = own_queries.begun(actor, post, reason, now)
    db.session.add(item)
    db.session.flush()
    for account_id in mentions_queries.spoken_in(post_id):
        add_once(ItemNamed, item_id=item.id, account_id=account_id)
    scope, state = found.case.acted_for(actor, now), post.state.value
    actions.write_down(actor, item, scope, CAME_UPON, state, state, reason.id, now)
    return item
