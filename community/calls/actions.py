"""What happens to calls and seats: lock the call, ask the rule, change rows, write letters."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from community.calls import attendance, queries
from community.calls.models import Call, CallTemplate, HoldingAsk, Seat
from community.calls.rules.call import (
    UPCOMING,
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
from community.calls.rules.holding import (
    Ask,
    is_able,
    may_accept,
    may_ask,
    may_be_asked,
    may_change_places,
    may_decline,
    may_part,
    may_take_back,
)
from community.calls.rules.letters import (
    AskedToHold,
    CallCancelled,
    CallMoved,
    FacilitatorChanged,
    HoldingAnswered,
    HoldingEnded,
    SeatConfirmed,
    SeatOffered,
)
from community.calls.rules.seats import (
    Roster,
    SeatState,
    may_give_up,
    may_have_seats,
    may_leave_line,
    may_let_go,
    may_show_card,
    may_sign_up,
    may_stand_by,
    may_take,
)
from community.calls.rules.times import may_be_at
from community.core.actor import Actor, Role
from community.core.db import db, locked
from community.core.verdict import Verdict
from community.groups import queries as groups_queries
from community.notifications.actions import tell
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
        _tell_everybody(roster, moved, now, News.CALLS)
    call.seats = plan.seats
    _keep(call, roster, roster.resized(plan.seats), now)


def cancel_call(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """The call won't happen. Everybody who signed up is told."""
    call = locked(Call, call_id)
    may_cancel(actor, call).require()
    call.state = CallState.CANCELLED
    _tell_everybody(queries.roster_of(call), CallCancelled(call.title, call.starts_at), now)


def move_to(call_id: UUID, state: CallState, because: EndReason | None = None) -> None:
    """The room moves its call: to the lobby, live, ended and why."""
    call = locked(Call, call_id)
    may_move_to(call, state).require()
    call.state, call.ended_reason = state, because


def sign_up(actor: Actor, call_id: UUID, *, now: datetime) -> SeatState:
    """A seat if one is free, or the last place in the line; which of the two it was."""
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    may_sign_up(actor, call, before.state_of(actor.id), now).require()
    is_first = attendance.is_promised(call.group_id, actor.id)
    after = before.signed_up(actor.id, is_first=is_first)
    _keep(call, before, after, now)
    attendance.no_longer_excused(call_id, actor.id)
    state = after.state_of(actor.id)
    assert state is not None
    return state


def stand_by(actor: Actor, call_id: UUID, *, now: datetime) -> SeatState:
    """Come to the door in case a seat opens; what they have then. One that is free is theirs."""
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    may_stand_by(actor, call, before.state_of(actor.id), now).require()
    after = before.stood_by(actor.id)
    _keep(call, before, after, now)
    attendance.no_longer_excused(call_id, actor.id)
    state = after.state_of(actor.id)
    assert state is not None
    return state


def take_seat(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Take the seat that is held."""
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    may_take(actor, call, before.state_of(actor.id)).require()
    _keep(call, before, before.took_it(actor.id), now)


def give_up_seat(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Not this time. The seat is offered to the first person waiting."""
    attendance.excuse(_leave(actor, call_id, may_give_up, now), actor.id, now=now)


def let_go(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Let the held seat go to the next person waiting."""
    _leave(actor, call_id, may_let_go, now)


def leave_line(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Wait no longer."""
    _leave(actor, call_id, may_leave_line, now)


def show_card(actor: Actor, call_id: UUID, *, shows: bool) -> None:
    """Let whoever holds the call read my access card beforehand, or no longer."""
    call = locked(Call, call_id)
    may_show_card(actor, call, queries.roster_of(call).state_of(actor.id)).require()
    queries.seats_of(call_id, [actor.id])[actor.id].shows_card = shows
    db.session.flush()


def ask_to_hold(actor: Actor, call_id: UUID, to: UUID, *, now: datetime) -> bool:
    """Ask another facilitator of the group to hold this call together. Never done at once."""
    _ask(locked(Call, call_id), actor, Ask.TOGETHER, to, now)
    return False


def hand_over(actor: Actor, call_id: UUID, to: UUID, *, now: datetime) -> bool:
    """Give the call to another facilitator; whether it is theirs now.

    Whoever holds it already has said yes, and has it at once, also while the circle is on: the
    two change places. Anybody else is asked first.
    """
    call = locked(Call, call_id)
    is_second = to == call.co_facilitator_id
    if is_second:
        may_change_places(actor, call).require()
        second = groups_queries.member(call.group_id, to)
        is_able(Role.FACILITATOR in second.roles).require()
        _give(call, to, second.name, now)
    else:
        _ask(call, actor, Ask.INSTEAD, to, now)
    return is_second


def lead_in_room(call_id: UUID, account_id: UUID) -> None:
    """In the room of this call the other of the two who hold it leads from now on."""
    call = locked(Call, call_id)
    if account_id == call.co_facilitator_id:
        call.co_facilitator_id, call.facilitator_id = call.facilitator_id, account_id
        db.session.flush()


def take_back(actor: Actor, call_id: UUID, ask: Ask) -> None:
    """Ask no longer. Whoever was asked finds nothing to answer."""
    call = locked(Call, call_id)
    asking = db.session.get(HoldingAsk, (call_id, ask))
    may_take_back(actor, call, asking is not None).require()
    db.session.delete(asking)
    db.session.flush()


def accept(actor: Actor, call_id: UUID, ask: Ask, *, now: datetime) -> None:
    """Yes. A seat of theirs goes to the line: whoever holds a call needs none."""
    call = locked(Call, call_id)
    asking = db.session.get(HoldingAsk, (call_id, ask))
    may_accept(actor, call, ask, asking.account_id if asking else None).require()
    db.session.delete(asking)
    before = queries.roster_of(call)
    if before.state_of(actor.id) is not None:
        _keep(call, before, before.left(actor.id), now)
    _answer(call, actor, ask, said_yes=True, now=now)
    if ask is Ask.TOGETHER:
        call.co_facilitator_id = actor.id
    else:
        _give(call, actor.id, actor.name, now)
    db.session.flush()


def decline(actor: Actor, call_id: UUID, ask: Ask, *, now: datetime) -> None:
    """Not this time."""
    call = locked(Call, call_id)
    asking = db.session.get(HoldingAsk, (call_id, ask))
    may_decline(actor, call, asking.account_id if asking else None).require()
    db.session.delete(asking)
    _answer(call, actor, ask, said_yes=False, now=now)
    db.session.flush()


def part(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """One person holds it again: the facilitator. Whoever didn't end it is told."""
    call = locked(Call, call_id)
    may_part(actor, call).require()
    letter = HoldingEnded(call.id, call.title, call.starts_at, actor.name)
    for one in (call.facilitator_id, call.co_facilitator_id):
        if one is not None and one != actor.id:
            tell(one, letter, now=now)
    call.co_facilitator_id = None
    db.session.flush()


def release_seats(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Let go of everything this person holds or waits for in a group’s calls to come.

    Before they leave the group: afterwards they can’t see those calls, and a seat that nobody can
    give up would block the line.
    """
    for call_id in queries.held_in(actor, group_id):
        call = locked(Call, call_id)
        before = queries.roster_of(call)
        _keep(call, before, before.left(actor.id), now)
    here = select(Call.id).where(Call.group_id == group_id)
    db.session.execute(  # whoever holds a call together with them goes on holding it
        update(Call)
        .where(
            Call.id.in_(here),
            Call.state.in_(UPCOMING),
            Call.facilitator_id == actor.id,
            Call.co_facilitator_id.is_not(None),
        )
        .values(facilitator_id=Call.co_facilitator_id, co_facilitator_id=None)
    )
    db.session.execute(
        update(Call)
        .where(Call.id.in_(here), Call.co_facilitator_id == actor.id)
        .values(co_facilitator_id=None)
    )
    db.session.execute(
        delete(HoldingAsk).where(HoldingAsk.call_id.in_(here), HoldingAsk.account_id == actor.id)
    )


def _ask(call: Call, actor: Actor, ask: Ask, to: UUID, now: datetime) -> None:
    is_asked = db.session.get(HoldingAsk, (call.id, ask)) is not None
    may_ask(actor, call, ask, is_asked).require()
    whom = groups_queries.member(call.group_id, to)
    may_be_asked(call, to, Role.FACILITATOR in whom.roles).require()
    db.session.add(HoldingAsk(call_id=call.id, ask=ask, account_id=to, asked_at=now))
    tell(to, AskedToHold(call.id, call.title, call.starts_at, actor.name, ask), now=now)
    db.session.flush()


def _answer(call: Call, actor: Actor, ask: Ask, *, said_yes: bool, now: datetime) -> None:
    """Tell whoever holds the call what was answered."""
    if call.facilitator_id is not None:
        letter = HoldingAnswered(call.id, call.title, call.starts_at, actor.name, ask, said_yes)
        tell(call.facilitator_id, letter, now=now)


def _give(call: Call, to: UUID, name: str, now: datetime) -> None:
    """Somebody else leads. When it was one of the two, the other one stays beside them."""
    if to == call.co_facilitator_id:
        call.co_facilitator_id = call.facilitator_id
    call.facilitator_id = to
    db.session.execute(delete(HoldingAsk).where(HoldingAsk.call_id == call.id))
    if call.state is CallState.OPEN:  # later, they meet whoever holds it
        changed = FacilitatorChanged(call.id, call.title, call.starts_at, name)
        _tell_everybody(queries.roster_of(call), changed, now, News.CALLS)
    db.session.flush()


def _leave(
    actor: Actor,
    call_id: UUID,
    may: Callable[[Actor, Call, SeatState | None], Verdict],
    now: datetime,
) -> Call:
    call = locked(Call, call_id)
    before = queries.roster_of(call)
    may(actor, call, before.state_of(actor.id)).require()
    _keep(call, before, before.left(actor.id), now)
    return call


def _keep(call: Call, before: Roster, after: Roster, now: datetime) -> None:
    """Store what changed between two rosters, and write to whoever got a seat or an offer.

    The count is changed by what changed, not set: if ever two people got here at once, the
    database would say no by `never_oversold` or by the places of the line.
    """
    had = {place.who: place for place in before.places}
    has = {place.who: place for place in after.places}
    changed = [who for who in had | has if had.get(who) != has.get(who)]
    seats = queries.seats_of(call.id, changed)
    for who in changed:
        seat = seats.get(who) or Seat(call_id=call.id, account_id=who)
        place = has.get(who)
        if place is None:
            seat.state = SeatState.RELEASED
            seat.shows_card = seat.is_first = False
        else:
            seat.state, seat.place, seat.is_first = place.state, place.number, place.is_first
            if place.is_first and place.state is SeatState.CONFIRMED:
                attendance.keep_promise(call.group_id, who)
            _write_to(place.who, place.state, call, now)
        seat.changed_at = now
        db.session.add(seat)
    call.line_end = after.end
    if after.taken != before.taken:
        call.taken = Call.taken + (after.taken - before.taken)
    db.session.flush()


def _write_to(account_id: UUID, state: SeatState, call: Call, now: datetime) -> None:
    letters = {SeatState.CONFIRMED: SeatConfirmed, SeatState.OFFERED: SeatOffered}
    if letter := letters.get(state):
        seat = letter(call.id, call.title, call.starts_at, call.minutes)
        tell(account_id, seat, about=News.CALLS, now=now)


def _tell_everybody(roster: Roster, letter: Any, now: datetime, about: News | None = None) -> None:
    for place in roster.places:
        tell(place.who, letter, about=about, now=now)


def _put_words(call: Call, plan: Plan) -> None:
    call.title = plan.title
    call.topic = plan.topic
    call.about = plan.about
    call.happens = plan.happens
    call.guide = plan.guide
    call.minutes = plan.minutes
