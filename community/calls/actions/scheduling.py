"""What happens to calls: lock the call, ask the rule, change rows, write letters."""

from datetime import datetime
from uuid import UUID

from community.calls.actions import changing, seating
from community.calls.models import Call, CallTemplate
from community.calls.reminders import actions as reminding
from community.calls.rules.call import (
    CallState,
    EndReason,
    Plan,
    may_be_carried,
    may_cancel,
    may_edit,
    may_keep_as_template,
    may_move_to,
    may_publish,
    may_schedule,
    may_throw_away,
    most_seats,
)
from community.calls.rules.seats import may_have_seats
from community.calls.rules.series import Rhythm, Scope
from community.calls.rules.times import may_be_at
from community.calls.series import actions as series
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.media import MESH, Ceilings


def schedule_call(
    actor: Actor,
    group_id: UUID,
    plan: Plan,
    rhythm: Rhythm | None = None,
    *,
    as_draft: bool = False,
    ceilings: Ceilings = MESH,
    now: datetime,
) -> UUID:
    """A new call in this group, held by whoever schedules it. With a rhythm it comes again. As a
    draft, only they see it."""
    may_schedule(actor, group_id).require()
    may_be_at(plan.starts_at, now).require()
    may_be_carried(plan.format, ceilings).require()
    may_have_seats(plan.seats, 0, most_seats(plan.format, for_two=False)).require()
    if rhythm is not None:
        return series.schedule(actor, group_id, plan, rhythm, as_draft=as_draft, now=now)
    return changing.begin(
        changing.planned(plan),
        group_id=group_id,
        facilitator_id=actor.id,
        starts_at=plan.starts_at,
        zone=actor.zone,
        state=CallState.DRAFT if as_draft else CallState.OPEN,
        now=now,
    ).id


def publish_call(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """From here on the members of the group see it and can sign up. If it comes again, for
    the next ones too."""
    of_series = series.lock_of(call_id)
    call = locked(Call, call_id)
    may_publish(actor, call).require()
    may_be_at(call.starts_at, now).require()
    call.state = CallState.OPEN
    reminding.arm_holders(call, now=now)
    db.session.flush()
    if of_series is not None:
        series.make_ahead(of_series, now)


def throw_draft_away(actor: Actor, call_id: UUID) -> None:
    """Nobody else has seen it, so that nothing of it stays."""
    of_series = series.lock_of(call_id)
    call = locked(Call, call_id)
    may_throw_away(actor, call).require()
    db.session.delete(of_series or call)


def keep_as_template(actor: Actor, call_id: UUID, name: str) -> None:
    """For the facilitators of the group, to begin other calls from."""
    call = locked(Call, call_id)
    may_keep_as_template(actor, call).require()
    db.session.add(CallTemplate(group_id=call.group_id, name=name, **changing.planned(call)))
    db.session.flush()


def throw_template_away(actor: Actor, template_id: UUID) -> None:
    """The calls that began from it stay as they are."""
    template = locked(CallTemplate, template_id)
    may_schedule(actor, template.group_id).require()
    db.session.delete(template)


def edit_call(
    actor: Actor,
    call_id: UUID,
    plan: Plan,
    *,
    scope: Scope = Scope.ONE,
    ceilings: Ceilings = MESH,
    now: datetime,
) -> None:
    """The call as the plan says. A new time is told to everybody; new seats go to the line.

    Of a series, this one alone, which then stays as it is when the others change; or several.
    """
    may_be_carried(plan.format, ceilings).require()
    if scope is not Scope.ONE:
        series.change(actor, call_id, plan, scope, now=now)
        return
    call = locked(Call, call_id)
    roster = seating.as_of(call, now)
    may_edit(actor, call).require()
    most = most_seats(plan.format, for_two=call.co_facilitator_id is not None)
    may_have_seats(plan.seats, roster.taken, most).require()
    if plan.starts_at != call.starts_at:
        may_be_at(plan.starts_at, now).require()
    call.is_own = call.series_id is not None
    changes = changing.change(call, roster, plan, plan.starts_at, plan.seats, now)
    changing.tell_moved(changes, now)


def cancel_call(actor: Actor, call_id: UUID, *, scope: Scope = Scope.ONE, now: datetime) -> None:
    """The call won't happen, or several of its series. Everybody who signed up is told."""
    if scope is not Scope.ONE:
        series.cancel(actor, call_id, scope, now=now)
        return
    call = locked(Call, call_id)
    may_cancel(actor, call).require()
    changing.tell_cancelled([changing.cancel(call, now)], now)


def move_to(call_id: UUID, state: CallState, because: EndReason | None = None) -> None:
    """The room moves its call: to the lobby, live, ended and why."""
    call = locked(Call, call_id)
    may_move_to(call, state).require()
    call.state, call.ended_reason = state, because
