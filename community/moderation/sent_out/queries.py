"""Who was sent out of which circle, and what they read of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import Ids, db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group
from community.live import queries as live_queries
from community.live.rules.room import OUT
from community.moderation.appeals.models import Appeal
from community.moderation.models import Decision, DecisionWords
from community.moderation.rules.case import APPEAL
from community.moderation.sent_out.models import SentOut


@dataclass(frozen=True, slots=True)
class Time:
    """Once that somebody’s place in a circle was ended."""

    decision_id: UUID
    at: datetime
    why: str | None  # until it is erased
    rule_id: str
    appealable_until: datetime
    taken_back_at: datetime | None  # by somebody else who looked again
    answer: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """All that the one it is about reads of it."""

    title: str
    group_name: str
    starts_at: datetime
    is_out: bool  # the circle is on, and they can’t come in
    times: Sequence[Time]  # the latest first


def statement(actor: Actor, call_id: UUID) -> Statement:
    """What was decided about this person’s own place in a circle. `Refused(NOT_FOUND)` if nothing
    was."""
    again = aliased(Decision)
    rows = db.session.execute(
        select(SentOut.why, Decision, again.decided_at, DecisionWords.why.label("answer"))
        .join(Decision, Decision.id == SentOut.decision_id)
        .outerjoin(again, again.supersedes_id == Decision.id)
        .outerjoin(DecisionWords, DecisionWords.decision_id == again.id)
        .where(SentOut.account_id == actor.id, SentOut.call_id == call_id)
        .order_by(SentOut.sent_out_at.desc(), SentOut.item_id.desc())
    ).all()
    if not rows:
        raise Refused(NOT_FOUND)
    call = db.session.execute(
        select(Call.title, Call.starts_at, Group.name)
        .join(Group, Group.id == Call.group_id)
        .where(Call.id == call_id)
    ).one()
    return Statement(
        title=call.title,
        group_name=call.name,
        starts_at=call.starts_at,
        is_out=_is_out(actor, call_id),
        times=[
            Time(
                decision_id=row.Decision.id,
                at=row.Decision.decided_at,
                why=row.why,
                rule_id=row.Decision.rule_id,
                appealable_until=row.Decision.appealable_until,
                taken_back_at=row.decided_at,
                answer=row.answer,
            )
            for row in rows
        ],
    )


def _is_out(actor: Actor, call_id: UUID) -> bool:
    room = live_queries.room_of(actor, call_id)
    me = room.find(actor.id) if room else None
    return me is not None and me.presence in OUT


def circles_of(items: Ids) -> Mapping[UUID, UUID]:
    """The call in whose circle it was, by item."""
    rows = db.session.execute(
        select(SentOut.item_id, SentOut.call_id).where(SentOut.item_id.in_(items))
    )
    return {row.item_id: row.call_id for row in rows}


def of_item(item_id: UUID) -> SentOut:
    """Whose place it was, and where."""
    return db.session.scalars(select(SentOut).where(SentOut.item_id == item_id)).one()


def newest(call_id: UUID, account_id: UUID) -> UUID | None:
    """The item about the last time that this person was sent out of this circle."""
    return db.session.scalar(
        select(SentOut.item_id)
        .where(SentOut.call_id == call_id, SentOut.account_id == account_id)
        .order_by(SentOut.sent_out_at.desc(), SentOut.item_id.desc())
        .limit(1)
    )


def with_old_words(now: datetime) -> Select[UUID]:
    """Those about which nobody can ask any more for another look, and nobody waits for one."""
    asked = exists().where(Appeal.item_id == SentOut.item_id, Appeal.answered_at.is_(None))
    is_old = (SentOut.sent_out_at <= now - APPEAL, SentOut.why.is_not(None))
    return select(SentOut.item_id).where(*is_old, ~asked)
