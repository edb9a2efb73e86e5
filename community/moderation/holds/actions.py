"""An item for whatever is held; and what a decision about it does."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from community.core.db import db, locked
from community.groups.guidelines.rules import Told
from community.moderation import queries
from community.moderation.holds.rules import (
    HELD_REASONS,
    PostReturned,
    PostShown,
    may_mark,
    reason_of,
)
from community.moderation.models import Decision, ReviewItem
from community.moderation.reports import queries as report_queries
from community.moderation.rules.case import Outcome, Source, Target
from community.moderation.rules.reasons import Scope, opening_scope, worse
from community.threads.holds import actions as holds
from community.threads.holds.heard import hears_of_holds
from community.threads.holds.rules import Held
from community.threads.models import Post


@hears_of_holds
def open_item(held: Held) -> None:
    """In the transaction that holds it. There is one open item for each post: if there is one
    already, whoever reads it now decides about other words than they saw, and is told so."""
    open_id = report_queries.open_item(held.post_id)
    if open_id is not None:
        locked(ReviewItem, open_id).version += 1
        db.session.flush()
        return
    reason = reduce(worse, (HELD_REASONS[why] for why in held.reasons))
    author = queries.keeps(held.author_id, held.group_id)
    item = ReviewItem(
        about=Target.POST,
        post_id=held.post_id,
        reported_version=held.version,
        reported_html=held.html,
        group_id=held.group_id,
        source=Source.HOLD,
        reason=reason.id,
        severity=reason.severity,
        scope=opening_scope(reason, author),
        opened_at=held.held_at,
    )
    db.session.add(item)
    db.session.flush()


def settle(post: Post, outcome: Outcome, passages: Sequence[str], *, now: datetime) -> None:
    """Do to the post what was decided, if that is to show it or to give it back."""
    if outcome is Outcome.APPROVE:
        holds.show(post.id, now=now)
    elif outcome is Outcome.RETURN:
        may_mark(post.text, passages).require()
        holds.give_back(post.id, passages, now=now)


def letter_about(decision: Decision, post: Post, rule: Told) -> PostShown | PostReturned | None:
    """What its author is told when it is shown, or given back to them."""
    if decision.outcome is Outcome.APPROVE:
        return PostShown(post.id)
    if decision.outcome is not Outcome.RETURN:
        return None
    return PostReturned(
        post_id=post.id,
        guideline=rule.title,
        of_group=rule.of_group,
        why=decision.why,
        reasons=tuple(reason_of(reason).label for reason in decision.facts.split()),
        source=decision.source,
        by_platform=decision.scope is Scope.PLATFORM,
        appealable_until=decision.appealable_until,
    )
