"""What somebody writes before a circle for their own turn: who may. Pure."""

from community.calls.rules.call import FINISHED, CallState
from community.calls.rules.seats import SeatState
from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, Reason, Verdict, no
from community.groups.rules import may_see_inside
from community.live.rules.entry import Place
from community.live.rules.guards import when
from community.safety.rules import may_write_in

LONGEST_SHARE = 6000  # about a quarter of an hour, read aloud

WITH_A_SEAT = Reason(
    "with-a-seat", "Sign up for this call first. Then you can write what you’d like to share.", 409
)

NOTHING_KEPT = Reason(
    "nothing-kept", "That couldn’t be kept. What you kept before is still there.", 422
)

_HAS_OR_WAITS = frozenset(SeatState) - {SeatState.RELEASED}


def may_prepare(actor: Actor, place: Place) -> Verdict:
    """Whoever has a seat or waits for one, until the call is over."""
    if not (seen := may_see_inside(actor, place.group_id)):
        return seen
    if place.state is CallState.DRAFT:
        return no(NOT_FOUND)
    if place.state in FINISHED:
        return no(FINISHED[place.state])
    return when(place.seat in _HAS_OR_WAITS, WITH_A_SEAT) and may_write_in(actor, place.group_id)
