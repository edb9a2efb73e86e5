"""Who looked at somebody’s words, and who did what. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from community.accounts.models import Account
from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db
from community.groups.models import Group
from community.moderation.models import LOOKED, READ, AuditEvent, Decision, ReviewItem
from community.moderation.openness.rules import BY_MEMBERS, PAGE, may_search
from community.moderation.rules.case import Outcome, Source, Target
from community.moderation.rules.reasons import Scope
from community.threads.models import Post, Thread

_author: ColumnElement[UUID] = func.coalesce(Post.author_id, ReviewItem.author_id)
_UNTOLD = (Outcome.KEEP, Outcome.APPROVE, Outcome.CARE)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody with a role opened words of this person’s."""

    at: datetime
    acted_for: Scope
    group_name: str
    title: str | None  # of the thread or call, while it is there


def looks_at(actor: Actor, *, older: UUID | None = None) -> tuple[Sequence[Look], UUID | None]:
    """Each time, a page of them, the newest first, and where the page after it begins; once
    something was decided that they were told of. Before that, it would tell them of a report."""
    told = exists().where(
        Decision.item_id == ReviewItem.id,
        Decision.author_id == actor.id,
        Decision.outcome.not_in(_UNTOLD),
    )
    query = (
        select(
            AuditEvent.id,
            AuditEvent.at,
            AuditEvent.acted_for,
            Group.name,
            func.coalesce(Thread.title, Call.title),
        )
        .join(ReviewItem, ReviewItem.id == AuditEvent.item_id)
        .join(Group, Group.id == ReviewItem.group_id)
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .outerjoin(Thread, Thread.id == Post.thread_id)
        .outerjoin(Call, Call.id == ReviewItem.call_id)
        .where(AuditEvent.action.in_((LOOKED, READ)), _author == actor.id, told)
        .where(ReviewItem.about != Target.PERSON)  # of which there are no words to open
        .order_by(AuditEvent.id.desc())
        .limit(PAGE + 1)
    )
    rows = db.session.execute(query if older is None else query.where(AuditEvent.id < older)).all()
    page = [Look(*row[1:]) for row in rows[:PAGE]]
    return page, rows[PAGE - 1].id if len(rows) > PAGE else None


def has_looked(actor: Actor, item_id: UUID, since: datetime) -> bool:
    """Whether it’s written down that this person opened words of it since."""
    by_them = AuditEvent.actor_id == actor.id, AuditEvent.action.in_((LOOKED, READ))
    look = exists().where(AuditEvent.item_id == item_id, AuditEvent.at > since, *by_them)
    return bool(db.session.scalar(select(look)))


@dataclass(frozen=True, slots=True)
class OwnAct:
    """Something that was decided about this person, though nobody had reported it."""

    decision_id: UUID
    at: datetime
    outcome: Outcome
    group_name: str
    by_platform: bool


def of_their_own(actor: Actor) -> Sequence[OwnAct]:
    """What moderators came upon themselves and decided about this person, the newest first."""
    rows = db.session.execute(
        select(Decision.id, Decision.decided_at, Decision.outcome, Group.name, Decision.scope)
        .join(ReviewItem, ReviewItem.id == Decision.item_id)
        .join(Group, Group.id == ReviewItem.group_id)
        .where(Decision.author_id == actor.id, Decision.source == Source.OWN)
        .where(Decision.outcome.not_in(_UNTOLD))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(PAGE)
    )
    return [OwnAct(*row[:4], by_platform=row.scope is Scope.PLATFORM) for row in rows]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done, in codes. Opaque ids, no content."""

    id: UUID
    at: datetime
    name: str | None  # of whoever has a role; None for members, and for who has left
    by_member: bool
    acted_for: Scope
    role: str | None  # None for members, and of before roles were written down
    request: str | None
    action: str
    item_id: UUID
    group_name: str | None
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an admin looks for."""

    action: str | None = None
    name: str | None = None  # of whoever did it
    item_id: UUID | None = None


def acts(actor: Actor, wanted: Wanted, *, older: UUID | None) -> tuple[Sequence[Act], UUID | None]:
    """A page of what was done, the newest first, and where the page after it begins. Nothing about
    words of their own: that is for others to see to."""
    may_search(actor).require()
    rows: Sequence[Any] = db.session.execute(
        select(
            AuditEvent.id,
            AuditEvent.at,
            Account.name,
            AuditEvent.action.in_(BY_MEMBERS),
            AuditEvent.acted_for,
            AuditEvent.role_at_time,
            AuditEvent.request_id,
            AuditEvent.action,
            AuditEvent.item_id,
            Group.name,
            AuditEvent.before,
            AuditEvent.after,
            AuditEvent.reason,
        )
        .outerjoin(
            Account, (Account.id == AuditEvent.actor_id) & AuditEvent.action.not_in(BY_MEMBERS)
        )
        .outerjoin(Group, Group.id == AuditEvent.group_id)
        .outerjoin(ReviewItem, ReviewItem.id == AuditEvent.item_id)
        .outerjoin(Post, Post.id == ReviewItem.post_id)
        .where(_author.is_distinct_from(actor.id), *_fitting(wanted, older))
        .order_by(AuditEvent.id.desc())
        .limit(PAGE + 1)
    ).all()
    page = [Act(*row) for row in rows[:PAGE]]
    return page, page[-1].id if len(rows) > PAGE else None


def _fitting(wanted: Wanted, older: UUID | None) -> list[ColumnElement[bool]]:
    only = []
    if wanted.action is not None:
        only.append(AuditEvent.action == wanted.action)
    if wanted.name is not None:
        only.append(func.lower(Account.name) == wanted.name.lower())
    if wanted.item_id is not None:
        only.append(AuditEvent.item_id == wanted.item_id)
    if older is not None:
        only.append(AuditEvent.id < older)
    return only
