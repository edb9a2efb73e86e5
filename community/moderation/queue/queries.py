"""The open items before somebody, the most urgent first.

What somebody may decide is worked out by `rules.actions_for` for each open item within their reach,
so that the count can't differ from it: who was in a circle, for one, is in no table that could be
asked. That takes the facts alone. What is shown is read for one page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, exists, select, true

from community.core.actor import Actor
from community.core.db import db
from community.moderation.appeals import queries as appeal_queries
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.queries import AppealRow
from community.moderation.cases import OpenCase, open_cases
from community.moderation.help import queries as help_queries
from community.moderation.help.models import HelpWanted
from community.moderation.help.queries import WantedRow
from community.moderation.models import ReviewItem
from community.moderation.queries import ItemRow, shown
from community.moderation.queue.rules import PAGE, Urgency
from community.moderation.rules.case import actions_for, may_see_queue
from community.moderation.sanctions import queries as sanction_queries
from community.moderation.sanctions.queries import Proposed, Review


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what this person can decide, and how much there is of it altogether."""

    asked: Sequence[WantedRow]  # who would like a moderator comes first, on each page
    entries: Sequence[ItemRow | AppealRow]
    total: int
    proposed: Sequence[Proposed]  # for their answer
    reviews: Sequence[Review]  # to look at again
    waits: int  # all of it
    waiting_on_others: int
    next: Urgency | None  # after which the next page begins


@dataclass(frozen=True, slots=True)
class _Waiting:
    """All that waits for somebody, whatever is shown of it."""

    found: Sequence[OpenCase]  # within their reach
    can: Mapping[UUID, OpenCase]  # about which they can decide
    heard: Mapping[UUID, AppealRow]
    asked: Sequence[WantedRow]
    proposed: Sequence[Proposed]
    reviews: Sequence[Review]

    @property
    def total(self) -> int:
        return sum(map(len, (self.can, self.heard, self.asked, self.proposed, self.reviews)))


def _waiting(actor: Actor, now: datetime) -> _Waiting:
    may_see_queue(actor).require()
    any_of = _any_of(actor, now)
    found = open_cases(_in_reach(actor), now=now) if any_of.items else []
    can = {each.id: each for each in found if actions_for(each.case, actor, now)}
    heard = appeal_queries.waiting_for(actor, now) if any_of.appeals else []
    return _Waiting(
        found,
        can,
        {each.id: each for each in heard},
        help_queries.for_actor(actor, now) if any_of.wanted else [],
        sanction_queries.proposals_for(actor, now) if any_of.proposals else [],
        sanction_queries.reviews_for(actor, now) if any_of.reviews else [],
    )


def _any_of(actor: Actor, now: datetime) -> Row[bool, bool, bool, bool, bool]:
    """Of what there is any, in one statement: what there is none of isn’t asked for."""
    return db.session.execute(
        select(
            exists().where(ReviewItem.closed_at.is_(None), _in_reach(actor)).label("items"),
            exists().where(Appeal.answered_at.is_(None)).label("appeals"),
            exists().where(HelpWanted.asked_at <= now).label("wanted"),
            sanction_queries.is_any_proposed().label("proposals"),
            sanction_queries.is_any_to_look_at(now).label("reviews"),
        )
    ).one()


def how_many_wait(actor: Actor, now: datetime) -> int:
    """As many as the queue shows: what they can decide, agree to or look at again, and whoever
    would like a moderator."""
    return _waiting(actor, now).total


def _in_reach(actor: Actor) -> ColumnElement[bool]:
    own = [group for group in actor.groups if actor.moderates(group)]
    return true() if actor.moderates_platform else ReviewItem.group_id.in_(own)


def queue(actor: Actor, now: datetime, *, after: Urgency | None = None) -> Queue:
    """Severity, then age."""
    waiting = _waiting(actor, now)
    found, can, heard = waiting.found, waiting.can, waiting.heard
    places = sorted(
        [*(each.urgency for each in can.values()), *(each.urgency for each in heard.values())]
    )
    left = places if after is None else [each for each in places if each > after]
    page = left[:PAGE]
    items = shown({each.id: can[each.id].case for each in page if each.id in can})
    return Queue(
        asked=waiting.asked,
        entries=[items.get(each.id) or heard[each.id] for each in page],
        total=len(places),
        proposed=waiting.proposed,
        reviews=waiting.reviews,
        waits=waiting.total,
        waiting_on_others=sum(each.case.waits_on_others(actor, now) for each in found),
        next=page[-1] if len(left) > len(page) else None,
    )
