"""What a member’s own calendar holds, and until when. Pure."""

from datetime import datetime, timedelta

from community.calls.rules.call import IS_A_DRAFT, CallState, Held, may_see
from community.core.actor import Actor
from community.core.verdict import YES, Verdict, no

KEPT = timedelta(days=30)
"""How long after its start a call stays there, also one that was cancelled."""


def since(now: datetime) -> datetime:
    """Calls that begin later than this are there."""
    return now - KEPT


def may_put_in_calendar(actor: Actor, call: Held) -> Verdict:
    """Whoever sees the call. A draft may never be held, so it is in no calendar."""
    is_draft = call.state is CallState.DRAFT
    return may_see(actor, call) and (no(IS_A_DRAFT) if is_draft else YES)
