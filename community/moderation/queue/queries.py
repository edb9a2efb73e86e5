"""The open items before somebody, the most urgent first.

What somebody may decide is worked out by `rules.actions_for` for each open item within their reach,
so that the count can't differ from it: who was in a circle, for one, is in no table that could be
asked. That takes the facts alone. What is shown is read for one page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import true

from community.core.actor import Actor
from community.moderation.appeals import queries as appeal_queries
from community.moderation.appeals.queries import AppealRow
from community.moderation.cases import open_cases
from community.moderation.models import ReviewItem
from community.moderation.queries import ItemRow, shown
from community.moderation.queue.rules import PAGE, Urgency
from community.moderation.rules.case import actions_for, may_see_queue


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what this person can decide, and how much there is of it altogether."""

    entries: Sequence[ItemRow | AppealRow]
    total: int
    waiting_on_others: int
    next: Urgency | None  # after which the next page begins


def queue(actor: Actor, now: datetime, *, after: Urgency | None = None) -> Queue:
    """Severity, then age."""
    may_see_queue(actor).require()
    own = [group for group in actor.groups if actor.moderates(group)]
    in_reach = true() if actor.moderates_platform else ReviewItem.group_id.in_(own)
    found = open_cases(in_reach, now=now)
    can = {each.id: each for each in found if actions_for(each.case, actor, now)}
    heard = {each.id: each for each in appeal_queries.waiting_for(actor, now)}
    places = sorted(
        [*(each.urgency for each in can.values()), *(each.urgency for each in heard.values())]
    )
    left = places if after is None else [each for each in places if each > after]
    page = left[:PAGE]
    items = shown({each.id: can[each.id].case for each in page if each.id in can})
    return Queue(
        entries=[items.get(each.id) or heard[each.id] for each in page],
        total=len(places),
        waiting_on_others=sum(each.case.waits_on_others(actor, now) for each in found),
        next=page[-1] if len(left) > len(page) else None,
    )
