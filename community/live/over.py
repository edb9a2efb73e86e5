"""When a circle is over: what its call keeps of it, what is written to people, and that nothing
else is left. Of a call that was cancelled in its lobby nothing is kept: there was no circle."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.calls import attendance
from community.calls.actions import changing
from community.calls.actions import scheduling as calls_scheduling
from community.calls.follow_ups import actions as following_up
from community.calls.models import Call
from community.calls.rules.call import CallState, EndReason
from community.core.db import db, locked
from community.live import prepared
from community.live.held import HeldRoom
from community.live.models import LiveRoom
from community.live.rules.effects import Ended
from community.live.rules.letters import FacilitatorWasAbsent, TurnStillYours
from community.live.rules.room import OUT, Phase, Presence, Room
from community.notifications.actions import tell


def called_off() -> Sequence[UUID]:
    """The rooms whose call was cancelled, in the order they are locked."""
    rooms = select(LiveRoom.call_id).join(Call, Call.id == LiveRoom.call_id)
    cancelled = rooms.where(Call.state == CallState.CANCELLED)
    return db.session.scalars(cancelled.order_by(LiveRoom.call_id)).all()


def end(row: HeldRoom, before: Room, ended: Ended, now: datetime) -> None:
    """It is over. Called off in the lobby, the call is cancelled, for whoever was still to come
    too; and if that is why it is over, they have been told."""
    call = locked(Call, row.call_id)
    if call.state is not CallState.CANCELLED:
        if before.phase is Phase.LOBBY and ended.why is EndReason.CANCELLED_LIVE:
            changing.tell_cancelled([changing.cancel(call, now)], now)
        else:
            _keep(call, before, ended, now)
    prepared.forget(row.call_id)
    row.erase()


def _keep(call: Call, before: Room, ended: Ended, now: datetime) -> None:
    calls_scheduling.move_to(call.id, CallState.ENDED, ended.why)
    for person in sorted(ended.owed):
        tell(person, TurnStillYours(call.group_id, call.title), now=now)
    if ended.why is EndReason.FACILITATOR_ABSENT:
        sorry = FacilitatorWasAbsent(call.group_id, call.title, call.starts_at)
        for person in sorted(ended.people):
            if not before.person(person).facilitates:
                tell(person, sorry, now=now)
                attendance.promise_first_place(call.group_id, person)
    out = {each.id for each in before.people if each.presence in OUT or each.must_knock}
    came = {each.id for each in before.people if each.presence is not Presence.KNOCKING}
    there = frozenset(came - out)
    attendance.keep(call.id, there, frozenset(out), now=now)
    following_up.arm(call.id, ended.why, there, now=now)
