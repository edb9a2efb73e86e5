"""Who holds a call: asking, answering, handing over, and parting."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.calls import queries
from community.calls.actions import changing, seating
from community.calls.models import Call, HoldingAsk
from community.calls.reminders import actions as reminding
from community.calls.rules.call import (
    CallState,
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
    HoldingAnswered,
    HoldingEnded,
)
from community.core.actor import Actor, Role
from community.core.db import db, locked
from community.groups import queries as groups_queries
from community.notifications.actions import tell


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
    """Yes. A seat of theirs goes to the line."""
    call = locked(Call, call_id)
    asking = db.session.get(HoldingAsk, (call_id, ask))
    may_accept(actor, call, ask, asking.account_id if asking else None).require()
    db.session.delete(asking)
    _leave_seat(call, actor, now)
    _answer(call, actor, ask, said_yes=True, now=now)
    if ask is Ask.TOGETHER:
        call.co_facilitator_id = actor.id
    else:
        _give(call, actor.id, actor.name, now)
    reminding.arm(call, [actor.id], now=now)


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
    """Somebody else leads, and whoever signed up is told."""
    _put_first(call, to)
    if call.state is CallState.OPEN:  # later, they meet whoever holds it
        told = changing.Changed(call, call.starts_at, queries.roster_of(call))
        changing.tell_given([told], name, now)
    db.session.flush()


def take_over(call: Call, actor: Actor, now: datetime) -> changing.Changed:
    """A locked call is held by this person from now on. That is told apart."""
    _leave_seat(call, actor, now)
    _put_first(call, actor.id)
    reminding.arm(call, [actor.id], now=now)
    return changing.Changed(call, call.starts_at, queries.roster_of(call))


def _leave_seat(call: Call, actor: Actor, now: datetime) -> None:
    """Whoever holds a call needs none: theirs goes to the line."""
    before = queries.roster_of(call)
    if before.state_of(actor.id) is not None:
        seating.keep(call, before, before.left(actor.id), now)


def _put_first(call: Call, to: UUID) -> None:
    """They lead. When it was one of the two, the other one stays beside them."""
    if to == call.co_facilitator_id:
        call.co_facilitator_id = call.facilitator_id
    call.facilitator_id = to
    db.session.execute(delete(HoldingAsk).where(HoldingAsk.call_id == call.id))
    db.session.flush()
