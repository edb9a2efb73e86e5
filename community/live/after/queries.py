"""What there is after a circle: who was there, lines to its facilitators, its thread."""

from uuid import UUID

from sqlalchemy import select, true

from community.accounts.models import Account
from community.calls import queries as calls_queries
from community.calls.models import Call
from community.calls.rules.seats import Was
from community.core.actor import Actor
from community.core.db import db
from community.live import queries
from community.live.models import AfterLine
from community.live.rules.after import After, AfterRow
from community.live.rules.room import Part
from community.threads import queries as threads_queries


def after_of(actor: Actor, call_id: UUID) -> After:
    """What there is for this person. `Refused(NOT_FOUND)` for whoever isn’t in its group."""
    place = queries.place_in(actor, call_id)
    call = db.session.get_one(Call, call_id)
    leads = place.part is Part.FACILITATOR
    came = [each for each in calls_queries.attendance_of(call_id) if each.was is Was.ATTENDED]
    there = frozenset(each.account_id for each in came)
    held = {call.facilitator_id, call.co_facilitator_id} - {None, actor.id}
    rows = db.session.execute(
        select(
            AfterLine.id,
            AfterLine.account_id,
            Account.name,
            AfterLine.words,
            AfterLine.written_at,
            AfterLine.opened_at,
        )
        .join(Account, Account.id == AfterLine.account_id)
        .where(AfterLine.call_id == call_id)
        .where(true() if leads else AfterLine.account_id == actor.id)
        .order_by(AfterLine.id)
    )
    return After(
        me=actor.id,
        call_id=call_id,
        group_id=call.group_id,
        topic=call.topic,
        title=call.title,
        state=call.state,
        leads=leads,
        there=there,
        others=tuple(
            (each.account_id, each.name)
            for each in came
            if each.account_id != actor.id and actor.meets(each.account_id)
        ),
        to=frozenset(there & held),
        thread_id=threads_queries.thread_of_circle(actor, call_id),
        lines=tuple(AfterRow(*row) for row in rows),
    )
