"""Asking somebody else what they think of an item, and saying it. Pure.

nobody has asked ─▶ somebody has ─▶ another has said what they think ─▶ …

It decides nothing. Whoever said what they think may still decide, but doesn’t hear whoever asks for
another look.
"""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import YES, Reason, Verdict, no
from community.moderation.rules.case import NOT_NOW, Case, may_open_case

ASKED = "asked-opinion"
GAVE = "opinion"
"""What the audit record says of whoever asked, and of whoever said what they think."""

ASKED_ALREADY = Reason(
    "asked-already", "Somebody has asked already, and waits for what others think.", 409
)
OWN_QUESTION = Reason("own-question", "You asked this, so somebody else answers it.", 403)


def may_ask(actor: Actor, case: Case, asked_by: UUID | None, now: datetime) -> Verdict:
    """Whoever may decide about an open item, and nobody has asked before them."""
    opened = may_open_case(actor, case, now) and (YES if case.is_open else no(NOT_NOW))
    return opened and (no(ASKED_ALREADY) if asked_by else YES)


def may_give(actor: Actor, case: Case, asked_by: UUID | None, now: datetime) -> Verdict:
    """Anybody else who may decide, once somebody has asked."""
    is_asked = case.is_open and asked_by is not None
    asked = may_open_case(actor, case, now) and (YES if is_asked else no(NOT_NOW))
    return asked and (no(OWN_QUESTION) if asked_by == actor.id else YES)


def goes_further(actor: Actor, case: Case) -> bool:
    """With nobody else left in the group to ask, those of the site see it too."""
    return not case.moderators - case.took_part_in - {actor.id}


def who_is_asked(actor: Actor, case: Case, now: datetime) -> frozenset[UUID]:
    """Everybody else in whose queue it stands. Nobody who had a part in it hears of it."""
    return case.deciders_at(now) - {actor.id}
