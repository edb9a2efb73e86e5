"""Who would like a moderator, for this actor, and what was done for them. Every select of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, select

from community.accounts.models import Account
from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import alias_of, db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group
from community.moderation import deciders
from community.moderation.deciders import Able, Distance
from community.moderation.help.models import HelpTaken, HelpWanted
from community.moderation.help.rules import (
    SAW_TO_HELP,
    Done,
    HelpStep,
    Wanted,
    looks_after,
    may_see_to,
)
from community.moderation.models import AuditEvent
from community.threads.models import Post

_Holder, _Second = alias_of(Account, "holder"), alias_of(Account, "second_holder")
_WasWith = alias_of(Account, "was_with")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was taken, with the names under it."""

    step: HelpStep
    by: UUID
    name: str | None  # None when they have left
    was_with: UUID | None
    with_name: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class WantedRow:
    """Somebody who would like a moderator."""

    id: UUID
    asked_at: datetime
    name: str
    in_circle: bool
    title: str | None  # of the call
    thread_id: UUID | None
    words: str
    group_name: str
    held_by: Mapping[UUID, str]
    steps: Sequence[Step]
    wanted: Wanted


def for_actor(actor: Actor, now: datetime) -> Sequence[WantedRow]:
    """As far as this person may see to it, the longest waiting first."""
    own = [group for group in actor.groups if actor.moderates(group)]
    reach = () if actor.moderates_platform else (HelpWanted.group_id.in_(own),)
    return [each for each in _wanted(now, *reach) if may_see_to(actor, each.wanted)]


def one(help_id: UUID, now: datetime) -> WantedRow:
    """This one, past every rule. Raises `Refused(NOT_FOUND)`."""
    found = _wanted(now, HelpWanted.id == help_id)
    if not found:
        raise Refused(NOT_FOUND)
    return found[0]


def told_from(actor: Actor, thread_id: UUID) -> HelpWanted | None:
    """What this person told a moderator from this thread, if it isn’t seen to yet."""
    return db.session.scalar(
        select(HelpWanted).where(
            HelpWanted.account_id == actor.id, HelpWanted.thread_id == thread_id
        )
    )


def is_seen_to(actor: Actor, help_id: UUID) -> bool:
    """It was closed, and this actor may know."""
    of_group = select(AuditEvent.group_id).where(
        AuditEvent.item_id == help_id,
        AuditEvent.action == SAW_TO_HELP,
        AuditEvent.after == "closed",
    )
    group_id = db.session.scalar(of_group)
    return group_id is not None and looks_after(actor, group_id)


def _wanted(now: datetime, *which: ColumnElement[bool]) -> Sequence[WantedRow]:
    rows = db.session.execute(
        select(
            HelpWanted,
            Account.name,
            Group.name.label("group_name"),
            Call.title,
            Call.facilitator_id,
            Call.co_facilitator_id,
            _Holder.name.label("holder"),
            _Second.name.label("second"),
            Post.author_id.label("began_by"),
        )
        .join(Account, Account.id == HelpWanted.account_id)
        .join(Group, Group.id == HelpWanted.group_id)
        .outerjoin(Call, Call.id == HelpWanted.call_id)
        .outerjoin(_Holder, _Holder.id == Call.facilitator_id)
        .outerjoin(_Second, _Second.id == Call.co_facilitator_id)
        .outerjoin(Post, and_(Post.thread_id == HelpWanted.thread_id, Post.number == 1))
        .where(*which)
        .order_by(HelpWanted.asked_at, HelpWanted.id)
    ).all()
    if not rows:
        return []
    steps = _steps([row.HelpWanted.id for row in rows])
    able = deciders.of_groups({row.HelpWanted.group_id for row in rows}, now)
    distance = deciders.distance(able.everybody())
    return [_row(row, steps[row.HelpWanted.id], able, distance) for row in rows]


def _row(
    row: Row[*tuple[Any, ...]], steps: Sequence[Step], able: Able, distance: Distance
) -> WantedRow:
    item = row.HelpWanted
    holders = {row.facilitator_id: row.holder, row.co_facilitator_id: row.second}
    held_by = {who: name for who, name in holders.items() if who and name}
    asker = {item.account_id}
    began = {row.began_by} if row.began_by else set()
    return WantedRow(
        id=item.id,
        asked_at=item.asked_at,
        name=row.name,
        in_circle=item.in_circle,
        title=row.title,
        thread_id=item.thread_id,
        words=item.words or "",
        group_name=row.group_name,
        held_by=held_by,
        steps=steps,
        wanted=Wanted(
            group_id=item.group_id,
            asked_by=item.account_id,
            scope=item.scope,
            moderators=able.groups.get(item.group_id, frozenset()),
            site=able.site,
            leads=able.leads,
            barred=frozenset(began) | distance.apart(asker) | distance.shunned(asker),
            held_by=frozenset(held_by),
            is_up=item.up_at is not None,
            done=tuple(Done(each.step, each.by, each.was_with) for each in steps),
        ),
    )


def _steps(of: Sequence[UUID]) -> Mapping[UUID, list[Step]]:
    found: dict[UUID, list[Step]] = defaultdict(list)
    rows = db.session.execute(
        select(
            HelpTaken.help_id,
            HelpTaken.step,
            HelpTaken.taken_by,
            Account.name,
            HelpTaken.was_with,
            _WasWith.name,
            HelpTaken.taken_at,
        )
        .outerjoin(Account, Account.id == HelpTaken.taken_by)
        .outerjoin(_WasWith, _WasWith.id == HelpTaken.was_with)
        .where(HelpTaken.help_id.in_(of))
        .order_by(HelpTaken.id)
    )
    for row in rows:
        found[row[0]].append(Step(*row[1:]))
    return found
