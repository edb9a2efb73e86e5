"""Who holds a call: alone, together with another facilitator, or handed over to one. Pure."""

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from community.calls.rules.call import (
    BEGUN,
    FINISHED,
    IS_A_DRAFT,
    LOBBY_IS_OPEN,
    CallState,
    Format,
    Held,
    leads,
    may_hold,
    may_see,
    most_seats,
)
from community.core.actor import Actor
from community.core.verdict import NOT_YOURS, YES, Reason, Verdict, no
from community.safety.rules import may_take_part


class Ask(StrEnum):
    """What another facilitator of the group can be asked for. They say yes, or not this time."""

    TOGETHER = "together"  # hold it with me
    INSTEAD = "instead"  # hold it in my place


TWO_ALREADY = Reason("two-already", "Two people hold this call already.", 409)
ROOM_FOR_ONE = Reason(
    "room-for-one",
    "With eleven seats there’s room for one facilitator. Choose ten seats or fewer first.",
    409,
)
ASKED_ALREADY = Reason("asked-already", "Somebody is asked already. You can take it back.", 409)
LEADS_ALREADY = Reason("leads-already", "They hold this call already.", 409)
NO_FACILITATOR = Reason("no-facilitator", "Only facilitators of the group can hold its calls.", 409)
NOT_ASKED = Reason("not-asked", "You’re not asked to hold this call any more.", 409)
NOBODY_ASKED = Reason("nobody-asked", "Nobody is asked any more.", 409)
ALONE = Reason("alone", "One person holds this call.", 409)

_NOT_BEFORE_IT_BEGINS = {
    **FINISHED,
    CallState.DRAFT: IS_A_DRAFT,
    CallState.LOBBY: LOBBY_IS_OPEN,
    **BEGUN,
}


class Seated(Held, Protocol):
    """A call, as far as room for a second facilitator goes."""

    @property
    def seats(self) -> int: ...
    @property
    def format(self) -> Format: ...


def may_choose_holders(actor: Actor, call: Held) -> Verdict:
    """Who holds the call is for its facilitator and the group’s owners to say.

    Whoever was asked to help holds it together with them, but gives it to nobody.
    """
    is_theirs = actor.facilitates(call.group_id) and actor.id == call.facilitator_id
    decides = is_theirs or actor.owns(call.group_id)
    return may_see(actor, call) and (YES if decides else no(NOT_YOURS))


def may_ask(actor: Actor, call: Seated, ask: Ask, is_asked: bool) -> Verdict:
    """`is_asked`: somebody is asked this already, and hasn’t answered."""
    if not (choosing := may_choose_holders(actor, call) and _before_it_begins(call)):
        return choosing
    if is_asked:
        return no(ASKED_ALREADY)
    return has_room_for_two(call) if ask is Ask.TOGETHER else YES


def may_be_asked(call: Held, account_id: UUID, facilitates: bool) -> Verdict:
    """Another facilitator of the group."""
    return no(LEADS_ALREADY) if leads(call, account_id) else is_able(facilitates)


def is_able(facilitates: bool) -> Verdict:
    """Roles may have changed since somebody said yes."""
    return YES if facilitates else no(NO_FACILITATOR)


def may_take_back(actor: Actor, call: Held, is_asked: bool) -> Verdict:
    return may_choose_holders(actor, call) and (YES if is_asked else no(NOBODY_ASKED))


def may_decline(actor: Actor, call: Held, asked: UUID | None) -> Verdict:
    """`asked`: who is asked, if anybody is."""
    return may_see(actor, call) and (YES if asked == actor.id else no(NOT_ASKED))


def may_accept(actor: Actor, call: Seated, ask: Ask, asked: UUID | None) -> Verdict:
    if not (answering := may_decline(actor, call, asked) and _before_it_begins(call)):
        return answering
    room = has_room_for_two(call) if ask is Ask.TOGETHER else YES
    return is_able(actor.facilitates(call.group_id)) and room and may_take_part(actor)


def may_change_places(actor: Actor, call: Held) -> Verdict:
    """The two who hold it change places, also while the circle is on: both have said yes."""
    if not (choosing := may_choose_holders(actor, call)):
        return choosing
    return Verdict(FINISHED.get(call.state)) and (YES if call.co_facilitator_id else no(ALONE))


def may_part(actor: Actor, call: Held) -> Verdict:
    """Either of the two, or an owner, can end holding it together, until the lobby opens."""
    holding = may_hold(actor, call) and _before_it_begins(call)
    return holding and (YES if call.co_facilitator_id else no(ALONE))


def has_room_for_two(call: Seated) -> Verdict:
    if call.co_facilitator_id:
        return no(TWO_ALREADY)
    return YES if call.seats <= most_seats(call.format, for_two=True) else no(ROOM_FOR_ONE)


def _before_it_begins(call: Held) -> Verdict:
    return Verdict(_NOT_BEFORE_IT_BEGINS.get(call.state))
