"""What happens to calls: lock the call, ask the rule, change rows, write letters."""

from datetime import datetime
from uuid import UUID

from community.calls import queries
from community.calls.actions import seating
from community.calls.models import Call, CallTemplate
from community.calls.rules.call import (
    CallState,
    EndReason,
    Plan,
    may_cancel,
    may_edit,
    may_keep_as_template,
    may_move_to,
    may_publish,
    may_schedule,
    may_throw_away,
    most_seats,
)
from community.calls.rules.letters import (
    CallCancelled,
    CallMoved,
)
from community.calls.rules.seats import (
    may_have_seats,
)
from community.calls.rules.times import may_be_at
from community.core.actor import Actor
from community.core.db import db, locked
from community.notifications.rules import News


def schedule_call(
    actor: Actor, group_id: UUID, plan: Plan, *, as_draft: bool = False, now: datetime
) -> UUID:
    """A new call in this group, held by whoever schedules it. As a draft, only they see it."""
    may_schedule(actor, group_id).require()
    may_be_at(plan.starts_at, now).require()
    call = Call(
        group_id=group_id,
        facilitator_id=actor.id,
        zone=actor.zone,
        starts_at=plan.starts_at,
        seats=plan.seats,
        state=CallState.DRAFT if as_draft else CallState.OPEN,
    )
    _put_words(call, plan)
    db.session.add(call)
    db.session.flush()
    return call.id


def publish_call(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """From here on the members of the group see it and can sign up."""
    call = locked(Call, call_id)
    may_publish(actor, call).require()
    may_be_at(call.starts_at, now).require()
    call.state = CallState.OPEN


def throw_draft_away(actor: Actor, call_id: UUID) -> None:
    """Nobody else has seen it, so that nothing of it stays."""
    call = locked(Call, call_id)
    may_throw_away(actor, call).require()
    db.session.delete(call)


def keep_as_template(actor: Actor, call_id: UUID, name: str) -> None:
    """For the facilitators of the group, to begin other calls from."""
    call = locked(Call, call_id)
    may_keep_as_template(actor, call).require()
    db.session.add(
        CallTemplate(
            group_id=call.group_id,
            name=name,
            topic=call.topic,
            title=call.title,
            about=call.about,
            happens=call.happens,
            guide=call.guide,
            minutes=call.minutes,
            seats=call.seats,
        )
    )
    db.session.flush()


def throw_template_away(actor: Actor, template_id: UUID) -> None:
    """The calls that began from it stay as they are."""
    template = locked(CallTemplate, template_id)
    may_schedule(actor, template.group_id).require()
    db.session.delete(template)


def edit_call(actor: Actor, call_id: UUID, plan: Plan, *, now: datetime) -> None:
    """The call as the plan says. A new time is told to everybody; new seats go to the line."""
    call = locked(Call, call_id)
    roster = queries.roster_of(call)
    may_edit(actor, call).require()
    may_have_seats(plan.seats, roster, most_seats(call)).require()
    _put_words(call, plan)
    if plan.starts_at != call.starts_at:
        may_be_at(plan.starts_at, now).require()
        moved = CallMoved(call.id, call.title, was_at=call.starts_at, starts_at=plan.starts_at)
        call.starts_at = plan.starts_at
        call.sequence += 1
        seating.tell_everybody(roster, moved, now, News.CALLS)
    call.seats = plan.seats
    seating.keep(call, roster, roster.resized(plan.seats), now)


def cancel_call(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """The call won't happen. Everybody who signed up is told."""
    call = locked(Call, call_id)
    may_cancel(actor, call).require()
    call.state = CallState.CANCELLED
    seating.tell_everybody(queries.roster_of(call), CallCancelled(call.title, call.starts_at), now)


def move_to(call_id: UUID, state: CallState, because: EndReason | None = None) -> None:
    """The room moves its call: to the lobby, live, ended and why."""
    call = locked(Call, call_id)
    may_move_to(call, state).require()
    call.state, call.ended_reason = state, because


def _put_words(call: Call, plan: Plan) -> None:
    call.title = plan.title
    call.topic = plan.topic
    call.about = plan.about
    call.happens = plan.happens
    call.guide = plan.guide
    call.minutes = plan.minutes
