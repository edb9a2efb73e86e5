"""Deciding about a post that nobody reported, as about any other."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.moderation import actions, queries
from community.moderation.actions import Choice
from community.moderation.holds.rules import PostWaits
from community.moderation.models import ItemNamed, ReviewItem
from community.moderation.own import queries as own_queries
from community.moderation.own.rules import (
    ASIDE,
    CAME_UPON,
    OUTCOMES,
    REASONS,
    SET_ASIDE,
    may_look_after,
    may_set_aside,
    may_take_up,
)
from community.moderation.reports import actions as reports
from community.moderation.reports import queries as report_queries
from community.moderation.rules.reasons import (
    NOTICED,
    ReportReason,
    Scope,
    is_for_leads,
    opening_scope,
    wider,
)
from community.notifications.actions import tell
from community.threads import queries as threads_queries
from community.threads.holds import actions as holds
from community.threads.holds.rules import HoldReason
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


def set_aside(
    actor: Actor, post_id: UUID, about: str, words: str, version: int, *, now: datetime
) -> None:
    """Nobody else sees what is written without a name until another moderator has read it: whoever
    sets it aside has reported it by that, and so doesn’t decide. The post is locked."""
    if about not in {reason.id for group in ASIDE for reason in group.reasons}:
        raise Refused(NOT_FOUND)
    written = locked(Post, post_id)
    post = threads_queries.post(actor, post_id)
    may_set_aside(actor, post, now, was_left=report_queries.was_left(post)).require()
    if post.version != version:
        raise Refused(STALE)
    is_held = reports.report(actor, post_id, about, words, now=now)
    open_id = report_queries.open_item(post_id)
    assert open_id is not None
    item = locked(ReviewItem, open_id)
    if not is_held:
        holds.hold_shown(written, post.group_id, [HoldReason.ASIDE], now=now)
        if written.author_id:
            tell(written.author_id, PostWaits(post_id), now=now, once=f"waits:{item.id}")
    scope = Scope.GROUP if actor.moderates(post.group_id) else Scope.PLATFORM
    before, after = post.state.value, written.state.value
    actions.write_down(actor, item, scope, SET_ASIDE, before, after, about, now)


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
