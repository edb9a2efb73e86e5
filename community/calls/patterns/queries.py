"""What a new call can begin from: an earlier call, or a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from community.calls.models import CallTemplate
from community.calls.queries import call_for
from community.calls.rules import call as call_rules
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a new call can begin from: everything but when it is."""

    group: UUID
    topic: str | None
    title: str
    about: str
    happens: str
    guide: str
    minutes: int
    seats: int
    listeners: bool
    opens_days: int | None
    language: str
    format: call_rules.Format


def pattern_of(actor: Actor, call_id: UUID) -> Pattern:
    """A call, as a pattern for the next one. `Refused(NOT_FOUND)` if this person can't see it."""
    call = call_for(actor, call_id)
    return Pattern(
        group=call.group_id,
        topic=call.topic,
        title=call.title,
        about=call.about,
        happens=call.happens,
        guide=call.guide,
        minutes=call.minutes,
        seats=call.seats,
        listeners=call.listeners,
        opens_days=call.opens_days,
        language=call.language,
        format=call.format,
    )


def pattern_in(actor: Actor, template_id: UUID) -> Pattern:
    """What a template holds, or `Refused(NOT_FOUND)`."""
    row = db.session.execute(
        select(
            CallTemplate.group_id.label("group"),
            CallTemplate.topic,
            CallTemplate.title,
            CallTemplate.about,
            CallTemplate.happens,
            CallTemplate.guide,
            CallTemplate.minutes,
            CallTemplate.seats,
            CallTemplate.listeners,
            CallTemplate.opens_days,
            CallTemplate.language,
            CallTemplate.format,
        ).where(CallTemplate.id == template_id, _in_reach(actor))
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return Pattern(**row._mapping)


@dataclass(frozen=True, slots=True)
class Template:
    """A template in a list."""

    id: UUID
    name: str
    title: str
    group_name: str


def templates_for(actor: Actor) -> Sequence[Template]:
    """The templates of the groups in which this person may schedule calls, by name."""
    rows = db.session.execute(
        select(CallTemplate.id, CallTemplate.name, CallTemplate.title, Group.name)
        .join(Group, Group.id == CallTemplate.group_id)
        .where(_in_reach(actor))
        .order_by(func.lower(CallTemplate.name), CallTemplate.id)
    )
    return [Template(*row) for row in rows]


def _in_reach(actor: Actor) -> ColumnElement[bool]:
    return CallTemplate.group_id.in_(call_rules.groups_to_schedule_in(actor))
